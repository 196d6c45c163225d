import type { CheckedPrice } from "@mila/catalog"
import type { Localized, Tx } from "@mila/kernel"

/** What stood on a screen: the part of it a dispute is about. Amounts in kopecks. */
export type ShownPrice = {
  ean: string
  sku: string | null
  name: Localized
  shop: string
  regularMinor: number
  cardMinor: number
  promotion: string | null
  /** ISO instant, UTC */
  endsAt: string | null
  /** when it was shown; ISO instant, UTC */
  shownAt: string
}

const PURPOSE = "pricecheck.shown"
const HOLDS_DAYS = 7

/** What is shown now, as it will stand in a claim. */
export function shownPriceOf(checked: CheckedPrice, { shop, at }: { shop: string; at: Date }): ShownPrice {
  const { ean, sku, name, price } = checked
  const { regularMinor, cardMinor, promotion, endsAt } = price
  return { ean, sku, name, shop, regularMinor, cardMinor, promotion, endsAt: endsAt?.toISOString() ?? null, shownAt: at.toISOString() }
}

/** A shown price as a text only we can make or read: it goes to the page and comes back with a claim, so that nobody claims what was never shown. */
export const sealShownPrice = (tx: Tx, shown: ShownPrice): string => tx.secrets.seal(PURPOSE, JSON.stringify(shown)).toString("base64url")

/** What the seal holds; undefined when it was changed, is another's or older than a week. */
export function openShownPrice(tx: Tx, { sealed, at }: { sealed: string; at: Date }): ShownPrice | undefined {
  try {
    const shown = JSON.parse(tx.secrets.open(PURPOSE, Buffer.from(sealed, "base64url"))) as ShownPrice
    return Date.parse(shown.shownAt) > at.getTime() - HOLDS_DAYS * 86_400_000 ? shown : undefined
  } catch {
    return undefined
  }
}
