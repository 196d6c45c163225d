import { checkPrice, stockOfEan } from "@mila/catalog"
import { counted, inTransaction } from "@mila/kernel"
import { findShops, listServices } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { seoOf } from "../parts/seo.server.ts"
import { shopView } from "./opening.server.ts"
import { PIECES, SHOP, SHOPS_COUNTED } from "./words.ts"

const MOST_LISTED = 40

/** Shops by town, street, hours, services and the stock of a thing; all in the address, so that it works without script and can be sent on. */
export async function shopsPage(visit: Visit, query: URLSearchParams) {
  const { db, clock, locale, cookies, site } = visit
  const at = clock.now()
  const words = SHOP[locale]
  const text = (query.get("q") ?? "").trim().slice(0, 80)
  const stock = /^\d{8,14}$/.exec(query.get("stock") ?? "")?.[0] ?? null
  const sku = stock === null ? null : (query.get("sku")?.slice(0, 64) ?? null)
  const wantsOpen = query.get("open") === "1"
  const wanted = query.getAll("service").slice(0, 20)
  const read = await inTransaction(db, async (tx) => {
    const services = await listServices(tx)
    const rows = stock === null ? null : await stockOfEan(tx, { ean: stock, sku })
    const amounts = rows && new Map(rows.map(({ shop, quantityMilli }) => [shop, quantityMilli]))
    const asked = { text, onlyOpen: wantsOpen, services: wanted.filter((code) => services.some((one) => one.code === code)), locale, at }
    const found = await findShops(tx, { ...asked, codes: amounts && new Set(amounts.keys()) })
    return { services, amounts, found, thing: stock === null ? undefined : await checkPrice(tx, { ean: stock, sku, at }) }
  })
  const { found, amounts, services, thing } = read
  const mine = cookies.get("shop")
  const all = query.get("all") === "1"
  const sorted = found.around ? found.shops : found.shops.toSorted((one, other) => Number(other.code === mine) - Number(one.code === mine))
  const isFiltered = text !== "" || wantsOpen || wanted.length > 0 || stock !== null
  const more = new URLSearchParams(query)
  more.set("all", "1")
  return {
    ...{ words, text, stock, sku, wantsOpen, isFiltered, mine: mine ?? null, tiles: site.tiles ?? null },
    count: counted(found.shops.length, SHOPS_COUNTED[locale], locale),
    around: found.around && words.around.replace("{place}", found.around[locale]),
    thing: thing === undefined ? null : words.inStock.replace("{thing}", thing.name[locale]),
    services: services.map(({ code, name }) => ({ code, name: name[locale], isChosen: wanted.includes(code) })),
    shops: sorted
      .slice(0, all ? undefined : MOST_LISTED)
      .map((shop) => shopView(shop, { locale, at, mine, stock: amountText(amounts?.get(shop.code), locale) })),
    more: !all && sorted.length > MOST_LISTED ? `?${more.toString()}` : null,
    /** null: all of them */
    codes: isFiltered && !found.around ? sorted.map(({ code }) => code) : null,
    seo: seoOf(visit, { title: words.shops, description: words.lead, path: "/shops", isOwn: !isFiltered && !all }),
  }
}

function amountText(quantityMilli: number | undefined, locale: Visit["locale"]): string | null {
  if (quantityMilli === undefined) return null
  const { few, some, many } = PIECES[locale]
  return quantityMilli <= 2_000 ? few : quantityMilli <= 6_000 ? some : many
}

export type ShopsView = Awaited<ReturnType<typeof shopsPage>>
