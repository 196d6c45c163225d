import { statement, type Tx } from "@mila/kernel"
import type { Original, Sale } from "./facts.ts"
import type { ReceiptAnswer } from "./told.ts"

/** A recorded sale, as far as taking it back needs it. */
export type RecordedSale = {
  id: string
  tillId: number
  kind: "sale" | "return"
  state: "settled" | "quarantined" | "parked" | "cancelled"
  soldAt: Date
  memberId: number | null
  programmeVersion: number | null
  body: Omit<Sale, "identifier">
  answer: string
  counted: CountedLine[] | null
}

export type CountedLine = { no: number; earned: number; redeemed: number; countedMinor?: number }

export type ReturnedLine = { line: number; returnedMilli: number; clawed: number; restored: number }

const COLUMNS = `id, till_id as "tillId", kind, state, sold_at as "soldAt", member_id as "memberId", programme_version as "programmeVersion", body, answer, counted`

const lockById = statement<RecordedSale>("tills.lock_sale", `select ${COLUMNS} from tills.receipt where id = $1 for update`)
const lockByUid = statement<RecordedSale>(
  "tills.lock_sale_by_uid",
  `select ${COLUMNS} from tills.receipt where fiscal_uid = $1 and kind = 'sale' order by recorded_at, id limit 1 for update`,
)
const lockByPurchase = statement<RecordedSale>(
  "tills.lock_sale_by_purchase",
  `select ${COLUMNS} from tills.receipt where till_id = $1 and purchase_id = $2 and kind = 'sale' order by recorded_at, id limit 1 for update`,
)
const returned = statement<ReturnedLine>(
  "tills.returned_lines",
  `select line, returned_milli as "returnedMilli", clawed, restored from tills.returned_line where sale_id = $1`,
)
const addReturned = statement(
  "tills.add_returned",
  `insert into tills.returned_line (sale_id, line, sold_milli, returned_milli, earned, clawed, redeemed, restored)
   select $1, l.* from unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
     as l(line, sold_milli, returned_milli, earned, clawed, redeemed, restored)
   on conflict (sale_id, line) do update set returned_milli = returned_line.returned_milli + excluded.returned_milli,
     clawed = returned_line.clawed + excluded.clawed, restored = returned_line.restored + excluded.restored`,
)

/** The sale that is meant, locked until the transaction ends; undefined when it has not arrived. A purchase is looked for at its own till. */
export async function lockSale(tx: Tx, { receiptId, fiscalUid, purchaseId }: Original, tillId: number): Promise<RecordedSale | undefined> {
  const [sale] =
    receiptId !== undefined
      ? await lockById(tx, [receiptId])
      : fiscalUid !== undefined
        ? await lockByUid(tx, [fiscalUid])
        : await lockByPurchase(tx, [tillId, purchaseId])
  return sale
}

/** The words a return waits under until its sale arrives: `id:…`, `uid:…` or `purchase:…`. */
export function saleKey({ receiptId, fiscalUid, purchaseId }: Original, tillId: number): string {
  if (receiptId !== undefined) return `id:${receiptId}`
  return fiscalUid !== undefined ? `uid:${fiscalUid}` : `purchase:${tillId}/${purchaseId}`
}

/** Every word under which a return of this sale may wait. */
export function saleKeys({
  id,
  tillId,
  fiscalUid,
  purchaseId,
}: {
  id: string
  tillId: number
  fiscalUid: string | undefined
  purchaseId: string | undefined
}): string[] {
  const keys = [saleKey({ receiptId: id }, tillId)]
  if (fiscalUid !== undefined) keys.push(saleKey({ fiscalUid }, tillId))
  if (purchaseId !== undefined) keys.push(saleKey({ purchaseId }, tillId))
  return keys
}

/** What each line of the sale earned and redeemed. */
export function countedLines({ answer, counted }: Pick<RecordedSale, "answer" | "counted">): Map<number, CountedLine> {
  const lines = counted ?? (JSON.parse(answer) as ReceiptAnswer).lines
  return new Map(lines.map((line) => [line.no, line]))
}

export async function returnedLines(tx: Tx, saleId: string): Promise<Map<number, ReturnedLine>> {
  return new Map((await returned(tx, [saleId])).map((line) => [line.line, line]))
}

export type LineBack = {
  line: number
  soldMilli: number
  returnedMilli: number
  earned: number
  clawed: number
  redeemed: number
  restored: number
}

/** Adds to what came back of a sale. The database refuses more than was sold. */
export async function addReturnedLines(tx: Tx, { saleId, lines }: { saleId: string; lines: readonly LineBack[] }): Promise<void> {
  if (lines.length === 0) return
  await addReturned(tx, [
    saleId,
    lines.map(({ line }) => line),
    lines.map(({ soldMilli }) => soldMilli),
    lines.map(({ returnedMilli }) => returnedMilli),
    lines.map(({ earned }) => earned),
    lines.map(({ clawed }) => clawed),
    lines.map(({ redeemed }) => redeemed),
    lines.map(({ restored }) => restored),
  ])
}
