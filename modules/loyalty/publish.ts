import { assert, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import type { Programme } from "./programme.ts"
import { readProgramme } from "./programme-rules.ts"
import { refuse } from "./refusals.ts"
import { firstOfMonth } from "./tier-rules.ts"
import { reloadVersions } from "./versions.ts"

const insert = statement<{ version: number }>(
  "loyalty.publish",
  "insert into loyalty.programme_version (effective_from, body, published_at, published_by, note) values ($1, $2, $3, $4, $5) returning version",
)
const anySettled = statement<{ settled: boolean }>(
  "loyalty.settled_since",
  "select exists (select from loyalty.turnover where month >= $1 and net_minor > 0) settled",
)
const putBudget = statement<{ campaign: string }>(
  "loyalty.put_budget",
  `insert into loyalty.campaign_budget as known (campaign, budget_points) values ($1, $2)
   on conflict (campaign) do update set budget_points = excluded.budget_points where known.given_points <= excluded.budget_points returning campaign`,
)

/**
 * Publishes a programme for receipts sold from `effectiveFrom` on. Versions are never changed; of those effective the latest holds. The budgets
 * of its campaigns hold at once. A date in the past is taken only while nothing was bought in its month or later.
 * Errors: Refusal `programme_invalid` with `problems`, `programme_backdated`, `budget_below_given` with `campaign`.
 */
export async function publishProgramme(
  tx: Tx,
  { document, effectiveFrom, at, by, note = null }: { document: unknown; effectiveFrom: Date; at: Date; by: string; note?: string | null },
): Promise<{ version: number; effectiveFrom: Date }> {
  const { programme, problems } = readProgramme(document)
  if (!programme) return refuse("programme_invalid", { problems })
  if (effectiveFrom < at && (await settledSince(tx, effectiveFrom))) refuse("programme_backdated", { effectiveFrom })
  await putBudgets(tx, programme)
  const [published] = await insert(tx, [effectiveFrom, JSON.stringify(programme), at, by, note])
  assert(published, "what is published has a number")
  await reloadVersions(tx)
  return { version: published.version, effectiveFrom }
}

async function settledSince(tx: Tx, from: Date): Promise<boolean> {
  const [row] = await anySettled(tx, [firstOfMonth(dayIn(MINSK, from))])
  return row!.settled
}

async function putBudgets(tx: Tx, { campaigns }: Programme): Promise<void> {
  const budgeted = campaigns.filter(({ budgetPoints }) => budgetPoints !== null).toSorted((one, other) => (one.id < other.id ? -1 : 1))
  for (const { id, budgetPoints } of budgeted) {
    const [put] = await putBudget(tx, [id, budgetPoints])
    if (!put) refuse("budget_below_given", { campaign: id })
  }
}

const states = statement<{ campaign: string; budgetPoints: number; givenPoints: number }>(
  "loyalty.budget_states",
  `select campaign, budget_points "budgetPoints", given_points "givenPoints" from loyalty.campaign_budget order by campaign`,
)

/** Every campaign that has a budget: how much of it is given. */
export async function campaignBudgets(tx: Tx): Promise<{ campaign: string; budgetPoints: number; givenPoints: number }[]> {
  return states(tx, [])
}
