import { type Minor, minor } from "@mila/kernel"
import { refuse } from "../refusals.ts"

/** What a promotion does to a product: so many percent off both prices, or a price with or without the card, or both. In kopecks. */
export type Lowering = { sku: string } & ({ percent: number } | { priceMinor?: Minor | undefined; cardMinor?: Minor | undefined })

/** What a product costs without a promotion. */
export type Usual = { regularPriceMinor: Minor; cardPriceMinor: Minor; minPriceMinor: Minor | null }

/** `priceMinor` null: only the card's price is lowered. */
export type LoweredPrice = { sku: string; priceMinor: Minor | null; cardMinor: Minor }

/**
 * The prices of a product in a promotion. Percents are rounded down to a kopeck and stop at the product's lowest price; a price somebody writes has to keep to it.
 * Errors: card_price_above_regular, promotion_lowers_nothing, promotion_below_lowest; each with the sku.
 */
export function loweredPrice(lowering: Lowering, usual: Usual): LoweredPrice {
  const { sku } = lowering
  const lowest = usual.minPriceMinor ?? 0
  if ("percent" in lowering) {
    const off = (price: Minor): Minor => minor(Math.min(price, Math.max(lowest, Math.floor((price * (100 - lowering.percent)) / 100))))
    return lowering.percent > 0 && usual.cardPriceMinor > lowest
      ? { sku, priceMinor: off(usual.regularPriceMinor), cardMinor: off(usual.cardPriceMinor) }
      : refuse("promotion_lowers_nothing", { sku })
  }
  const { priceMinor = null, cardMinor = priceMinor } = lowering
  if (cardMinor === null) return refuse("promotion_lowers_nothing", { sku })
  if (cardMinor > (priceMinor ?? usual.regularPriceMinor)) return refuse("card_price_above_regular", { sku })
  if (cardMinor < lowest) return refuse("promotion_below_lowest", { sku, minPriceMinor: lowest })
  const lowers = cardMinor < usual.cardPriceMinor || (priceMinor !== null && priceMinor < usual.regularPriceMinor)
  return lowers ? { sku, priceMinor, cardMinor } : refuse("promotion_lowers_nothing", { sku })
}
