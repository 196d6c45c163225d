import { portion } from "@mila/kernel"
import { spread } from "./apportion-rules.ts"
import type { EarningLine, Fact } from "./accrual-rules.ts"
import type { Earner } from "./basket.ts"
import { isNearBirthday } from "./calendar-rules.ts"
import type { Compiled } from "./compiled.ts"
import type { Explanation, ExplanationCode } from "./explanation.ts"
import type { ReceiptFacts } from "./matching-rules.ts"
import type { Campaign } from "./programme.ts"

/** What is left in the budgets of campaigns that have one; missing is nothing left. `null`: budgets are not looked at. */
export type Budgets = ReadonlyMap<string, number> | null

/** What one campaign adds to a receipt. `perLine` is in the order of the lines. */
export type Extra = { campaign: Campaign; wanted: number; given: number; perLine: number[] }

/**
 * What campaigns add, on top of the base points and each for itself: ×2 adds the base once more, ×2 and ×3 together add 1 + 2 of it. Every campaign's
 * sum over the receipt is rounded down once and spread over its lines by largest remainder. Of one group only the best counts.
 * A budget gives what is left and not a point more.
 */
export function addCampaigns(
  lines: readonly EarningLine[],
  {
    earner,
    compiled,
    facts: about,
    worth,
    budgets,
  }: { earner: Earner; compiled: Compiled; facts: ReceiptFacts; worth: number; budgets: Budgets },
): { extras: Extra[]; facts: Fact[] } {
  const facts: Fact[] = []
  const offers: { extra: Extra; facts: Fact[] }[] = []
  for (const { campaign, matchers } of compiled.campaigns) {
    const { from, to, birthday } = campaign
    const { day } = about.moment
    if (day < from || day > to) continue
    if (birthday && !isNearBirthday(earner.birthday, { day, ...birthday })) continue
    const fitting = matchers.filter((matcher) => matcher.fitsReceipt(about))
    if (fitting.length === 0) continue
    const places = lines.flatMap(({ line, countedMinor }, place) =>
      countedMinor > 0 && fitting.some((matcher) => matcher.fitsLine(line)) ? [place] : [],
    )
    const offer = offerOf(campaign, { lines, places, worth, budgets, facts })
    if (offer) offers.push(offer)
  }
  const best = bestOfGroups(
    offers.map(({ extra }) => extra),
    facts,
  )
  const extras: Extra[] = []
  for (const offer of offers) {
    if (!best.has(offer.extra)) continue
    extras.push(offer.extra)
    facts.push(...offer.facts)
  }
  return { extras, facts }
}

function offerOf(
  campaign: Campaign,
  {
    lines,
    places,
    worth,
    budgets,
    facts,
  }: { lines: readonly EarningLine[]; places: readonly number[]; worth: number; budgets: Budgets; facts: Fact[] },
): { extra: Extra; facts: Fact[] } | null {
  const wish = wishOf(campaign, { lines, places, worth, facts })
  if (!wish) return null
  const { wanted, weights, code, paramsOf } = wish
  const left = campaign.budgetPoints === null || budgets === null ? wanted : (budgets.get(campaign.id) ?? 0)
  const given = Math.min(wanted, left)
  const parts = spread(given, weights)
  const perLine = lines.map(() => 0)
  const explained: Fact[] = []
  places.forEach((place, nth) => {
    const points = (perLine[place] = parts[nth]!)
    if (points > 0) explained.push({ line: lines[place]!.line.line, code, rule: campaign.id, params: paramsOf(lines[place]!), points })
  })
  if (given < wanted) {
    explained.push({ line: null, code: given > 0 ? "budget_short" : "budget_spent", rule: campaign.id, params: { wanted }, points: given })
  }
  return { extra: { campaign, wanted, given, perLine }, facts: explained }
}

type WishOfCampaign = { wanted: number; weights: number[]; code: ExplanationCode; paramsOf: (line: EarningLine) => Explanation["params"] }

/** What the campaign would give if it had all the points in the world; null when it does not concern this receipt. */
function wishOf(
  { id, effect }: Campaign,
  { lines, places, worth, facts }: { lines: readonly EarningLine[]; places: readonly number[]; worth: number; facts: Fact[] },
): WishOfCampaign | null {
  const chosen = places.map((place) => lines[place]!)
  const counted = chosen.map(({ countedMinor }) => countedMinor)
  const reached = sumOf(counted)
  if (reached === 0) return null
  switch (effect.kind) {
    case "multiplier": {
      const weights = chosen.map(({ weight }) => weight)
      const wanted = portion(sumOf(weights), effect.timesBps - 10_000, 100_000_000 * worth)
      const paramsOf = ({ countedMinor, rule }: EarningLine) => ({ amount: countedMinor, rate: rule?.rateBps ?? 0, times: effect.timesBps })
      return wanted > 0 ? { wanted, weights, code: "multiplier", paramsOf } : null
    }
    case "fixed": {
      if (effect.per === "receipt")
        return { wanted: effect.points, weights: counted, code: "fixed", paramsOf: () => ({ total: effect.points }) }
      const weights = chosen.map((line) => piecesOf(line) * effect.points)
      const paramsOf = (line: EarningLine) => ({ pieces: piecesOf(line), each: effect.points })
      return sumOf(weights) > 0 ? { wanted: sumOf(weights), weights, code: "fixed_piece", paramsOf } : null
    }
    case "threshold": {
      const times = effect.every ? Math.floor(reached / effect.fromMinor) : Number(reached >= effect.fromMinor)
      const params = { reached, from: effect.fromMinor }
      if (times === 0) facts.push({ line: null, code: "threshold_missed", rule: id, params, points: 0 })
      const total = times * effect.points
      return times > 0 ? { wanted: total, weights: counted, code: "threshold", paramsOf: () => ({ ...params, total }) } : null
    }
  }
}

/** Of a group the campaign that gives the most; among equals the first by id. */
function bestOfGroups(extras: readonly Extra[], facts: Fact[]): ReadonlySet<Extra> {
  const best = new Map<string, Extra>()
  for (const extra of extras) {
    const { group } = extra.campaign
    const rival = group === null ? undefined : best.get(group)
    if (group !== null && (!rival || extra.given > rival.given)) best.set(group, extra)
  }
  const kept = new Set<Extra>()
  for (const extra of extras) {
    const winner = extra.campaign.group === null ? extra : best.get(extra.campaign.group)!
    if (winner === extra) kept.add(extra)
    else facts.push({ line: null, code: "outdone", rule: extra.campaign.id, params: { by: winner.campaign.id }, points: 0 })
  }
  return kept
}

const piecesOf = ({ line }: EarningLine): number => Math.floor(line.quantityMilli / 1_000)

function sumOf(numbers: readonly number[]): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
