import { type Explanation, explain, type PackedExplanation, programmeOf, unpackExplanation } from "@mila/loyalty"
import { type Locale, statement, type Tx } from "@mila/kernel"
import { idsOf } from "@mila/members"
import type { Flag } from "./receipt-rules.ts"
import type { ExplanationShown } from "./told.ts"

export type ReceiptSummary = {
  receiptId: string
  shop: string
  till: number
  kind: "sale" | "return"
  state: "settled" | "quarantined" | "parked" | "cancelled"
  soldAt: Date
  recordedAt: Date
  memberId: number | null
  totalMinor: number
  /** of a return: taken back */
  earned: number
  /** of a return: given back */
  redeemed: number
  flags: Flag[]
}

export type WholeReceipt = ReceiptSummary & {
  /** as the till told it, without the identifier */
  body: Record<string, unknown>
  explanation: readonly Explanation[]
}

const COLUMNS = `r.id as "receiptId", t.shop, t.number as till, r.kind, r.state, r.sold_at as "soldAt", r.recorded_at as "recordedAt", r.member_id as "memberId",
  r.total_minor as "totalMinor", r.earned, r.redeemed, r.flags`

/** Their member said that they are not theirs, or came back of such (`id:` and the sale's id, see saleKey): hidden from them until a person says otherwise. */
const HIDDEN = "exists (select from tills.disowned d where d.receipt_id in (r.id, substr(r.sale, 4)) and d.state in ('open', 'confirmed'))"

const ofMember = statement<ReceiptSummary>(
  "tills.receipts_of_member",
  `select ${COLUMNS} from tills.receipt r join tills.till t on t.id = r.till_id
    where r.member_id = any($1::bigint[]) and ($2::timestamptz is null or (r.sold_at, r.id) < ($2, $3)) and ($5 or not ${HIDDEN})
    order by r.sold_at desc, r.id desc limit $4`,
)
const hidden = statement<{ id: string }>(
  "tills.hidden_receipts",
  `select r.id from tills.receipt r where r.id = any($1::text[]) and ${HIDDEN}`,
)
const ofTill = statement<ReceiptSummary>(
  "tills.receipts_of_till",
  `select ${COLUMNS} from tills.receipt r join tills.till t on t.id = r.till_id
    where r.till_id = $1 and r.id > $2 order by r.id limit $3`,
)
const byIds = statement<Omit<WholeReceipt, "explanation"> & { explanation: PackedExplanation | null }>(
  "tills.receipts_by_ids",
  `select ${COLUMNS}, r.body, r.explanation from tills.receipt r join tills.till t on t.id = r.till_id where r.id = any ($1::text[])`,
)

export type ReceiptCursor = { soldAt: Date; receiptId: string }

/** A member's receipts, newest first, from before `before` on; also those of memberships that became theirs. What they said is not theirs is shown `toStaff` alone. */
export async function receiptsOf(
  tx: Tx,
  { memberId, before, most = 50, toStaff = false }: { memberId: number; before?: ReceiptCursor; most?: number; toStaff?: boolean },
): Promise<ReceiptSummary[]> {
  return ofMember(tx, [await idsOf(tx, memberId), before?.soldAt ?? null, before?.receiptId ?? null, most, toStaff])
}

/** Which of these receipts are hidden from their member, who said that they are not theirs. */
export async function hiddenAmong(tx: Tx, receiptIds: readonly string[]): Promise<Set<string>> {
  return new Set(receiptIds.length === 0 ? [] : (await hidden(tx, [receiptIds])).map(({ id }) => id))
}

const purchase = statement<{ id: string }>(
  "tills.purchase_with",
  `select r.id from tills.receipt r
    where r.member_id = any ($1::bigint[]) and r.kind = 'sale' and r.state = 'settled' and not ${HIDDEN}
      and exists (select from json_array_elements(r.body -> 'lines') sold
                    left join tills.returned_line back on back.sale_id = r.id and back.line = (sold ->> 'no')::int
                   where sold ->> 'sku' = any ($2::text[]) and coalesce(back.returned_milli, 0) < (sold ->> 'quantityMilli')::bigint)
    order by r.sold_at desc limit 1`,
)

/** A member's latest receipt on which one of these goods was bought and kept; null when there is none. */
export async function purchaseWith(tx: Tx, { memberId, skus }: { memberId: number; skus: readonly string[] }): Promise<string | null> {
  return (await purchase(tx, [await idsOf(tx, memberId), skus]))[0]?.id ?? null
}

export type Kept = { memberId: number; sku: string; receiptId: string; soldAt: Date }

const kept = statement<Kept>(
  "tills.kept_purchases",
  `select distinct on (r.member_id, sold ->> 'sku') r.member_id as "memberId", sold ->> 'sku' as sku, r.id as "receiptId", r.sold_at as "soldAt"
     from tills.receipt r cross join lateral json_array_elements(r.body -> 'lines') sold
     left join tills.returned_line back on back.sale_id = r.id and back.line = (sold ->> 'no')::int
    where r.member_id = any ($1::bigint[]) and r.kind = 'sale' and r.state = 'settled' and not ${HIDDEN}
      and coalesce(back.returned_milli, 0) < (sold ->> 'quantityMilli')::bigint
    order by r.member_id, sold ->> 'sku', r.sold_at desc`,
)

/** What these members bought and kept, each thing once with their latest receipt of it, in one statement. */
export function keptPurchases(tx: Tx, memberIds: readonly number[]): Promise<Kept[]> {
  return kept(tx, [memberIds])
}

/** A till's receipts by id, from the one after `after` on. */
export function receiptsOfTill(
  tx: Tx,
  { tillId, after = "", most = 50 }: { tillId: number; after?: string; most?: number },
): Promise<ReceiptSummary[]> {
  return ofTill(tx, [tillId, after, most])
}

/** One receipt of a member, or of a membership that became theirs, with everything that is known of it; undefined when it is somebody else's, said to be, or there is none. */
export async function receiptOf(
  tx: Tx,
  { memberId, receiptId }: { memberId: number; receiptId: string },
): Promise<WholeReceipt | undefined> {
  const receipt = await receiptById(tx, receiptId)
  if (!receipt || receipt.memberId === null || (await hiddenAmong(tx, [receiptId])).size > 0) return undefined
  return receipt.memberId === memberId || (await idsOf(tx, memberId)).includes(receipt.memberId) ? receipt : undefined
}

/** One receipt with everything that is known of it; undefined when there is none. */
export async function receiptById(tx: Tx, receiptId: string): Promise<WholeReceipt | undefined> {
  return (await receiptsByIds(tx, [receiptId])).get(receiptId)
}

/** Many receipts with everything that is known of them, in one statement; what there is not is missing. */
export async function receiptsByIds(tx: Tx, receiptIds: readonly string[]): Promise<Map<string, WholeReceipt>> {
  const rows = receiptIds.length === 0 ? [] : await byIds(tx, [receiptIds])
  return new Map(
    rows.map((receipt) => [
      receipt.receiptId,
      { ...receipt, explanation: receipt.explanation ? unpackExplanation(receipt.explanation) : [] },
    ]),
  )
}

/** Why each number of a receipt is what it is: one sentence each, rules and campaigns called by the names they had in their version. */
export async function explained(tx: Tx, explanation: readonly Explanation[], locale: Locale): Promise<ExplanationShown[]> {
  const shown: ExplanationShown[] = []
  for (const fact of explanation) {
    const { programme } = await programmeOf(tx, fact.version) // read once a connection
    const { line, code, rule, version, points } = fact
    shown.push({ line, code, rule, version, points, text: explain(fact, locale, programme) })
  }
  return shown
}
