import { type Locale, type Localized, type Minor, minor } from "@mila/kernel"
import type { NetUnit } from "../put-groups.ts"
import type { PriceNow } from "./price-now.ts"

const PER: Readonly<Record<NetUnit, Localized & { amount: number }>> = {
  ml: { amount: 100, ru: "100\u00a0мл", be: "100\u00a0мл", en: "100\u00a0ml" },
  g: { amount: 100, ru: "100\u00a0г", be: "100\u00a0г", en: "100\u00a0g" },
  pcs: { amount: 1, ru: "1\u00a0шт.", be: "1\u00a0шт.", en: "1\u00a0pc" },
  m: { amount: 1, ru: "1\u00a0м", be: "1\u00a0м", en: "1\u00a0m" },
}

/** What 100 ml, 100 g, a piece or a metre cost with a card, in kopecks, halves up; null where it would repeat the price or nothing is said of the amount. */
export function unitPriceOf(
  { net, price }: { net: { amount: number; unit: NetUnit } | null; price: PriceNow },
  locale: Locale,
): { minor: Minor; per: string } | null {
  if (net === null || net.amount <= 0) return null
  const per = PER[net.unit]
  if (net.amount === per.amount) return null
  return { minor: minor(Math.trunc((price.cardMinor * per.amount) / net.amount + 0.5)), per: per[locale] }
}
