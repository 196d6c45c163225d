import { addDays, type Day, dayIn, type Localized, MINSK, startOfDay, statement, type Tx } from "@mila/kernel"
import { noteChange } from "../changes.ts"
import { productsBySku } from "../products.ts"
import { putPromotion } from "../put-promotions.ts"
import { refuse } from "../refusals.ts"
import { type Lowering, loweredPrice } from "./lowering-rules.ts"

/** A promotion as staff say it: whole days in Minsk, the last one is in it. */
export type Announced = {
  code: string
  name: Localized
  terms: Localized
  look: string
  firstDay: Day
  lastDay: Day
  goods: readonly Lowering[]
}

const held = statement<{ startsAt: Date; endsAt: Date | null }>(
  "catalog.promotion_held",
  `select starts_at as "startsAt", ends_at as "endsAt" from catalog.promotion where code = $1 for update`,
)
const productsIn = statement<{ no: number }>(
  "catalog.promotion_products",
  "select product.no from catalog.promotion_price lowered join catalog.product on product.sku = lowered.sku where lowered.promotion = $1",
)
const stop = statement<never>("catalog.end_promotion", "update catalog.promotion set ends_at = $2 where code = $1")
const dropPrices = statement<never>("catalog.drop_promotion_prices", "delete from catalog.promotion_price where promotion = $1")
const drop = statement<never>("catalog.drop_promotion", "delete from catalog.promotion where code = $1")

/**
 * Announces a promotion, or says it anew: its goods are exactly those given, all or none. Prices are those of the main zone; shops of another are never dearer for it.
 * Errors: promotion_period_invalid, promotion_goods_unknown (with the skus), and those of `loweredPrice`.
 */
export async function announcePromotion(tx: Tx, { goods, firstDay, lastDay, ...told }: Announced, { at }: { at: Date }): Promise<void> {
  if (lastDay < firstDay || lastDay < dayIn(MINSK, at)) refuse("promotion_period_invalid", { firstDay, lastDay })
  const known = await productsBySku(
    tx,
    goods.map(({ sku }) => sku),
  )
  const unknown = goods.flatMap(({ sku }) => (known.has(sku) ? [] : [sku]))
  if (unknown.length > 0) refuse("promotion_goods_unknown", { skus: unknown.slice(0, 100) })
  const prices = goods.map((lowering) => loweredPrice(lowering, known.get(lowering.sku)!))
  await putPromotion(tx, { ...told, startsAt: startOfDay(MINSK, firstDay), endsAt: startOfDay(MINSK, addDays(lastDay, 1)), prices }, { at })
}

/**
 * Ends a promotion now; one that has not begun is taken back whole. Answers which it was. Errors: promotion_not_found, promotion_over.
 */
export async function endPromotion(tx: Tx, { code, at }: { code: string; at: Date }): Promise<{ ended: boolean }> {
  const [promotion] = await held(tx, [code])
  if (!promotion) return refuse("promotion_not_found", { code })
  if (promotion.endsAt !== null && promotion.endsAt <= at) refuse("promotion_over", { code })
  const products = await productsIn(tx, [code])
  const hasBegun = promotion.startsAt < at
  if (hasBegun) await stop(tx, [code, at])
  else {
    await dropPrices(tx, [code])
    await drop(tx, [code])
  }
  await noteChange(tx, { what: "prices", place: null, numbers: products.map(({ no }) => no), at })
  return { ended: hasBegun }
}
