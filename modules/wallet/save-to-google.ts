import { enrolDevice, fromBase32 } from "@mila/cards"
import { assert, type Db, inTransaction, type Tx } from "@mila/kernel"
import { googleInsert, GoogleWalletAway } from "./google-api.ts"
import type { GoogleKeys } from "./google-keys.ts"
import { type LoyaltyClass, loyaltyClass, type RotatingDevice } from "./google-object.ts"
import { googleSaveLink } from "./google-pass.ts"
import type { Pass } from "./pass.ts"
import { noteSaid, passNow, saysHash } from "./pass-now.ts"
import { deviceNoOf, endKey, passFor, shownCard } from "./passes.ts"
import { refuse } from "./refusals.ts"
import { type PassRow, wallet } from "./tables.ts"
import type { Wallets } from "./wallets.ts"

type Saving = { memberId: number; at: Date }
type Prepared = { row: PassRow; pass: Pass; rotating: RotatingDevice | undefined; programme: { hash: Buffer; isNew: boolean } }

const PLACING_MS = 30_000 // longer than Google is waited for
const DEVICE_NAME = "Google Wallet"

/**
 * Puts the member's card to Google and answers the link that saves it to their phone, good for whoever has it: it goes to the member alone and is not kept.
 * The pass gets a key of the card's rotating code, one of the card's five, with no session whose end would end it: the caller has seen to a fresh proof of who
 * asks. Asked again it keeps the key it has; a pass without a good one gets a new one. `done` joins the transaction in which it is known that Google has
 * the pass; `isNew` when it has a new key.
 * Refuses `wallet_unknown`, `card_not_shown`, `too_many_devices`, `pass_being_made`, and `wallet_away` when Google did not take it: nothing is left of it then.
 */
export async function saveToGoogle(
  db: Db,
  saving: Saving,
  { wallets, done }: { wallets: Wallets; done: (tx: Tx, put: { isNew: boolean }) => Promise<void> },
): Promise<{ url: string }> {
  const { google } = wallets
  if (!google) return refuse("wallet_unknown")
  const prepared = await inTransaction(db, (tx) => prepare(tx, saving, { wallets, google }))
  const { row, pass, rotating, programme } = prepared
  const { url, object } = googleSaveLink({ ...pass, ...(rotating ? { rotating } : {}) }, google, saving)
  try {
    const changed = programme.isNew ? { loyaltyClass: loyaltyClass(wallets.programme, google.issuer) } : {}
    await googleInsert({ object, ...changed }, google, saving)
  } catch (error) {
    if (!(error instanceof GoogleWalletAway)) throw error
    await inTransaction(db, (tx) => takeBack(tx, prepared, saving.at))
    return refuse("wallet_away", { why: error.message })
  }
  await inTransaction(db, async (tx) => {
    await noteSaid(tx, row, { says: saysHash(tx, { ...pass, isRotating: true }), at: saving.at })
    await wallet(tx).updateTable("pass").set({ placing_until: null, told_at: saving.at, tries: 0 }).where("id", "=", row.id).execute()
    await noteProgramme(tx, programme.hash)
    await done(tx, { isNew: rotating !== undefined })
  })
  return { url }
}

async function prepare(tx: Tx, { memberId, at }: Saving, { wallets, google }: { wallets: Wallets; google: GoogleKeys }): Promise<Prepared> {
  const { cardId } = await shownCard(tx, memberId)
  const row = await passFor(tx, { kind: "google", cardId, memberId, at })
  if (row.placing_until && row.placing_until > at) refuse("pass_being_made")
  // a key that nobody ever got is lost: its secret was in the answer alone
  const isKept = row.says_hash !== null && (await deviceNoOf(tx, row)) !== undefined
  if (!isKept) await endKey(tx, row, at)
  const key = isKept ? undefined : await newKey(tx, { cardId, memberId, at })
  const placing_until = new Date(at.getTime() + PLACING_MS)
  const set = { placing_until, device_id: key?.deviceId ?? row.device_id }
  const placed = await wallet(tx).updateTable("pass").set(set).where("id", "=", row.id).returningAll().executeTakeFirstOrThrow()
  const pass = await passNow(tx, placed, { programme: wallets.programme, at })
  assert(pass.isActive, "only a card that works is put to Google")
  return { row: placed, pass, rotating: key?.rotating, programme: await programmeTold(tx, loyaltyClass(wallets.programme, google.issuer)) }
}

async function newKey(
  tx: Tx,
  { cardId, memberId, at }: Saving & { cardId: number },
): Promise<{ deviceId: number; rotating: RotatingDevice }> {
  const enrolling = { cardId, deviceName: DEVICE_NAME, algorithm: "sha1", at, by: `member:${memberId}` } as const
  const { deviceId, deviceNo, secret } = await enrolDevice(tx, enrolling)
  return { deviceId, rotating: { deviceNo, secret: fromBase32(secret) } }
}

/** Google has not got the new key, as far as we know, so it counts no more; a pass that nobody ever had is forgotten. */
async function takeBack(tx: Tx, { row, rotating }: Prepared, at: Date): Promise<void> {
  if (rotating) await endKey(tx, row, at)
  await wallet(tx).updateTable("pass").set({ placing_until: null }).where("id", "=", row.id).execute()
  if (row.says_hash === null) await wallet(tx).deleteFrom("pass").where("id", "=", row.id).execute()
}

/** Whether Google knows what the programme says now. */
export async function programmeTold(tx: Tx, said: LoyaltyClass): Promise<{ hash: Buffer; isNew: boolean }> {
  const hash = tx.secrets.hmac("wallet.programme", JSON.stringify(said))
  const known = await wallet(tx).selectFrom("known").select("class_hash").executeTakeFirst()
  return { hash, isNew: !known?.class_hash?.equals(hash) }
}

/** Google knows it now. */
export async function noteProgramme(tx: Tx, hash: Buffer): Promise<void> {
  await wallet(tx).updateTable("known").set({ class_hash: hash }).where("class_hash", "is distinct from", hash).execute()
}
