import { putSale, slugOf } from "@mila/catalog"
import { type Localized, minor, type Tx } from "@mila/kernel"
import { REGULAR, SALE } from "../reading/price-names.ts"
import type { KnownOffer, KnownPriceType } from "./compose-rules.ts"

const NAME: Localized = { ru: "Товары со скидкой", be: "Тавары са зніжкай", en: "Discounted goods" }
const TERMS: Localized = { ru: "Скидка уже в цене.", be: "Зніжка ўжо ў цане.", en: "The discount is already in the price." }

/** A source that tells an old price asks less now: a promotion of its own, for as long as it says so. Not where somebody said that its prices are of another zone, or of nothing. */
export async function applySale(
  tx: Tx,
  { source, offers, types, at }: { source: string; offers: readonly KnownOffer[]; types: readonly KnownPriceType[]; at: Date },
): Promise<void> {
  const regular = types.find(({ id }) => id === REGULAR)
  if (regular?.means !== "regular" || regular.zone !== "main") return
  const told = offers.flatMap(({ sku, prices }) => {
    const usual = prices[REGULAR]
    return usual === undefined ? [] : [{ sku, now: Math.min(usual, prices[SALE] ?? usual), usual }]
  })
  await putSale(
    tx,
    {
      ...{ code: slugOf(`sale-${source}`), name: NAME, terms: TERMS },
      lowered: told.flatMap(({ sku, now, usual }) => (now < usual ? [{ sku, priceMinor: minor(now) }] : [])),
      usual: told.flatMap(({ sku, now, usual }) => (now < usual ? [] : [sku])),
    },
    { at },
  )
}
