import { type Day, minor, type Minor, points, type Points } from "@mila/kernel"
import { accrueBase, type EarningLine, type Fact } from "./accrual-rules.ts"
import type { Basket, Earner, Presence, Wish } from "./basket.ts"
import { activationDay, laterDay, momentIn } from "./calendar-rules.ts"
import { addCampaigns, type Budgets, type Extra } from "./campaign-rules.ts"
import { compiledOf } from "./compiled.ts"
import type { Explanation } from "./explanation.ts"
import { factsOf } from "./matching-rules.ts"
import type { Programme } from "./programme.ts"
import { planRedemption, redeemedFacts, spreadRedeemed } from "./redemption-rules.ts"
import type { RedemptionRefusal } from "./refusals.ts"

/** Points of a line that live and die together. */
export type LineEarning = { line: number; points: Points; activatesOn: Day; expiresOn: Day }

export type CalculatedLine = {
  line: number
  earned: Points
  redeemed: Points
  /** of a wish to redeem: the most this line takes */
  mostRedeemable: Points
  /** what of the line counts towards the member's level */
  countedMinor: Minor
  activatesOn: Day | null
  /** the first of its points to expire; null when it earned nothing */
  expiresOn: Day | null
}

export type Calculation = {
  earned: Points
  redeemed: Points
  /** the most points the basket takes from this member */
  most: Points
  /** the same for a member who has enough: what `holdRedemptions` lets through */
  basketMost: Points
  refusal: RedemptionRefusal | null
  lines: CalculatedLine[]
  earnings: LineEarning[]
  turnoverMinor: Minor
  /** what each campaign with a budget wanted to give and gave */
  budgeted: { campaign: string; wanted: number; given: number }[]
  explanation: Explanation[]
}

/** A wish, with what the member has and how surely it is the member; or what a receipt says happened. */
export type ToRedeem =
  | { wish: Wish; available: number | null; presence: Presence }
  | { happened: Points; perLine: readonly { line: number; points: Points }[] | null }

export type ToCalculate = {
  basket: Basket
  earner: Earner
  tier: string
  version: number
  programme: Programme
  redeem: ToRedeem
  budgets: Budgets
}

/**
 * Everything the programme says about one basket: how many points it takes and gives, line by line, until when, and why. Pure: till, web shop,
 * settlement and simulation all ask here. The order is fixed: points, then certificates, then money; what money pays is what earns.
 */
export function calculate({ basket, earner, tier, version, programme, redeem, budgets }: ToCalculate): Calculation {
  const plan = redemptionOf(basket, { programme, redeem })
  const moment = momentIn(basket.soldAt)
  const compiled = compiledOf(programme)
  const about = factsOf(basket, { cardKind: earner.cardKind, tier, moment })
  const base = accrueBase(basket, { earner, programme, compiled, facts: about, redeemed: plan.perLine })
  const { extras, facts } = addCampaigns(base.lines, { earner, compiled, facts: about, worth: programme.pointWorthMinor, budgets })
  const { lines, earnings } = dated(base.lines, { extras, programme, day: moment.day, plan })
  const explained = [...plan.facts, ...base.facts, ...facts, ...activations(earnings)]
  let earned = 0
  let turnover = 0
  for (const line of lines) {
    earned += line.earned
    turnover += line.countedMinor
  }
  return {
    ...{ earned: points(earned), redeemed: points(plan.points), most: points(plan.most), basketMost: points(plan.basketMost) },
    ...{ refusal: plan.refusal, lines, earnings, turnoverMinor: minor(turnover) },
    budgeted: extras.flatMap(({ campaign: { id, budgetPoints }, wanted, given }) =>
      budgetPoints === null ? [] : [{ campaign: id, wanted, given }],
    ),
    explanation: explained.map(({ line, code, rule, params, points: given }) => ({ line, code, rule, version, params, points: given })),
  }
}

type Plan = {
  points: number
  most: number
  basketMost: number
  perLine: readonly number[]
  caps: readonly number[]
  refusal: RedemptionRefusal | null
  facts: Fact[]
}

function redemptionOf(basket: Basket, { programme, redeem }: { programme: Programme; redeem: ToRedeem }): Plan {
  if ("wish" in redeem) return planRedemption(basket, { programme, ...redeem })
  const perLine = spreadRedeemed(basket, { programme, redeemed: redeem.happened, perLine: redeem.perLine })
  return {
    points: redeem.happened,
    most: redeem.happened,
    basketMost: redeem.happened,
    perLine,
    caps: perLine,
    refusal: null,
    facts: redeem.happened > 0 ? redeemedFacts(basket.lines, perLine) : [],
  }
}

/** Adds base and extras up line by line, and says from when and until when they can be used. */
function dated(
  base: readonly EarningLine[],
  { extras, programme, day, plan }: { extras: readonly Extra[]; programme: Programme; day: Day; plan: Plan },
): { lines: CalculatedLine[]; earnings: LineEarning[] } {
  const earnings: LineEarning[] = []
  const lines = base.map(({ line: { line, category }, countedMinor, points: basePoints }, place): CalculatedLine => {
    const parts = new Map<number, number>() // days until expiry → points
    if (basePoints > 0) parts.set(programme.expiryDays, basePoints)
    for (const { campaign, perLine } of extras) {
      const days = campaign.expiryDays ?? programme.expiryDays
      if (perLine[place]! > 0) parts.set(days, (parts.get(days) ?? 0) + perLine[place]!)
    }
    let earned = 0
    let [activatesOn, expiresOn]: [Day | null, Day | null] = [null, null]
    for (const [days, given] of parts) {
      activatesOn ??= activationDay(programme.pending, { day, category })
      const ends = laterDay(activatesOn, days)
      if (expiresOn === null || ends < expiresOn) expiresOn = ends
      earnings.push({ line, points: points(given), activatesOn, expiresOn: ends })
      earned += given
    }
    const redeemed = points(plan.perLine[place]!)
    return {
      line,
      earned: points(earned),
      redeemed,
      mostRedeemable: points(plan.caps[place]!),
      countedMinor: minor(countedMinor),
      activatesOn,
      expiresOn,
    }
  })
  return { lines, earnings }
}

/** One fact for all points that come and go on the same days. */
function activations(earnings: readonly LineEarning[]): Fact[] {
  const facts: Fact[] = []
  for (const { activatesOn: from, expiresOn: to, points: given } of earnings) {
    const known = facts.find(({ params }) => params["from"] === from && params["to"] === to)
    if (known) known.points += given
    else facts.push({ line: null, code: "activates", rule: null, params: { from, to }, points: given })
  }
  return facts
}
