import { statement, type Tx } from "@mila/kernel"
import { refuse } from "../refusals.ts"
import type { ShownPromotion } from "../shown/promotions.ts"
import type { LoweredPrice } from "./lowering-rules.ts"

/** A promotion as staff see it; `goods`: how many products it lowers. */
export type ListedPromotion = ShownPromotion & { goods: number }

const SELECT = `select code, name, terms, starts_at as "startsAt", ends_at as "endsAt", look,
    (select count(*) from catalog.promotion_price where promotion = code) as goods from catalog.promotion`
const newest = statement<ListedPromotion>("catalog.promotions_listed", `${SELECT} order by starts_at desc, code limit $1`)
const one = statement<ListedPromotion>("catalog.promotion_listed", `${SELECT} where code = $1`)
const prices = statement<LoweredPrice>(
  "catalog.promotion_prices",
  `select sku, price_minor as "priceMinor", card_minor as "cardMinor" from catalog.promotion_price where promotion = $1 order by sku`,
)

/** Promotions, those that began last first, also those ahead and those over. */
export const listPromotions = (tx: Tx, { most }: { most: number }): Promise<ListedPromotion[]> => newest(tx, [most])

/** One promotion with what its goods cost in it. Errors: promotion_not_found. */
export async function promotionWithGoods(tx: Tx, code: string): Promise<{ promotion: ListedPromotion; prices: LoweredPrice[] }> {
  const [promotion] = await one(tx, [code])
  return { promotion: promotion ?? refuse("promotion_not_found", { code }), prices: await prices(tx, [code]) }
}
