import {
  type GroupPage,
  groupBySlug,
  ingredientsOf,
  type InShopOfZone,
  pictureUrl,
  partsOfSet,
  priceHistory,
  ROLES,
  type ShownVariant,
  stockOfGroup,
  unitPriceOf,
  type Words,
} from "@mila/catalog"
import {
  addDays,
  counted,
  dayIn,
  dayText,
  type Locale,
  MINSK,
  momentText,
  money,
  reading,
  startOfDay,
  together,
  type Tx,
} from "@mila/kernel"
import { favouritesAmong } from "@mila/favourites"
import { shopsByCode } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { breadcrumbs, seoOf } from "../parts/seo.server.ts"
import { starsText } from "../parts/tile.server.ts"
import { viewedThings } from "../parts/viewed.server.ts"
import { zoneFor } from "../parts/zone.server.ts"
import { LIST } from "../catalog/words.ts"
import { ownerOf } from "../favourites/page.server.ts"
import { FAVOURITES } from "../favourites/words.ts"
import { saidOf } from "../reviews/view.server.ts"
import { picturesOf } from "./pictures.server.ts"
import { thingOf } from "./thing.server.ts"
import { earningOn } from "./earning.server.ts"
import { setsAround, shelvesOf } from "./shelves.server.ts"
import { PRODUCT, type ProductWords, SHOPS } from "./words.ts"
import { placeText } from "../parts/place.ts"
import { HISTORY_DAYS, historyView, honestyOf } from "./history.server.ts"

const MOST_SHOPS = 30
const ORDER = { ru: new Intl.Collator("ru"), be: new Intl.Collator("be"), en: new Intl.Collator("en") }

/**
 * Everything about one thing, as its page shows it: at the prices of the visitor's shop, or of the zone a feed has sent people here for. `zone`: the one its
 * address names. 404 for an address nobody gave.
 */
export async function productPage(visit: Visit, { slug, sku, zone }: { slug: string; sku: string | null; zone: string | null }) {
  const { db, clock, locale, cookies, finder, zone: ofZone } = visit
  const at = clock.now()
  const shop = cookies.get("shop")
  const named = zone !== null && zone === ofZone
  const words = await finder.words()
  const read = await reading(db, (tx) => readOf(tx, visit, { slug, sku, at }))
  if (!read) throw new Response(null, { status: 404 })
  const { group, stock, chosen, earned } = read
  const said = PRODUCT[locale]
  const crumbs = crumbsOf(group, words, locale)
  return {
    ...{
      words: said,
      no: group.no,
      name: group.name[locale],
      crumbs,
      earned,
      ofZone: ofZone !== undefined,
      isSold: group.state === "shown",
    },
    brand: group.brand && { name: group.brand.name, to: `/brands/${group.brand.slug}` },
    rating: starsText(group.stars, locale),
    pictures: picturesOf(group, chosen),
    variants: group.variants.map((variant) => variantView(variant, { group, chosen, zone: named ? ofZone : undefined, words, locale })),
    price: chosen ? priceView(chosen, said, locale, at) : null,
    sku: chosen?.sku ?? null,
    ean: chosen?.eans[0] ?? null,
    texts: textsOf(group, words, said, locale),
    composition: compositionView(group, locale),
    history: historyView(read.history, said, locale, at),
    honesty: group.state === "shown" ? honestyOf(read.history, said, locale, at) : null,
    parts: read.parts.map(({ name, slug: own, pieces }) => ({ name: name[locale], to: own && `/p/${own}`, pieces })),
    earns: chosen?.kind === "goods",
    stock: stockView(
      stock.filter((row) => row.sku === chosen?.sku),
      { shops: read.shops, mine: shop, ofZone, isCounted: chosen?.kind === "goods", locale, at },
    ),
    ...{ slug, ...read.others },
    ...(await shelvesOf(visit, group, { chosen, sets: read.sets, seen: read.seen })),
    seo: seoOf(visit, {
      ...{ title: group.name[locale], path: `/p/${slug}`, isOwn: sku === null && zone === null && group.state === "shown" },
      description: (group.description?.[locale] ?? group.name[locale]).slice(0, 300),
      picture: group.pictures[0] ? pictureUrl(group.no, 0, group.pictures[0]) : null,
      things: [breadcrumbs(crumbs, (to) => visit.site.publicUrl + pathIn(locale, to)), thingOf(visit, group, stock)],
    }),
  }
}

function compositionView({ composition }: GroupPage, locale: Locale) {
  const read = composition === null ? [] : ingredientsOf(composition)
  return read.map(({ name, role, allergen, called }) => ({ ...{ name, allergen, called }, does: role ? ROLES[role][locale] : null }))
}

type Asked = { slug: string; sku: string | null; at: Date }

/** What the database says of the thing and of this visitor with it, in three ways there and back. */
async function readOf(tx: Tx, visit: Visit, { slug, sku, at }: Asked) {
  const zone = await zoneFor(tx, visit)
  const group = await groupBySlug(tx, { slug, zone, at })
  if (!group) return undefined
  const chosen = group.variants.find((variant) => variant.sku === sku) ?? group.variants[0]
  const from = startOfDay(MINSK, addDays(dayIn(MINSK, at), -HISTORY_DAYS))
  const [stock, history, earned, said, liking, parts, sets, seen] = await together([
    stockOfGroup(tx, group.no),
    chosen ? priceHistory(tx, { sku: chosen.sku, zone, from, to: at }) : [],
    chosen ? earningOn(tx, visit, { chosen, group, at }) : null,
    saidOf(tx, group.no, { locale: visit.locale, at }),
    likes(tx, visit, group.no),
    partsOfSet(tx, group.madeOf),
    setsAround(tx, group, { zone, at }),
    viewedThings(tx, visit, { except: group.no, zone }),
  ])
  const shops = await shopsByCode(tx, [...new Set(stock.map((row) => row.shop))])
  return { group, stock, chosen, history, earned, others: { said, ...liking }, parts, sets, seen, shops }
}

function crumbsOf({ category, name, slug }: GroupPage, words: Words, locale: Locale) {
  const above = category === null ? [] : words.above(category).map((one) => ({ name: one.name[locale], to: `/catalog/${one.path}` }))
  return [{ name: LIST[locale].catalog, to: "/catalog" }, ...above, { name: name[locale], to: `/p/${slug}` }]
}

type Viewed = { group: GroupPage; chosen: ShownVariant | undefined; zone: string | undefined; words: Words; locale: Locale }

function variantView(variant: ShownVariant, { group, chosen, zone, words, locale }: Viewed) {
  const shade = variant.attributes["shade"]?.[0]
  const asked = new URLSearchParams({ ...(variant === group.variants[0] ? {} : { sku: variant.sku }), ...(zone && { zone }) })
  return {
    ...{
      sku: variant.sku,
      isChosen: variant === chosen,
      to: `/p/${group.slug}${asked.size > 0 ? `?${asked.toString()}` : ""}`,
    },
    label: variant.label?.[locale] ?? variant.sku,
    swatch: shade === undefined ? null : words.swatch("shade", shade),
  }
}

function priceView(variant: ShownVariant, said: ProductWords, locale: Locale, at: Date) {
  const { regularMinor, cardMinor, beforeMinor, endsAt, promotion } = variant.price
  const dearest = Math.max(regularMinor, beforeMinor ?? 0)
  const unit = unitPriceOf(variant, locale)
  return {
    card: money(cardMinor, locale),
    regular: regularMinor > cardMinor ? money(regularMinor, locale) : null,
    before: beforeMinor !== null && beforeMinor > regularMinor ? money(beforeMinor, locale) : null,
    off: dearest === 0 ? 0 : Math.trunc(((dearest - cardMinor) * 100) / dearest),
    unit: unit && said.perUnit.replace("{price}", money(unit.minor, locale)).replace("{per}", unit.per),
    until: endsAt && said.until.replace("{day}", dayText(dayIn(MINSK, new Date(endsAt.getTime() - 1)), locale, dayIn(MINSK, at))),
    promotion,
  }
}

function textsOf(group: GroupPage, words: Words, said: ProductWords, locale: Locale) {
  const company = (one: { name: string; address: string } | null): string | null =>
    one && [one.name, one.address].filter(Boolean).join(", ")
  const facts: [string, string | null][] = [
    ...Object.entries(group.attributes).map(([code, values]): [string, string] => [
      words.facet(code)?.[locale] ?? code,
      values.map((value) => words.value(code, value, locale)).join(", "),
    ]),
    [said.country, group.country && words.country(group.country, locale)],
    [said.maker, company(group.maker)],
    [said.importer, company(group.importer)],
    [said.shelfLife, group.shelfLifeMonths === null ? null : said.months.replace("{months}", String(group.shelfLifeMonths))],
    [said.opened, group.openedMonths === null ? null : said.months.replace("{months}", String(group.openedMonths))],
    [said.returns, said.returning[group.returns]],
  ]
  return {
    description: group.description?.[locale] ?? null,
    application: group.application?.[locale] ?? null,
    facts: facts.flatMap(([name, value]) => (value === null || value === "" ? [] : [{ name, value }])),
  }
}

type Stocked = {
  shops: Awaited<ReturnType<typeof shopsByCode>>
  mine: string | undefined
  ofZone: string | undefined
  /** certificates lie on no shelf: nobody counts them */
  isCounted: boolean
  locale: Locale
  at: Date
}

function stockView(rows: readonly InShopOfZone[], { shops, mine, ofZone, isCounted, locale, at }: Stocked) {
  const listed = rows.flatMap((row) => {
    const shop = shops.get(row.shop)
    return shop && shop.state === "open" ? [{ row, shop }] : []
  })
  const said = PRODUCT[locale]
  const view = ({ row, shop }: (typeof listed)[number]) => ({
    code: shop.code,
    name: placeText(shop, locale),
    amount: row.quantityMilli <= 2_000 ? said.few : row.quantityMilli <= 6_000 ? said.some : said.many,
    counted: said.counted.replace("{moment}", momentText(row.countedAt, locale, dayIn(MINSK, at))),
    isMine: shop.code === mine,
  })
  const sorted = listed.toSorted(
    (one, other) =>
      Number(other.shop.code === mine) - Number(one.shop.code === mine) ||
      Number(other.row.zone === ofZone) - Number(one.row.zone === ofZone) ||
      ORDER[locale].compare(one.shop.city[locale], other.shop.city[locale]),
  )
  return {
    isCounted,
    count: listed.length,
    text: counted(listed.length, SHOPS[locale], locale),
    shops: sorted.slice(0, MOST_SHOPS).map(view),
    hasMine: mine !== undefined,
  }
}

async function likes(tx: Tx, visit: Visit, no: number) {
  const { add, remove } = FAVOURITES[visit.locale]
  const mayLike = visit.session !== undefined || visit.cookies.get("liked") !== undefined
  const liked = mayLike ? await favouritesAmong(tx, { owner: ownerOf(visit), groupNos: [no] }) : undefined
  return { liked: liked?.has(no) ?? false, likes: { add, remove } }
}
