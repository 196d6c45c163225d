import { assert, type Points, points, type Tx } from "@mila/kernel"
import type { Basket, Earner } from "./basket.ts"
import { calculate, type Calculation } from "./calculate-rules.ts"
import type { Programme } from "./programme.ts"
import { readProgramme } from "./programme-rules.ts"
import { refuse } from "./refusals.ts"
import { footingsOf, footingsUnder } from "./standings.ts"
import type { ProgrammeVersion } from "./versions.ts"

export type SimulatedReceipt = { earner: Earner; basket: Basket; redeemed: Points }

export type Simulation = {
  receipts: number
  /** points under the programme that was in force, under the draft, and the draft's surplus; what the surplus is worth in kopecks */
  before: number
  draft: number
  difference: number
  costMinor: number
  winners: number
  losers: number
  /** members with a difference, the greatest first */
  members: { memberId: number; before: number; draft: number; difference: number }[]
  /** what each campaign of the draft would have given */
  campaigns: { campaign: string; points: number; budgetPoints: number | null }[]
}

/** The most receipts one simulation looks at. */
export const MOST_SIMULATED = 10_000

/**
 * Runs a draft over receipts as they were, beside the programme that was in force when each was sold: what it would cost, who would win and lose.
 * Levels come from the real turnover; budgets of the draft start full and are used in the order of the receipts. Writes nothing.
 * Errors: Refusal `programme_invalid` with `problems`.
 */
export async function simulate(
  tx: Tx,
  { document, receipts, at }: { document: unknown; receipts: readonly SimulatedReceipt[]; at: Date },
): Promise<Simulation> {
  assert(receipts.length <= MOST_SIMULATED, `at most ${MOST_SIMULATED} receipts are simulated at once`)
  const { programme, problems } = readProgramme(document)
  if (!programme) return refuse("programme_invalid", { problems })
  const asked = receipts.map(({ earner: { memberId }, basket: { soldAt } }) => ({ memberId, soldAt }))
  const draft: ProgrammeVersion = { version: -1, effectiveFrom: at, programme, publishedAt: at, publishedBy: "draft", note: null }
  const now = receipts.length === 0 ? [] : await footingsOf(tx, asked)
  const then =
    receipts.length === 0
      ? []
      : (
          await footingsUnder(
            tx,
            asked.map((one) => ({ ...one, inForce: draft })),
          )
        ).list
  const tally = new Tally(programme)
  receipts.forEach((receipt, place) => {
    const before = count(receipt, { inForce: now[place]!.inForce, tier: now[place]!.tier, budgets: null })
    const after = count(receipt, { inForce: draft, tier: then[place]!.tier, budgets: tally.left })
    tally.add(receipt.earner.memberId, { before: before.earned, after })
  })
  return tally.result(receipts.length)
}

function count(
  { earner, basket, redeemed }: SimulatedReceipt,
  {
    inForce: { version, programme },
    tier,
    budgets,
  }: { inForce: ProgrammeVersion; tier: string; budgets: ReadonlyMap<string, number> | null },
): Calculation {
  return calculate({ basket, earner, tier, version, programme, budgets, redeem: { happened: points(redeemed), perLine: null } })
}

class Tally {
  readonly left: Map<string, number>
  readonly #programme: Programme
  readonly #members = new Map<number, { before: number; draft: number }>()
  readonly #campaigns = new Map<string, number>()

  constructor(programme: Programme) {
    this.#programme = programme
    this.left = new Map(programme.campaigns.flatMap(({ id, budgetPoints }) => (budgetPoints === null ? [] : [[id, budgetPoints] as const])))
  }

  add(memberId: number, { before, after }: { before: number; after: Calculation }): void {
    const member = this.#members.get(memberId) ?? { before: 0, draft: 0 }
    this.#members.set(memberId, { before: member.before + before, draft: member.draft + after.earned })
    for (const { campaign, given } of after.budgeted) this.left.set(campaign, this.left.get(campaign)! - given)
    const ids = new Set(this.#programme.campaigns.map(({ id }) => id))
    for (const { line, rule, points: given } of after.explanation) {
      if (line !== null && rule !== null && ids.has(rule)) this.#campaigns.set(rule, (this.#campaigns.get(rule) ?? 0) + given)
    }
  }

  result(receipts: number): Simulation {
    const all = [...this.#members].map(([memberId, { before, draft }]) => ({ memberId, before, draft, difference: draft - before }))
    const before = all.reduce((sum, member) => sum + member.before, 0)
    const draft = all.reduce((sum, member) => sum + member.draft, 0)
    const { campaigns, pointWorthMinor } = this.#programme
    return {
      ...{ receipts, before, draft, difference: draft - before, costMinor: (draft - before) * pointWorthMinor },
      winners: all.filter(({ difference }) => difference > 0).length,
      losers: all.filter(({ difference }) => difference < 0).length,
      members: all
        .filter(({ difference }) => difference !== 0)
        .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference) || one.memberId - other.memberId),
      campaigns: campaigns.map(({ id, budgetPoints }) => ({ campaign: id, points: this.#campaigns.get(id) ?? 0, budgetPoints })),
    }
  }
}
