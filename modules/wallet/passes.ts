import { cardById, cardsOf, type CardView, devicesOf, revokeDevice } from "@mila/cards"
import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { refuse } from "./refusals.ts"
import { type PassKind, type PassRow, wallet } from "./tables.ts"

/** A pass as its member sees it in a list. */
export type OwnPass = { passId: number; kind: PassKind; madeAt: Date; cardNumber: string; isRotating: boolean }

const SERIAL_BYTES = 16
const AGAIN_SECONDS = 60 // nobody's pass changes more often

const noteDue = statement<{ id: number }>(
  "wallet.note_due",
  `update wallet.pass set due_at = least(due_at, greatest($2::timestamptz, told_at + make_interval(secs => ${AGAIN_SECONDS})))
    where id = any ($1::bigint[]) and ($3::boolean or tries = 0) returning id`,
)
const ofMembers = statement<{ id: number }>(
  "wallet.passes_of_members",
  "select id from wallet.pass where member_id = any ($1::bigint[]) and ended_at is null and says_hash is not null",
)

/** The virtual card a member shows now. Refuses `card_not_shown`. */
export async function shownCard(tx: Tx, memberId: number): Promise<CardView & { number: string }> {
  const card = (await cardsOf(tx, memberId)).find(({ kind, state }) => kind === "virtual" && state === "active")
  return card?.number ? { ...card, number: card.number } : refuse("card_not_shown")
}

/** The pass of a card in one kind of wallet, locked; made if there is none. */
export async function passFor(
  tx: Tx,
  { kind, cardId, memberId, at }: { kind: PassKind; cardId: number; memberId: number; at: Date },
): Promise<PassRow> {
  const serial = randomBytes(SERIAL_BYTES).toString("base64url")
  await wallet(tx)
    .insertInto("pass")
    .values({ kind, serial, card_id: cardId, member_id: memberId, made_at: at })
    .onConflict((conflict) => conflict.columns(["card_id", "kind"]).where("ended_at", "is", null).doNothing())
    .execute()
  const ofCard = wallet(tx).selectFrom("pass").selectAll().where("card_id", "=", cardId).where("kind", "=", kind)
  return ofCard.where("ended_at", "is", null).forUpdate().executeTakeFirstOrThrow()
}

/** A member's passes that were given out and have not ended, oldest first. */
export async function passesOf(tx: Tx, memberId: number): Promise<OwnPass[]> {
  const rows = await wallet(tx).selectFrom("pass").selectAll().where("member_id", "=", memberId).where("ended_at", "is", null).execute()
  const given = rows.filter(({ says_hash }) => says_hash !== null).toSorted((one, other) => one.id - other.id)
  const passes: OwnPass[] = []
  for (const row of given) {
    const { number } = await cardById(tx, row.card_id)
    const isRotating = (await deviceNoOf(tx, row)) !== undefined
    passes.push({ passId: row.id, kind: row.kind, madeAt: row.made_at, cardNumber: number ?? "", isRotating })
  }
  return passes
}

/**
 * Ends a pass at its member's wish: its key makes no good codes from the commit on, and within a minute the phone shows it as void. Nobody can take it out of
 * a phone but its holder. Refuses `pass_unknown` (also somebody else's, and one that has ended).
 */
export async function removePass(tx: Tx, { memberId, passId, at }: { memberId: number; passId: number; at: Date }): Promise<void> {
  const found = wallet(tx).selectFrom("pass").selectAll().where("id", "=", passId).where("member_id", "=", memberId)
  const row = await found.where("ended_at", "is", null).forUpdate().executeTakeFirst()
  if (!row) return refuse("pass_unknown")
  await endKey(tx, row, at)
  await endPasses(tx, { passIds: [passId], at })
}

/**
 * Takes the keys out of a member's passes, for whoever may have put one there while the account was not in its owner's hands. The passes go on showing the
 * card; asked for again they get a new key. Harmless twice.
 */
export async function endPassKeys(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const rows = await wallet(tx)
    .selectFrom("pass")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("device_id", "is not", null)
    .execute()
  for (const row of rows) await endKey(tx, row, at)
  await passesMayHaveChanged(tx, { passIds: rows.map(({ id }) => id), isGrave: true, at })
}

/** Ends passes whose cards are gone; they are shown as void from the next look on. */
export async function endPasses(tx: Tx, { passIds, at }: { passIds: readonly number[]; at: Date }): Promise<void> {
  if (passIds.length === 0) return
  await wallet(tx).updateTable("pass").set({ ended_at: at }).where("id", "in", passIds).where("ended_at", "is", null).execute()
  await passesMayHaveChanged(tx, { passIds, isGrave: true, at })
}

/**
 * Lets passes be looked at again, a minute after they were told at the earliest, so that many changes are told once. Where somebody could not be told, the next
 * try stays when it is, unless the card itself has changed (`isGrave`).
 */
export async function passesMayHaveChanged(
  tx: Tx,
  { passIds, isGrave = false, at }: { passIds: readonly number[]; isGrave?: boolean; at: Date },
): Promise<void> {
  if (passIds.length > 0) await noteDue(tx, [`{${passIds.join(",")}}`, at, isGrave])
}

/** The passes that members were given and have not removed. */
export async function passIdsOf(tx: Tx, memberIds: readonly number[]): Promise<number[]> {
  if (memberIds.length === 0) return []
  return (await ofMembers(tx, [`{${memberIds.join(",")}}`])).map(({ id }) => id)
}

/** Under which number the pass's key makes codes; undefined when it has none, or its device was revoked. */
export async function deviceNoOf(tx: Tx, { card_id, device_id }: Pick<PassRow, "card_id" | "device_id">): Promise<number | undefined> {
  if (device_id === null) return undefined
  return (await devicesOf(tx, card_id)).find(({ deviceId }) => deviceId === device_id)?.deviceNo
}

/** Revokes the key of a pass, if it has one that still counts. */
export async function endKey(tx: Tx, row: PassRow, at: Date): Promise<void> {
  const deviceNo = await deviceNoOf(tx, row)
  if (deviceNo !== undefined) await revokeDevice(tx, { cardId: row.card_id, deviceNo, at, by: `member:${row.member_id}`, reason: null })
  await wallet(tx).updateTable("pass").set({ device_id: null }).where("id", "=", row.id).execute()
}
