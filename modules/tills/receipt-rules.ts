import type { ProductFacts } from "@mila/catalog"
import type { Basket } from "@mila/loyalty"
import { minor } from "@mila/kernel"
import type { Line, Sale, Tender } from "./facts.ts"
import type { TillPolicy } from "./policy.ts"

/** Why a fact waits for a person. Stable; part of the contract. */
export type Reason =
  | "no_lines"
  | "too_many_lines"
  | "line_repeated"
  | "sum_differs"
  | "quantity_not_positive"
  | "amount_negative"
  | "sku_unknown"
  | "sold_too_long_ago"
  | "card_unknown"
  | "card_blocked"
  | "card_removed"
  | "too_many_receipts"
  | "redemption_unproven"
  | "redemption_used_twice"
  | "redemption_without_basket"
  | "natural_key_taken"
  | "line_unknown"
  | "more_than_sold"
  | "not_a_sale"
  | "sale_cancelled"
  | "receipt_unknown"
  | "redemption_unknown"
  | "redemption_captured"
  | "not_your_shop"
  | "bank_card_number"
  | "unreadable"
  | "fault_of_ours"

/** Noticed, with no effect on the answer. Stable; part of the contract. */
export type Flag =
  | "clock_ahead"
  | "employee_at_own_till"
  | "earned_on_replaced_card"
  | "hold_ended"
  | "redeemed_more_than_authorised"
  | "over_offline_allowance"
  | "spent_while_locked"
  | "redeemed_short"
  | "member_left"
  | "card_not_attached"

/** What is wrong with the receipt itself, whoever bought. In the order of the list above. */
export function faultsOf(
  sale: Sale,
  { known, soldAt, at, policy }: { known: ReadonlyMap<string, unknown>; soldAt: Date; at: Date; policy: TillPolicy },
): Reason[] {
  const faults: Reason[] = []
  const { lines, totalMinor } = sale
  let sumMinor = 0
  let someNotPositive = false
  let someNegative = false
  let someUnknown = false
  const numbers = new Set<number>()
  for (const { no, quantityMilli, amountMinor, priceMinor, regularMinor = 0, sku } of lines) {
    numbers.add(no)
    sumMinor += amountMinor
    someNotPositive ||= quantityMilli <= 0
    someNegative ||= amountMinor < 0 || priceMinor < 0 || regularMinor < 0
    someUnknown ||= !known.has(sku)
  }
  if (lines.length === 0) faults.push("no_lines")
  if (lines.length > policy.mostLines) faults.push("too_many_lines")
  if (numbers.size !== lines.length) faults.push("line_repeated")
  if (sumMinor !== totalMinor) faults.push("sum_differs")
  if (someNotPositive) faults.push("quantity_not_positive")
  if (someNegative) faults.push("amount_negative")
  if (someUnknown && policy.unknownSku === "quarantine") faults.push("sku_unknown")
  if (at.getTime() - soldAt.getTime() > policy.soldWithinDays * 86_400_000) faults.push("sold_too_long_ago")
  return faults
}

/** Faults that a person may look past; with the others there is nothing to count with. */
export const RELEASABLE: ReadonlySet<string> = new Set<Reason>([
  "too_many_lines",
  "sum_differs",
  "sku_unknown",
  "sold_too_long_ago",
  "card_unknown",
  "card_blocked",
  "too_many_receipts",
  "redemption_unproven",
])

/** The receipt as the programme reads it: the till's words, completed from the catalogue. Amounts in kopecks, quantities in thousandths. */
export function basketOf(
  { storeCode, lines, tenders = [] }: { storeCode: string; lines: readonly Line[]; tenders?: readonly Tender[] | undefined },
  { products, soldAt }: { products: ReadonlyMap<string, ProductFacts>; soldAt: Date },
): Basket {
  return {
    shop: storeCode,
    channel: "till",
    soldAt,
    lines: lines.map((line) => basketLineOf(line, products.get(line.sku))),
    tenders: tenders.map(({ type, amountMinor }) => ({ type, amountMinor: minor(amountMinor) })),
  }
}

function basketLineOf(line: Line, product: ProductFacts | undefined): Basket["lines"][number] {
  const { no, sku, quantityMilli, priceMinor, amountMinor, regularMinor, minPriceMinor, excluded = false } = line
  return {
    line: no,
    sku,
    category: product?.category ?? null,
    brand: product?.brand ?? null,
    kind: product?.kind ?? "goods",
    quantityMilli,
    priceMinor: minor(priceMinor),
    amountMinor: minor(amountMinor),
    regularMinor: minor(Math.max(regularMinor ?? amountMinor, amountMinor)),
    minPriceMinor: minPriceMinor === undefined ? (product?.minPriceMinor ?? null) : minor(minPriceMinor),
    excluded,
  }
}

const FIRST_DAY = new Date(0)

/** When the sale happened as far as we believe the till: never later than our own clock, and not before clocks of its kind begin to count. */
export function believedTime(said: string, { at, policy }: { at: Date; policy: TillPolicy }): { soldAt: Date; ahead: boolean } {
  const soldAt = new Date(said)
  if (soldAt <= at) return { soldAt: soldAt < FIRST_DAY ? FIRST_DAY : soldAt, ahead: false }
  return { soldAt: at, ahead: soldAt.getTime() - at.getTime() > policy.clockAheadMinutes * 60_000 }
}

/** One text for one meaning: keys in order, so that the same content always has the same fingerprint, whoever wrote it down. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null"
  if (Array.isArray(value)) {
    let text = "["
    for (let place = 0; place < value.length; place += 1) text += (place === 0 ? "" : ",") + canonical(value[place])
    return `${text}]`
  }
  let text = "{"
  for (const key of Object.keys(value).toSorted()) {
    const held = (value as Record<string, unknown>)[key]
    if (held !== undefined) text += `${text.length === 1 ? "" : ","}${JSON.stringify(key)}:${canonical(held)}`
  }
  return `${text}}`
}
