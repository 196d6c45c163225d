import type { Collector } from "./collect.ts"
import { kopecksOf } from "./number-rules.ts"

/** The prices feeds and sheets know: what a thing costs, what with the card, and what is asked now where the usual price is told as the old one. */
export const REGULAR = "regular"
export const CARD = "card"
export const SALE = "sale"

type Told = { text: string | null; currency: string | null }

/**
 * A price with the old one beside it: then the old one is the usual price, and this is what is asked now. An old price of nought, or the same, is none; one that is below
 * is laid aside.
 */
export function withOldPrice(
  to: Collector,
  { price, old, at, field, thing }: { price: number | null | undefined; old: Told; at: number; field: string; thing: string },
): Record<string, number | null> {
  if (price === undefined) return {}
  if (price === null) return { [REGULAR]: null }
  const usual =
    old.text === null || kopecksOf(old.text) === 0 ? undefined : to.price(at, field, { text: old.text, currency: old.currency, thing })
  if (usual === undefined || usual === null || usual === price) return { [REGULAR]: price }
  if (usual > price) return { [REGULAR]: usual, [SALE]: price }
  to.fault(at, field, "old_price_below", { thing, value: old.text })
  return { [REGULAR]: price }
}
