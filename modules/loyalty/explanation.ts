/**
 * One number explained, as data: which rule of which version, with what, gave how many points to which line. Kept with the receipt and read back in
 * any language. `line` is null when it speaks of the whole receipt. `params` are read by `explain`; money in kopecks, rates in basis points.
 */
export type Explanation = {
  line: number | null
  code: ExplanationCode
  rule: string | null
  version: number
  params: Record<string, number | string>
  points: number
}

/** Every code with its params, in the order in which the packed form keeps them. A code is never renamed: old receipts speak it. */
export const EXPLANATION_PARAMS = {
  // what a line earned
  base: ["amount", "rate"],
  multiplier: ["amount", "rate", "times"],
  fixed: ["total"],
  fixed_piece: ["pieces", "each"],
  threshold: ["reached", "from", "total"],
  // why a line earned nothing
  no_certificate: [],
  no_delivery: [],
  no_excluded: [],
  no_category: ["category"],
  no_brand: ["brand"],
  no_price: [],
  no_money: [],
  no_rule: [],
  no_rate: ["amount"],
  rounded_to_zero: ["amount", "rate"],
  // why the receipt earned nothing, or less
  no_earner_own_till: [],
  no_tender: ["tender"],
  paid_otherwise: ["points", "certificate"],
  receipt_rounding: ["exact"],
  budget_short: ["wanted"],
  budget_spent: ["wanted"],
  threshold_missed: ["reached", "from"],
  outdone: ["by"],
  activates: ["from", "to"],
  // what a line took of the points to redeem, and why it took none
  redeemed: ["amount"],
  redeem_certificate: [],
  redeem_delivery: [],
  redeem_excluded: [],
  redeem_category: ["category"],
  redeem_brand: ["brand"],
  redeem_discounted: ["discount", "from"],
  redeem_min_price: ["floor"],
  // why the receipt took fewer points than wished
  redeem_receipt_cap: ["cap", "total", "most"],
  redeem_line_caps: ["most"],
  redeem_balance: ["available"],
  redeem_minimum: ["minimum", "most"],
  redeem_step: ["step"],
  redeem_presence: ["presence"],
  redeem_tender: ["tender"],
  redeem_nothing: [],
  // what a return took and gave
  clawed: ["returned", "sold", "earned"],
  restored: ["returned", "sold", "redeemed"],
  clawed_pending: [],
  clawed_available: [],
  clawed_owed: [],
  clawed_exposed: [],
} as const satisfies Record<string, readonly string[]>

export type ExplanationCode = keyof typeof EXPLANATION_PARAMS

/** A fact as it is stored: code, line, rule, points, then the params in their order. About a third of the spelt form. */
export type PackedExplanation = [version: number, ...facts: (readonly (string | number | null)[])[]]

/** The facts of one receipt as short JSON. All of them speak of one version. */
export function packExplanation(facts: readonly Explanation[]): PackedExplanation {
  const packed: PackedExplanation = [facts[0]?.version ?? 0]
  for (const { code, line, rule, points, params } of facts) {
    const fact: (string | number | null)[] = [code, line, rule, points]
    for (const name of EXPLANATION_PARAMS[code]) fact.push(params[name] ?? null)
    packed.push(fact)
  }
  return packed
}

/** The facts back from their short form; `explain` reads either. */
export function unpackExplanation(packed: PackedExplanation): Explanation[] {
  const [version, ...facts] = packed
  return facts.map(([code, line, rule, points, ...values]) => {
    const params: Record<string, number | string> = {}
    EXPLANATION_PARAMS[code as ExplanationCode].forEach((name, place) => {
      const value = values[place]
      if (value !== null && value !== undefined) params[name] = value
    })
    return {
      code: code as ExplanationCode,
      line: line as number | null,
      rule: rule as string | null,
      version,
      params,
      points: points as number,
    }
  })
}
