import { livingMember } from "@mila/members"
import { points, type Points, statement, type Tx } from "@mila/kernel"
import type { Sale } from "./facts.ts"
import { judge, type SaleFact } from "./judge.ts"
import { TILL_POLICY } from "./policy.ts"
import { recognise } from "./recognise.ts"
import { settleLate } from "./settle-late.ts"

/** How far back the receipts of a card that was nobody's are counted for who attaches it, and how many. */
const BACK = { days: 60, most: 50 }

type Row = { id: string; tillId: number; shop: string; till: number; soldAt: Date; body: Omit<Sale, "identifier"> }

const last = statement<{ total_minor: number }>(
  "tills.last_receipt_of_card",
  `select total_minor from tills.receipt where card_id = $1 and member_id is null and kind = 'sale' and state in ('settled', 'quarantined')
    order by sold_at desc limit 1`,
)
const nobodys = statement<Row>(
  "tills.lock_receipts_of_card",
  `select r.id, r.till_id as "tillId", t.shop, t.number as till, r.sold_at as "soldAt", r.body
     from tills.receipt r join tills.till t on t.id = r.till_id
    where r.card_id = $1 and r.member_id is null and r.kind = 'sale' and r.state = 'settled' and r.sold_at >= $2
      and not exists (select from tills.returned_line l where l.sale_id = r.id)
    order by r.id limit $3 for update of r`,
)

/** The sum of the last receipt a card was shown at while it was nobody's, in kopecks; null when it was never shown. Its holder can read it off. */
export async function lastSumOfCard(tx: Tx, { cardId }: { cardId: number }): Promise<number | null> {
  return (await last(tx, [cardId]))[0]?.total_minor ?? null
}

/**
 * Counts the receipts of a card for who attached it, by the rules of their days, as if it had been theirs; what came back or breaks a rule stays out. Answers
 * the points earned. Repeating it is harmless: they are somebody's then.
 */
export async function takeReceiptsOfCard(
  tx: Tx,
  { cardId, memberId: holder, at }: { cardId: number; memberId: number; at: Date },
): Promise<Points> {
  const memberId = await livingMember(tx, holder)
  const since = new Date(at.getTime() - BACK.days * 86_400_000)
  let earned = 0
  for (const { id, tillId, shop, till, soldAt, body } of await nobodys(tx, [cardId, since, BACK.most])) {
    const fact: SaleFact = { till: { tillId, shop, till }, sale: { ...body, identifier: null }, id, soldAt, flags: [] }
    const [who] = await recognise(tx, [{ till: fact.till, note: { number: null, memberId, proof: null } }], { at })
    const [judged] = await judge(tx, [fact], { shown: new Map(who ? [[id, who]] : []), at, policy: TILL_POLICY })
    if (judged?.toSettle) earned += (await settleLate(tx, judged, { at }))?.earned ?? 0
  }
  return points(earned)
}
