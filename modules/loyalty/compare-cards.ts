import type { Points, Tx } from "@mila/kernel"
import type { Basket, Earner, EarnerCard } from "./basket.ts"
import { budgetsLeft } from "./budgets.ts"
import { calculate } from "./calculate-rules.ts"
import { momentIn } from "./calendar-rules.ts"
import { footingsOf } from "./standings.ts"

type Purchase = { earner: Omit<Earner, "cardKind">; basket: Basket; soldAt: Date }

/**
 * What purchases would earn with one kind of card and with another, under the rules of their day and what is left of budgets now. Two statements for all of
 * them; the counting itself is pure. Nothing is written.
 */
export async function earnedWithEach<Card extends EarnerCard>(
  tx: Tx,
  { purchases, cards }: { purchases: readonly Purchase[]; cards: readonly Card[] },
): Promise<Record<Card, Points>[]> {
  if (purchases.length === 0) return []
  const footings = await footingsOf(
    tx,
    purchases.map(({ earner: { memberId }, soldAt }) => ({ memberId, soldAt })),
  )
  const running = footings.flatMap(({ inForce: { programme } }, place) => {
    const { day } = momentIn(purchases[place]!.soldAt)
    return programme.campaigns.filter(({ budgetPoints, from, to }) => budgetPoints !== null && day >= from && day <= to).map(({ id }) => id)
  })
  const budgets = running.length === 0 ? new Map<string, number>() : await budgetsLeft(tx, [...new Set(running)])
  return purchases.map(({ earner, basket, soldAt }, place) => {
    const { inForce, tier } = footings[place]!
    const on = { basket: { ...basket, soldAt }, tier, version: inForce.version, programme: inForce.programme, budgets }
    const nothing = { wish: { mode: "none" }, available: 0, presence: "static" } as const
    const earned = cards.map((cardKind) => [cardKind, calculate({ ...on, earner: { ...earner, cardKind }, redeem: nothing }).earned])
    return Object.fromEntries(earned) as Record<Card, Points>
  })
}
