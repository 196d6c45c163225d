import { packExplanation } from "@mila/loyalty"
import { statement, type Tx } from "@mila/kernel"
import type { Return, Sale, TillIdentity } from "./facts.ts"
import { annul } from "./cancel-receipt.ts"
import type { Reason } from "./receipt-rules.ts"
import { lockSale, saleKeys } from "./sales.ts"
import { takeBack } from "./take-back.ts"

type ParkedRow = { id: string; what: "return" | "cancellation"; sale: string; soldAt: Date; body: Return | null }

const waitingFor = statement<ParkedRow>(
  "tills.parked_for",
  `select id, 'return' what, sale, sold_at as "soldAt", body from tills.receipt where kind = 'return' and state = 'parked' and sale = any($1::text[])
   union all
   select sale_id, 'cancellation', 'id:' || sale_id, cancelled_at, null from tills.cancellation where state = 'parked' and sale_id = any($2::text[])
   order by 4, 1`,
)
const settleReturn = statement<{ id: string; till_id: number; fingerprint: Buffer; sequence: number | null }>(
  "tills.settle_parked",
  `update tills.receipt set state = $2, sale = $3, member_id = $4, earned = $5, redeemed = $6, explanation = $7, counted = $8
    where id = $1 and state = 'parked' returning id, till_id, fingerprint, sequence`,
)
const stillParked = statement<{ id: string }>(
  "tills.still_parked",
  "select id from tills.receipt where id = $1 and state = 'parked' for update",
)
const quarantine = statement(
  "tills.quarantine_parked",
  `insert into tills.quarantine (till_id, kind, reasons, receipt_id, sequence, fingerprint, arrived_at) values ($1, 'return', $2, $3, $4, $5, $6)
   on conflict (till_id, fingerprint) do nothing`,
)

/** A sale that just became settled: what came for it too early is settled now, in the order it happened. */
export async function settleWhatWaited(
  tx: Tx,
  {
    sales,
    at,
  }: {
    sales: readonly {
      id: string
      till: Pick<TillIdentity, "tillId">
      sale: Pick<Sale, "fiscal" | "purchaseId">
      reasons: readonly Reason[]
    }[]
    at: Date
  },
): Promise<void> {
  const settled = sales.filter(({ reasons }) => reasons.length === 0)
  if (settled.length === 0) return
  const saleOf = new Map<string, string>()
  for (const { id, till, sale } of settled) {
    for (const key of saleKeys({ id, tillId: till.tillId, fiscalUid: sale.fiscal?.uid, purchaseId: sale.purchaseId })) saleOf.set(key, id)
  }
  const waiting = await waitingFor(tx, [[...saleOf.keys()], settled.map(({ id }) => id)])
  for (const parked of waiting) {
    const saleId = saleOf.get(parked.sale)!
    if (parked.what === "cancellation") await annul(tx, { saleId, cancelledAt: parked.soldAt, at })
    else await settleParkedReturn(tx, { parked, saleId, at })
  }
}

async function settleParkedReturn(tx: Tx, { parked, saleId, at }: { parked: ParkedRow; saleId: string; at: Date }): Promise<void> {
  const sale = await lockSale(tx, { receiptId: saleId }, 0)
  if ((await stillParked(tx, [parked.id])).length === 0) return // somebody else settled it while we waited for the sale
  const result =
    sale!.state === "cancelled"
      ? "sale_cancelled"
      : await takeBack(tx, { returnId: parked.id, sale: sale!, wanted: parked.body!.lines, occurredAt: parked.soldAt, at })
  const done = typeof result === "string" ? null : result
  const clawed = done?.lines.reduce((before, line) => before + line.clawed, 0) ?? 0
  const restored = done?.lines.reduce((before, line) => before + line.restored, 0) ?? 0
  const explanation = done?.outcome ? JSON.stringify(packExplanation(done.outcome.explanation)) : null
  const [row] = await settleReturn(tx, [
    ...[parked.id, done ? "settled" : "quarantined", `id:${saleId}`, done?.memberId ?? null, clawed, restored],
    ...[explanation, done ? JSON.stringify(done.lines) : null],
  ])
  if (row && typeof result === "string") await quarantine(tx, [row.till_id, [result], row.id, row.sequence, row.fingerprint, at])
}
