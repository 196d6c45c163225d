import { points, type Points } from "@mila/kernel"
import { spread, spreadWithin } from "./apportion-rules.ts"
import type { Basket, BasketLine, Presence, Wish } from "./basket.ts"
import { isWithin } from "./calendar-rules.ts"
import type { Explanation, ExplanationCode } from "./explanation.ts"
import type { Programme } from "./programme.ts"
import type { RedemptionRefusal } from "./refusals.ts"

/** How many points go where. `perLine` and `caps` are in the order of the lines. */
export type Redemption = {
  points: Points
  /** the most this basket takes from this member, whatever is wished */
  most: Points
  /** the most it takes from somebody who has enough */
  basketMost: Points
  perLine: readonly number[]
  caps: readonly number[]
  /** why the wish, taken at its word, cannot be fulfilled; null when it can */
  refusal: RedemptionRefusal | null
  facts: Omit<Explanation, "version">[]
}

type Fact = Omit<Explanation, "version">
const fact = (line: number | null, code: ExplanationCode, params: Explanation["params"] = {}, given = 0): Fact => ({
  line,
  code,
  rule: null,
  params,
  points: given,
})

/**
 * How many points a basket takes and from which lines. The receipt's cap counts the goods of the receipt, each line has its own cap and its
 * minimum price, and what is left is paid in money. Between the lines points lie in proportion to their amounts, by largest remainder.
 * `available` is null when the ledger shall decide about the balance.
 */
export function planRedemption(
  basket: Basket,
  { programme, wish, available, presence }: { programme: Programme; wish: Wish; available: number | null; presence: Presence },
): Redemption {
  const { lines } = basket
  if (wish.mode === "none") return nothing(lines)
  const facts: Fact[] = []
  const forbidden = basket.tenders.find(({ type, amountMinor }) => amountMinor > 0 && !programme.tenders[type].redeem)
  if (forbidden)
    return { ...nothing(lines), refusal: "tender_cannot_redeem", facts: [fact(null, "redeem_tender", { tender: forbidden.type })] }
  const unproven = !programme.redemption.presence.includes(presence)
  if (unproven) facts.push(fact(null, "redeem_presence", { presence }))

  const caps = lines.map((line) => lineCap(line, programme, facts))
  const { byBasket, most, limit } = mostOf(basket, { programme, caps, available })
  const usable = usableOf(most, programme.redemption)
  const asked = wish.mode === "max" ? Number.MAX_SAFE_INTEGER : wish.points // the most says why it is not more
  const used = usableOf(Math.min(most, asked), programme.redemption)
  if (used < asked) facts.push(...shortened({ asked, used, most, limit, rules: programme.redemption }))
  const perLine = spreadWithin(
    used,
    caps.map((cap, place) => (cap > 0 ? lines[place]!.amountMinor : 0)),
    caps,
  )
  const refusal = unproven
    ? "proof_needed"
    : wish.mode === "amount"
      ? whyNot(wish.points, {
          usable,
          basketMost: usableOf(byBasket, programme.redemption),
          takes: sumOf(caps) > 0,
          rules: programme.redemption,
        })
      : null
  return {
    ...{ points: points(used), most: points(usable), basketMost: points(usableOf(byBasket, programme.redemption)), perLine, caps, refusal },
    facts: [...redeemedFacts(lines, perLine), ...facts],
  }
}

/** The most whole steps in `most`; nothing when that is below the minimum. */
function usableOf(most: number, { minimumPoints, stepPoints }: Programme["redemption"]): number {
  const stepped = most - (most % stepPoints)
  return stepped < minimumPoints ? 0 : stepped
}

/** Why fewer points are used than were asked for. */
function shortened({
  asked,
  used,
  most,
  limit,
  rules,
}: {
  asked: number
  used: number
  most: number
  limit: Fact
  rules: Programme["redemption"]
}): Fact[] {
  const facts = asked > most ? [limit] : []
  const within = Math.min(asked, most)
  if (used === 0 && within > 0) facts.push(fact(null, "redeem_minimum", { minimum: rules.minimumPoints, most: within }))
  else if (used < within) facts.push(fact(null, "redeem_step", { step: rules.stepPoints }))
  return facts
}

/** Why a wish, taken at its word, cannot be fulfilled; null when it can. In this order; it is part of the contract. */
export function whyNot(
  wished: number,
  { usable, basketMost, takes, rules }: { usable: number; basketMost: number; takes: boolean; rules: Programme["redemption"] },
): RedemptionRefusal | null {
  if (wished < rules.minimumPoints) return "points_below_minimum"
  if (wished % rules.stepPoints !== 0) return "points_not_in_step"
  if (!takes) return "nothing_redeemable"
  if (wished > basketMost) return "too_many_points_for_basket"
  return wished > usable ? "not_enough_points" : null
}

/** Points that a receipt says were used, line by line. What the till left open is spread by the same rule; a fact beyond our caps still finds its lines. */
export function spreadRedeemed(
  { lines }: Basket,
  { programme, redeemed, perLine }: { programme: Programme; redeemed: number; perLine: readonly { line: number; points: number }[] | null },
): number[] {
  if (redeemed === 0) return lines.map(() => 0)
  if (perLine) {
    const byLine = new Map(perLine.map((part) => [part.line, part.points]))
    const given = lines.map(({ line }) => byLine.get(line) ?? 0)
    if (given.reduce((sum, part) => sum + part, 0) === redeemed) return given
  }
  const amounts = lines.map(({ amountMinor }) => amountMinor)
  const worth = programme.pointWorthMinor
  const caps = lines.map((line) => lineCap(line, programme, []))
  if (sumOf(caps) >= redeemed) return spreadWithin(redeemed, amounts, caps)
  const whole = amounts.map((amount) => Math.floor(amount / worth))
  return sumOf(whole) >= redeemed
    ? spreadWithin(redeemed, amounts, whole)
    : spread(redeemed, sumOf(amounts) > 0 ? amounts : lines.map(() => 1))
}

/** The lines that carry redeemed points, explained. */
export function redeemedFacts(lines: readonly BasketLine[], perLine: readonly number[]): Fact[] {
  return lines.flatMap(({ line, amountMinor }, place) =>
    perLine[place]! > 0 ? [fact(line, "redeemed", { amount: amountMinor }, perLine[place])] : [],
  )
}

function nothing(lines: readonly BasketLine[]): Redemption {
  const zeros = lines.map(() => 0)
  return { points: points(0), most: points(0), basketMost: points(0), perLine: zeros, caps: zeros, refusal: null, facts: [] }
}

/** The most points a line takes; its reason, when it takes none, is added to `facts`. */
function lineCap(line: BasketLine, { redemption, pointWorthMinor }: Programme, facts: Fact[]): number {
  const { amountMinor, minPriceMinor, quantityMilli } = line
  const why = excludedFromRedeeming(line, redemption)
  if (why) {
    facts.push(why)
    return 0
  }
  const floorMinor = minPriceMinor === null ? 0 : Math.ceil((minPriceMinor * quantityMilli) / 1_000)
  const aboveFloor = amountMinor - floorMinor
  if (aboveFloor < pointWorthMinor && floorMinor > 0) facts.push(fact(line.line, "redeem_min_price", { floor: floorMinor }))
  const byShare = Math.floor((amountMinor * redemption.lineCapBps) / 10_000)
  return Math.max(0, Math.floor(Math.min(byShare, aboveFloor) / pointWorthMinor))
}

function excludedFromRedeeming(
  { line, kind, excluded, category, brand, amountMinor, regularMinor }: BasketLine,
  { exclude, discountedFromBps }: Programme["redemption"],
): Fact | null {
  if (kind === "certificate") return fact(line, "redeem_certificate")
  if (kind === "delivery") return fact(line, "redeem_delivery")
  if (excluded) return fact(line, "redeem_excluded")
  const within = exclude.categories.find((path) => isWithin(category, path))
  if (within !== undefined) return fact(line, "redeem_category", { category: within })
  if (brand !== null && exclude.brands.includes(brand)) return fact(line, "redeem_brand", { brand })
  const discountMinor = regularMinor - amountMinor
  if (discountedFromBps !== null && discountMinor > 0 && discountMinor * 10_000 >= regularMinor * discountedFromBps) {
    return fact(line, "redeem_discounted", { discount: Math.floor((discountMinor * 10_000) / regularMinor), from: discountedFromBps })
  }
  return null
}

/** The receipt's cap, the lines' caps, the balance: the smallest decides, and says so. */
function mostOf(
  { lines }: Basket,
  {
    programme: { redemption, pointWorthMinor },
    caps,
    available,
  }: { programme: Programme; caps: readonly number[]; available: number | null },
): { byBasket: number; most: number; limit: Fact } {
  const goodsMinor = sumOf(lines.map(({ kind, amountMinor }) => (kind === "goods" ? amountMinor : 0)))
  const byReceipt = Math.floor(Math.floor((goodsMinor * redemption.receiptCapBps) / 10_000) / pointWorthMinor)
  const byLines = sumOf(caps)
  const byBasket = Math.min(byReceipt, byLines)
  const most = Math.min(byBasket, available ?? byBasket)
  if (byLines === 0) return { byBasket, most, limit: fact(null, "redeem_nothing") }
  if (most < byBasket) return { byBasket, most, limit: fact(null, "redeem_balance", { available: most }) }
  if (most < byReceipt) return { byBasket, most, limit: fact(null, "redeem_line_caps", { most }) }
  return { byBasket, most, limit: fact(null, "redeem_receipt_cap", { cap: redemption.receiptCapBps, total: goodsMinor, most }) }
}

function sumOf(numbers: readonly number[]): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
