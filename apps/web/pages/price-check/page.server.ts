import { type CheckedPrice, checkPrices, isBarcode, pictureUrl } from "@mila/catalog"
import { dayIn, dayText, inTransaction, type Locale, MINSK, momentText, money, type Tx } from "@mila/kernel"
import { isWorldwide, sealShownPrice, shownPriceOf } from "@mila/pricecheck"
import { findShops, type Shop, shopByCode } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import type { KeptPrice } from "../parts/kept-prices.ts"
import { earnedOnOne } from "../parts/earned.server.ts"
import { seoOf } from "../parts/seo.server.ts"
import { shopView } from "../shops/opening.server.ts"
import { SHOP } from "../shops/words.ts"
import { PRICE, type PriceWords } from "./words.ts"
import { placeText } from "../parts/place.ts"

const MOST_SHOPS = 12

export type Asked = { ean: string | null; sku: string | null; shop: string | null; town: string | null; kiosk: string | null }

/**
 * What a code costs in a shop; where it stands on several things, which of them is asked. All is in the address: it works without script and can be sent on. A kiosk knows nobody: no points, no claims, no way out.
 * 404 for a kiosk in a shop that is not there.
 */
export async function pricePage(visit: Visit, { ean, sku, shop: named, town, kiosk }: Asked) {
  const { db, clock, locale, cookies } = visit
  const at = clock.now()
  const words = PRICE[locale]
  const code = (ean ?? "").replace(/[\s-]/g, "")
  const read = await inTransaction(db, async (tx) => {
    const shop = await chosenShop(tx, kiosk ?? named ?? cookies.get("shop"))
    if (kiosk !== null && !shop) return undefined
    const several = isBarcode(code) ? await checkPrices(tx, { ean: code, shop: shop?.code ?? null, at }) : []
    const checked = several.length > 1 ? several.find((one) => one.sku === sku) : several[0]
    const found = town === null ? undefined : await findShops(tx, { text: town, locale, at })
    const earned =
      checked && kiosk === null ? await earnedOnOne(tx, visit, { ...checked, ...checked.price, shop: shop?.code ?? "", at }) : null
    const sealed = checked && shop && kiosk === null ? sealShownPrice(tx, shownPriceOf(checked, { shop: shop.code, at })) : null
    return { shop, checked, several, found, earned, sealed }
  })
  if (!read) throw new Response(null, { status: 404 })
  const { shop, checked, several, found, earned, sealed } = read
  const shared = several.length > 1
  const telling = { words, locale, at, shop, earned, sealed, shared }
  return {
    placeWords: SHOP[locale],
    ...{ words, typed: code, kiosk: kiosk !== null, town, knowsMember: visit.session !== undefined && kiosk === null },
    shop: shop ? { code: shop.code, title: placeText(shop, locale) } : null,
    shops: found
      ? found.shops.slice(0, MOST_SHOPS).map((one) => shopView(one, { locale, at, mine: cookies.get("shop"), stock: null }))
      : null,
    result: !checked && shared ? whichOf(several, telling, { code, kiosk, named }) : resultOf(code, checked, telling),
    others: checked && shared ? askedAgain(code, { kiosk, named }) : null,
    seo: seoOf(visit, {
      title: words.title,
      description: words.lead,
      path: "/price-check",
      isOwn: code === "" && kiosk === null,
    }),
  }
}

export type PricePage = Awaited<ReturnType<typeof pricePage>>

async function chosenShop(tx: Tx, code: string | undefined): Promise<Shop | undefined> {
  return code === undefined ? undefined : shopByCode(tx, code)
}

type Telling = {
  words: PriceWords
  locale: Locale
  at: Date
  shop: Shop | undefined
  earned: string | null
  sealed: string | null
  shared: boolean
}

function resultOf(code: string, checked: CheckedPrice | undefined, telling: Telling) {
  if (code === "") return null
  if (!isBarcode(code)) return { kind: "wrong" as const }
  if (!checked) return { kind: isWorldwide(code) ? ("unknown" as const) : ("internal" as const), code }
  const { words, locale, at, shop, earned, sealed, shared } = telling
  const { price, name, brand, slug, stock } = checked
  const dearest = Math.max(price.beforeMinor ?? 0, price.regularMinor)
  return {
    kind: "known" as const,
    ...{ ean: checked.ean, name: name[locale], brand, to: slug === null ? null : `/p/${slug}`, earned, sealed },
    ...{ picture: pictureOf(checked), ...amountsOf(checked, locale) },
    before: price.beforeMinor !== null && price.beforeMinor > price.regularMinor ? money(price.beforeMinor, locale) : null,
    off: dearest === 0 ? 0 : Math.trunc(((dearest - price.cardMinor) * 100) / dearest),
    until:
      price.endsAt && words.until.replace("{day}", dayText(dayIn(MINSK, new Date(price.endsAt.getTime() - 1)), locale, dayIn(MINSK, at))),
    stock: shop ? words.stock.replace("{amount}", amountText(stock?.quantityMilli ?? 0, words)) : null,
    counted: shop && stock ? words.counted.replace("{moment}", momentText(stock.countedAt, locale, dayIn(MINSK, at))) : null,
    elsewhere: `/shops?stock=${checked.ean}${shared ? `&sku=${encodeURIComponent(checked.sku)}` : ""}`,
    seen: seenOf([checked], telling),
  }
}

type Again = { kiosk: string | null; named: string | null }

/** «Какой из них?»: the things one barcode stands on, each with an address of its own. */
function whichOf(several: readonly CheckedPrice[], telling: Telling, { code, ...again }: Again & { code: string }) {
  const { locale } = telling
  return {
    kind: "several" as const,
    things: several.map((one) => ({
      ...{ sku: one.sku, name: one.name[locale], brand: one.brand, picture: pictureOf(one), ...amountsOf(one, locale) },
      to: `${askedAgain(code, again)}&sku=${encodeURIComponent(one.sku)}`,
    })),
    seen: seenOf(several, telling),
  }
}

function askedAgain(code: string, { kiosk, named }: Again): string {
  const asked = new URLSearchParams({ ean: code, ...(named === null ? {} : { shop: named }), ...(kiosk === null ? {} : { kiosk }) })
  return `/price-check?${asked.toString()}`
}

const pictureOf = ({ picture, group }: CheckedPrice): string | null =>
  picture === null || group === null ? null : pictureUrl(group, 0, picture)

const amountsOf = ({ price }: CheckedPrice, locale: Locale) => ({
  card: money(price.cardMinor, locale),
  regular: price.regularMinor > price.cardMinor ? money(price.regularMinor, locale) : null,
})

/** What the phone that shows it keeps of it. */
const seenOf = (several: readonly CheckedPrice[], { shop, at, locale }: Telling) =>
  shop ? several.map((one) => ({ shop: shop.code, at: at.toISOString(), price: keptPriceOf(one, locale) })) : []

function amountText(quantityMilli: number, { none, few, some, many }: PriceWords): string {
  if (quantityMilli <= 0) return none
  return quantityMilli <= 2_000 ? few : quantityMilli <= 6_000 ? some : many
}

/** A price as a phone keeps it. */
export function keptPriceOf({ ean, sku, name, price, stock }: CheckedPrice, locale: Locale): KeptPrice {
  const { cardMinor, regularMinor, beforeMinor, endsAt } = price
  const ends = endsAt === null ? 0 : Math.trunc(endsAt.getTime() / 1000)
  return [ean, name[locale], cardMinor, regularMinor, beforeMinor ?? 0, ends, stock?.quantityMilli ?? -1, sku]
}
