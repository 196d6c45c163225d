import { assert, statement, type Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import type { Change } from "./card-change.ts"
import { deny } from "./denials.ts"
import { randomNumber } from "./ean13.ts"
import { recordEvents } from "./history.ts"
import { guardText, openNumber, sealNumber } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { cards } from "./tables.ts"

const MOST = 50_000
const STEP = 1_000

const issue = statement<{ id: number; number_hash: Buffer }>(
  "cards.issue_batch",
  `insert into cards.card (kind, state, number_hash, number_sealed, batch_id, issued_at)
   select 'plastic', 'issued', hash, sealed, $3::bigint, $4::timestamptz from unnest($1::bytea[], $2::bytea[]) as new (hash, sealed)
   on conflict (number_hash) do nothing returning id, number_hash`,
)

/**
 * Makes plastic cards for the printer: anonymous, good for the card-holder price from the first day, attached to a member later. Each call makes a new batch.
 * Errors: `range_unknown`, `range_closed`, `card_kind_unfit` (a virtual range), `batch_too_large` (over 50 000).
 */
export async function issueBatch(
  tx: Tx,
  { range: code, count, at, by }: { range: string; count: number; at: Date; by: Actor },
): Promise<{ batchId: number; numbers: string[] }> {
  assert(Number.isSafeInteger(count) && count > 0, "a batch has cards")
  if (count > MOST) refuse("batch_too_large", { most: MOST })
  const range = await cards(tx).selectFrom("range").selectAll().where("code", "=", code).executeTakeFirst()
  if (!range) return refuse("range_unknown")
  if (range.kind !== "plastic") refuse("card_kind_unfit")
  if (!range.open) refuse("range_closed")

  const { id: batchId } = await cards(tx)
    .insertInto("batch")
    .values({ range_code: code, count, issued_at: at, issued_by: by })
    .returning("id")
    .executeTakeFirstOrThrow()
  const numbers: string[] = []
  for (let rounds = 0; numbers.length < count; rounds += 1) {
    assert(rounds < 20 + count / 10, `the range ${code} has hardly a free number left`)
    numbers.push(...(await issueSome(tx, { prefix: range.prefix, batchId, count: Math.min(STEP, count - numbers.length), at, by })))
  }
  return { batchId, numbers }
}

/** One step of a batch; what collided with a number there is already comes back in a later step. */
async function issueSome(
  tx: Tx,
  { prefix, batchId, count, at, by }: { prefix: string; batchId: number; count: number; at: Date; by: Actor },
): Promise<string[]> {
  const wanted = [...new Set(Array.from({ length: count }, () => randomNumber(prefix)))].map((number) => ({
    number,
    ...sealNumber(tx, number),
  }))
  const rows = await issue(tx, [wanted.map((card) => card.number_hash), wanted.map((card) => card.number_sealed), batchId, at])
  await recordEvents(
    tx,
    rows.map(({ id }) => ({ cardId: id, what: "issued", from: null, to: "issued", memberId: null, at, by, details: { batchId } })),
  )
  const made = new Set(rows.map(({ number_hash }) => number_hash.toString("hex")))
  return wanted.filter(({ number_hash }) => made.has(number_hash.toString("hex"))).map(({ number }) => number)
}

/** The numbers of a batch again, for the printer. Errors: `batch_unknown`. */
export async function batchNumbers(tx: Tx, { batchId }: { batchId: number }): Promise<string[]> {
  const rows = await cards(tx).selectFrom("card").select("number_sealed").where("batch_id", "=", batchId).orderBy("id").execute()
  if (rows.length === 0) refuse("batch_unknown")
  return rows.map(({ number_sealed }) => openNumber(tx, number_sealed!))
}

/**
 * Blocks every card of a stolen batch that nobody has attached yet; attached ones belong to people and are blocked one by one.
 * Repeating it is harmless. Errors: `batch_unknown`, `bank_card_number` (in the reason).
 */
export async function blockBatch(
  tx: Tx,
  { batchId, at, by, reason }: Change & { batchId: number; reason: string },
): Promise<{ blocked: number }> {
  guardText(reason)
  const batch = await cards(tx).selectFrom("batch").select("id").where("id", "=", batchId).executeTakeFirst()
  if (!batch) return refuse("batch_unknown")
  const rows = await cards(tx)
    .updateTable("card")
    .set({ state: "blocked", blocked_at: at })
    .where("batch_id", "=", batchId)
    .where("state", "=", "issued")
    .returning(["id", "number_sealed"])
    .execute()
  for (let from = 0; from < rows.length; from += STEP) {
    const some = rows.slice(from, from + STEP)
    await recordEvents(
      tx,
      some.map(({ id }) => ({
        cardId: id,
        what: "blocked",
        from: "issued",
        to: "blocked",
        memberId: null,
        at,
        by,
        reason,
        details: { batchId },
      })),
    )
    await deny(
      tx,
      some.map(({ id, number_sealed }) => ({ cardId: id, number_sealed: number_sealed!, reason: "blocked" })),
      { at },
    )
  }
  return { blocked: rows.length }
}
