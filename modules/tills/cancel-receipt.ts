import { assert, statement, type Tx } from "@mila/kernel"
import type { Cancellation, TillIdentity } from "./facts.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { believedTime } from "./receipt-rules.ts"
import { refuse } from "./refusals.ts"
import { lockSale } from "./sales.ts"
import { restOf, takeBack } from "./take-back.ts"
import type { CancelAnswer } from "./told.ts"

const find = statement<{ answer: string }>("tills.cancellation", "select answer from tills.cancellation where sale_id = $1")
const insert = statement<{ sale_id: string }>(
  "tills.insert_cancellation",
  `insert into tills.cancellation (sale_id, till_id, sequence, reason, cancelled_at, recorded_at, state, answer)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sale_id) do nothing returning sale_id`,
)
const settle = statement("tills.settle_cancellation", "update tills.cancellation set state = 'settled' where sale_id = $1")
const markCancelled = statement("tills.mark_cancelled", "update tills.receipt set state = 'cancelled' where id = $1")

export type CancelAsked = { till: TillIdentity; receiptId: string; cancel: Cancellation; at: Date; policy?: TillPolicy }

/**
 * Annuls a whole sale: what it earned is taken back, what it redeemed given back, as far as returns did not do so already. A sale that has not
 * arrived is annulled when it does. The second time is given the first answer. Refuses `receipt_not_found` for a receipt of another till, and
 * `receipt_is_a_return`.
 */
export async function cancelReceipt(tx: Tx, asked: CancelAsked): Promise<CancelAnswer> {
  const result = await cancelIfPossible(tx, asked)
  return typeof result === "string" ? refuse(result) : result.answer
}

/** As `cancelReceipt`, for facts that are not refused: what stands against it comes back as a word, and nothing was written. */
export async function cancelIfPossible(
  tx: Tx,
  { till, receiptId, cancel, at, policy = TILL_POLICY }: CancelAsked,
): Promise<{ answer: CancelAnswer; repeated: boolean } | "receipt_not_found" | "receipt_is_a_return"> {
  const own = `${till.shop}-${till.till}-`
  if (!receiptId.startsWith(own) || !/^\d+-\d+$/.test(receiptId.slice(own.length))) return "receipt_not_found"
  const sale = await lockSale(tx, { receiptId }, till.tillId)
  const [earlier] = await find(tx, [receiptId])
  if (earlier) return { answer: JSON.parse(earlier.answer) as CancelAnswer, repeated: true }
  if (sale?.kind === "return") return "receipt_is_a_return"
  // Every reason to refuse is behind us.
  const { soldAt: cancelledAt } = believedTime(cancel.cancelledAt, { at, policy })
  const parked = sale === undefined || sale.state === "quarantined"
  const back = parked ? { clawed: 0, restored: 0 } : await annul(tx, { saleId: receiptId, cancelledAt, at })
  const answer: CancelAnswer = { receiptId, status: parked ? "parked" : "cancelled", ...back }
  await insert(tx, [
    ...[receiptId, till.tillId, cancel.sequence ?? null, cancel.reason ?? null, cancelledAt, at],
    ...[parked ? "parked" : "settled", JSON.stringify(answer)],
  ])
  return { answer, repeated: false }
}

/** Takes back what is left of a settled sale and marks it cancelled. Totals in points. */
export async function annul(
  tx: Tx,
  { saleId, cancelledAt, at }: { saleId: string; cancelledAt: Date; at: Date },
): Promise<{ clawed: number; restored: number }> {
  const sale = await lockSale(tx, { receiptId: saleId }, 0)
  assert(sale, "a sale to annul is there")
  if (sale.state === "cancelled") return { clawed: 0, restored: 0 }
  const rest = await restOf(tx, sale)
  const taken =
    rest.length === 0 ? null : await takeBack(tx, { returnId: `${saleId}-cancelled`, sale, wanted: rest, occurredAt: cancelledAt, at })
  assert(typeof taken !== "string", "what is left of a sale can be taken back")
  await markCancelled(tx, [saleId])
  await settle(tx, [saleId])
  const lines = taken?.lines ?? []
  return {
    clawed: lines.reduce((before, line) => before + line.clawed, 0),
    restored: lines.reduce((before, line) => before + line.restored, 0),
  }
}
