import { spread } from "./apportion-rules.ts"
import type { Basket, BasketLine, Earner, TenderType } from "./basket.ts"
import { isWithin } from "./calendar-rules.ts"
import type { Compiled } from "./compiled.ts"
import type { Explanation, ExplanationCode } from "./explanation.ts"
import type { ReceiptFacts } from "./matching-rules.ts"
import type { AccrualRule, Programme } from "./programme.ts"

export type Fact = Omit<Explanation, "version">

/** What a line may earn on: money paid for goods that the programme does not exclude. */
export type EarningLine = {
  line: BasketLine
  /** kopecks paid in money that earns: the amount without its points and its part of a certificate */
  countedMinor: number
  rule: AccrualRule | null
  /** `countedMinor × rateBps`: the exact points are this / (10000 × worth) */
  weight: number
  points: number
}

export type Accrual = { lines: EarningLine[]; facts: Fact[] }

const fact = (line: number | null, code: ExplanationCode, params: Explanation["params"] = {}): Fact => ({
  line,
  code,
  rule: null,
  params,
  points: 0,
})

/**
 * The base points of a receipt: each line by the one rule that wins for it. The exact points of all lines are added, the sum is rounded down once,
 * and the whole points go back to the lines by largest remainder, so the lines always add up to the receipt.
 */
export function accrueBase(
  basket: Basket,
  {
    earner,
    programme,
    compiled,
    facts: about,
    redeemed,
  }: { earner: Earner; programme: Programme; compiled: Compiled; facts: ReceiptFacts; redeemed: readonly number[] },
): Accrual {
  const facts: Fact[] = []
  const lines = basket.lines.map((line): EarningLine => ({ line, countedMinor: 0, rule: null, weight: 0, points: 0 }))
  const why = earnsNothing(basket, { earner, programme })
  if (why) return { lines, facts: [why] }

  const inMoney = moneyOf(basket, { programme, redeemed, facts })
  const rules = compiled.rules.filter(({ matcher }) => matcher.fitsReceipt(about))
  for (const [place, earning] of lines.entries()) {
    const excluded = excludedFromEarning(earning.line, programme, inMoney[place]!)
    if (excluded) {
      facts.push(excluded)
      continue
    }
    earning.countedMinor = inMoney[place]!
    earning.rule = rules.find(({ matcher }) => matcher.fitsLine(earning.line))?.rule ?? null
    earning.weight = earning.countedMinor * (earning.rule?.rateBps ?? 0)
  }
  roundDown(lines, { worth: programme.pointWorthMinor, facts })
  return { lines, facts }
}

function earnsNothing({ tenders }: Basket, { earner, programme }: { earner: Earner; programme: Programme }): Fact | null {
  if (earner.employeeAtOwnTill) return fact(null, "no_earner_own_till")
  const forbidden = tenders.find(({ type, amountMinor }) => amountMinor > 0 && programme.tenders[type].earn === "none")
  return forbidden ? fact(null, "no_tender", { tender: forbidden.type satisfies TenderType }) : null
}

/** What of each line is paid in money that earns: points first, then the tenders that do not earn, over the lines by what is left of them. */
function moneyOf(
  { lines, tenders }: Basket,
  { programme, redeemed, facts }: { programme: Programme; redeemed: readonly number[]; facts: Fact[] },
): number[] {
  const left = lines.map(({ amountMinor }, place) => Math.max(0, amountMinor - redeemed[place]! * programme.pointWorthMinor))
  let otherwise = 0
  for (const { type, amountMinor } of tenders) if (programme.tenders[type].earn === "rest") otherwise += amountMinor
  const points = redeemed.reduce((sum, used) => sum + used, 0) * programme.pointWorthMinor
  if (otherwise > 0) {
    const total = left.reduce((sum, amount) => sum + amount, 0)
    const parts = spread(Math.min(otherwise, total), left)
    parts.forEach((part, place) => (left[place]! -= part))
  }
  if (points + otherwise > 0) facts.push(fact(null, "paid_otherwise", { points, certificate: otherwise }))
  return left
}

function excludedFromEarning(
  { line, kind, excluded, category, brand, amountMinor }: BasketLine,
  { accrual }: Programme,
  moneyMinor: number,
): Fact | null {
  if (kind === "certificate") return fact(line, "no_certificate")
  if (kind === "delivery") return fact(line, "no_delivery")
  if (excluded) return fact(line, "no_excluded")
  const within = accrual.exclude.categories.find((path) => isWithin(category, path))
  if (within !== undefined) return fact(line, "no_category", { category: within })
  if (brand !== null && accrual.exclude.brands.includes(brand)) return fact(line, "no_brand", { brand })
  if (amountMinor <= 0) return fact(line, "no_price")
  return moneyMinor === 0 ? fact(line, "no_money") : null
}

function roundDown(lines: readonly EarningLine[], { worth, facts }: { worth: number; facts: Fact[] }): void {
  const weights = lines.map(({ weight }) => weight)
  const exact = weights.reduce((sum, weight) => sum + weight, 0)
  const whole = Math.floor(exact / (10_000 * worth))
  const parts = spread(whole, weights)
  for (const [place, earning] of lines.entries()) {
    const { line, countedMinor: amount, rule } = earning
    if (amount === 0) continue
    earning.points = parts[place]!
    if (!rule) facts.push(fact(line.line, "no_rule"))
    else if (rule.rateBps === 0) facts.push({ ...fact(line.line, "no_rate", { amount }), rule: rule.id })
    else {
      const code = earning.points > 0 ? "base" : "rounded_to_zero"
      facts.push({ line: line.line, code, rule: rule.id, params: { amount, rate: rule.rateBps }, points: earning.points })
    }
  }
  const rounded = exact / worth / 10_000
  if (exact % (10_000 * worth) !== 0)
    facts.push({ ...fact(null, "receipt_rounding", { exact: Math.floor(rounded * 10_000) / 10_000 }), points: whole })
}
