import { looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import type { Actor } from "../actor.ts"
import { recordEvent } from "../history.ts"
import { refuse as refuseMember } from "../refusals.ts"
import { endSessionsOpenedBy } from "../sign-in/sessions.ts"
import { refuse } from "./refusals.ts"

/** `awake` opens the account; `asleep` does once its owner says so; `doubted` never again: there may be a copy of it. */
type PasskeyState = "awake" | "asleep" | "doubted"

export type Passkey = {
  passkeyId: number
  memberId: number
  /** the host name it works at, and at no other */
  domain: string
  credentialId: Buffer
  transports: string[]
  name: string
  state: PasskeyState
  /** kept in a key chain, and with it on several devices */
  synced: boolean
  madeAt: Date
  usedAt: Date | null
}

type Row = Omit<Passkey, "name"> & { name_sealed: Buffer }
type KeyRow = { passkeyId: number; memberId: number; domain: string; publicKey: Buffer; state: PasskeyState; synced: boolean }
type Owned = { memberId: number; passkeyId: number; at: Date; by: Actor }

const LONGEST_NAME = 60

const ofMember = statement<Row>(
  "members.passkeys",
  `select id "passkeyId", member_id "memberId", domain, credential_id "credentialId", transports, name_sealed, state, synced, made_at "madeAt", used_at "usedAt"
     from members.passkey where member_id = $1 order by id`,
)
const byCredential = statement<KeyRow>(
  "members.passkey_by_credential",
  `select id "passkeyId", member_id "memberId", domain, public_key "publicKey", state, synced from members.passkey where credential_id = $1`,
)
const rename = statement<{ id: number }>(
  "members.name_passkey",
  "update members.passkey set name_sealed = $3 where id = $1 and member_id = $2 returning id",
)
const remove = statement<{ id: number }>(
  "members.remove_passkey",
  "delete from members.passkey where id = $1 and member_id = $2 returning id",
)
const removeAll = statement("members.remove_passkeys", "delete from members.passkey where member_id = $1")
const sleep = statement<{ id: number }>(
  "members.sleep_passkeys",
  `update members.passkey set state = 'asleep' where member_id = $1 and state = 'awake'
      and id is distinct from (select passkey_id from members.session where id = $2) returning id`,
)
const wake = statement<{ id: number }>(
  "members.wake_passkey",
  "update members.passkey set state = 'awake' where id = $1 and member_id = $2 and state = 'asleep' returning id",
)
// the counter goes on, or the phone has none; two answers under one number cannot both pass
const use = statement<{ id: number }>(
  "members.use_passkey",
  `update members.passkey set uses_counted = $2, used_at = $3
    where id = $1 and state = 'awake' and (uses_counted < $2 or uses_counted = 0 and $2 = 0) returning id`,
)
const doubt = statement<{ member_id: number }>(
  "members.doubt_passkey",
  "update members.passkey set state = 'doubted' where id = $1 and state = 'awake' returning member_id",
)

/** The passkeys of a member, the oldest first, of every domain and in every state. */
export async function passkeysOf(tx: Tx, memberId: number): Promise<Passkey[]> {
  return (await ofMember(tx, [memberId])).map(({ name_sealed, ...row }) => ({
    ...row,
    name: tx.secrets.open("members.passkey-name", name_sealed),
  }))
}

/** The key a phone calls by this id; undefined when nobody has it. */
export const passkeyByCredential = async (tx: Tx, credentialId: Buffer): Promise<KeyRow | undefined> =>
  (await byCredential(tx, [credentialId]))[0]

/** Gives a passkey the name its owner will know it by. Refuses `passkey_unknown`, `passkey_name_invalid`, `bank_card_number`. */
export async function namePasskey(
  tx: Tx,
  { memberId, passkeyId, name }: { memberId: number; passkeyId: number; name: string },
): Promise<void> {
  const sealed = sealName(tx, name)
  if ((await rename(tx, [passkeyId, memberId, sealed])).length === 0) refuse("passkey_unknown")
}

/** Removes a passkey, and ends the sessions it opened, `keep` aside. The caller has a fresh proof and tells the person. Refuses `passkey_unknown`. */
export async function removePasskey(tx: Tx, { memberId, passkeyId, keep, at, by }: Owned & { keep: number | null }): Promise<void> {
  await endSessionsOpenedBy(tx, { passkeyId, memberId, except: keep, at })
  if ((await remove(tx, [passkeyId, memberId])).length === 0) refuse("passkey_unknown")
  await recordEvent(tx, { memberId, what: "passkey_removed", at, by, details: { passkey: passkeyId } })
}

/** Its owner, freshly proven, says that a sleeping passkey is theirs. Refuses `passkey_unknown`, also of one that doesn't sleep. */
export async function wakePasskey(tx: Tx, { memberId, passkeyId, at, by }: Owned): Promise<void> {
  if ((await wake(tx, [passkeyId, memberId])).length === 0) refuse("passkey_unknown")
  await recordEvent(tx, { memberId, what: "passkey_woken", at, by, details: { passkey: passkeyId } })
}

/**
 * Puts a member's passkeys to sleep: the password was recovered or changed, perhaps because somebody else had been here and left one of their own. The
 * one that opened the session `keep` stays awake. Answers how many fell asleep.
 */
export async function sleepPasskeys(tx: Tx, { memberId, keep, at }: { memberId: number; keep: number | null; at: Date }): Promise<number> {
  const asleep = (await sleep(tx, [memberId, keep])).length
  if (asleep > 0) await recordEvent(tx, { memberId, what: "passkeys_slept", at, by: `member:${memberId}`, details: { passkeys: asleep } })
  return asleep
}

/** Nobody signs in with a passkey as this member any more. Sessions are the caller's to end. */
export async function removePasskeysOf(tx: Tx, memberId: number): Promise<void> {
  await removeAll(tx, [memberId])
}

/**
 * Counts one use, verified by the caller. `doubted` when the counter did not go on: two hold the same key, so it opens nothing any more and the sessions
 * it opened end; `asleep` when it may not be used, or was removed meanwhile.
 */
export async function usePasskey(
  tx: Tx,
  { passkeyId, counter, at }: { passkeyId: number; counter: number; at: Date },
): Promise<"used" | "asleep" | "doubted"> {
  if ((await use(tx, [passkeyId, counter, at])).length > 0) return "used"
  const [doubted] = await doubt(tx, [passkeyId])
  if (!doubted) return "asleep"
  const memberId = doubted.member_id
  await endSessionsOpenedBy(tx, { passkeyId, memberId, except: null, at })
  await recordEvent(tx, { memberId, what: "passkey_doubted", at, by: "system", details: { passkey: passkeyId } })
  return "doubted"
}

/** The name as it is kept. Refuses `passkey_name_invalid`, `bank_card_number`. */
export function sealName(tx: Tx, text: string): Buffer {
  const name = text.normalize("NFC").trim().replace(/\s+/gu, " ")
  if (looksLikeBankCardNumber(name)) refuseMember("bank_card_number")
  if (name === "" || name.length > LONGEST_NAME || /\p{C}/u.test(name)) refuse("passkey_name_invalid")
  return tx.secrets.seal("members.passkey-name", name)
}
