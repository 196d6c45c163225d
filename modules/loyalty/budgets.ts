import { assert, statement, type Tx } from "@mila/kernel"

const lockRows = statement<{ campaign: string; left_points: number }>(
  "loyalty.lock_budgets",
  `select campaign, budget_points - given_points left_points from loyalty.campaign_budget where campaign = any ($1::text[])
    order by campaign for no key update`, // one order for everyone, so that crossing batches cannot deadlock
)
const readRows = statement<{ campaign: string; left_points: number }>(
  "loyalty.budgets",
  "select campaign, budget_points - given_points left_points from loyalty.campaign_budget where campaign = any ($1::text[])",
)
const take = statement<{ campaign: string }>(
  "loyalty.take_from_budgets",
  `update loyalty.campaign_budget b set given_points = b.given_points + taken.points
     from unnest($1::text[], $2::bigint[]) taken(campaign, points) where b.campaign = taken.campaign returning b.campaign`,
)

/** What is left of these budgets, theirs until the transaction ends: nobody else gives from them meanwhile. */
export async function lockBudgets(tx: Tx, campaigns: readonly string[]): Promise<Map<string, number>> {
  const rows = await lockRows(tx, [campaigns])
  return new Map(rows.map(({ campaign, left_points }) => [campaign, left_points]))
}

/** What is left of these budgets now; the next batch may change it. */
export async function budgetsLeft(tx: Tx, campaigns: readonly string[]): Promise<Map<string, number>> {
  const rows = await readRows(tx, [campaigns])
  return new Map(rows.map(({ campaign, left_points }) => [campaign, left_points]))
}

/** Takes given points out of locked budgets. The database refuses more than is left. */
export async function takeFromBudgets(tx: Tx, given: ReadonlyMap<string, number>): Promise<void> {
  const taken = [...given].filter(([, points]) => points > 0)
  if (taken.length === 0) return
  const rows = await take(tx, [taken.map(([campaign]) => campaign), taken.map(([, points]) => points)])
  assert(rows.length === taken.length, "a campaign that gives has a budget")
}
