import { pricesToCarry } from "@mila/catalog"
import { inTransaction } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import { type Loading, visitOf } from "../visit-context.ts"
import type { PricePack } from "../parts/kept-prices.ts"
import { keptPriceOf } from "./page.server.ts"
import { placeText } from "../parts/place.ts"

const MOST_PRICES = 5_000

/** The prices of a shop a phone carries along: what is asked for most. Says nothing of who asks. */
export async function loader(loading: Loading): Promise<Response> {
  const { db, clock, locale } = visitOf(loading)
  const at = clock.now()
  const code = new URL(loading.request.url).searchParams.get("shop") ?? ""
  const pack = await inTransaction(db, async (tx): Promise<PricePack | undefined> => {
    const shop = await shopByCode(tx, code)
    if (!shop) return undefined
    const prices = await pricesToCarry(tx, { shop: code, most: MOST_PRICES, at })
    const shopName = placeText(shop, locale)
    return { locale, shop: code, shopName, at: at.toISOString(), prices: prices.map((price) => keptPriceOf(price, locale)) }
  })
  if (!pack) return Response.json({ code: "shop_not_found" }, { status: 404 })
  return Response.json(pack, { headers: { "cache-control": "public, max-age=300" } })
}
