import { findGoods, type Found, type Words } from "@mila/catalog"
import { counted, inTransaction, type Locale, money } from "@mila/kernel"
import type { SearchFilters, SearchSort } from "@mila/search"
import { shopByCode } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { ON_PAGE, SORTS } from "../parts/goods-query.ts"
import { tilesFor } from "../parts/tile.server.ts"
import { GOODS, LIST } from "./words.ts"
import { placeText } from "../parts/place.ts"

const MOST_VALUES = 40
const MOST_NEAREST = 8

/** What an address asks of a list of goods. What makes no sense is left out, never an error: addresses are typed and passed on. */
export function filtersIn(params: URLSearchParams, words: Words): SearchFilters {
  const all = (name: string): string[] =>
    params
      .getAll(name)
      .filter((value) => value !== "" && value.length <= 200)
      .slice(0, 50)
  const attributes = [...words.attributes.keys()].flatMap((code) =>
    params.has(`attr.${code}`) ? [[code, all(`attr.${code}`)] as const] : [],
  )
  const kopecks = (name: string): number | undefined => {
    const text = (params.get(name) ?? "").trim().replace(",", ".")
    return /^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Math.trunc(Number(text) * 100 + 0.5) : undefined
  }
  const [priceFrom, priceTo] = [kopecks("price_from"), kopecks("price_to")]
  const [stars, shop] = [params.get("stars"), params.get("shop")]
  return {
    ...{ brand: all("brand"), country: all("country"), without: withoutIn(params), attributes: Object.fromEntries(attributes) },
    ...(priceFrom === undefined ? {} : { priceFrom }),
    ...(priceTo === undefined ? {} : { priceTo }),
    ...(stars === "3" || stars === "4" ? { stars: Number(stars) } : {}),
    ...(shop === null || shop === "" ? {} : { shop: shop.slice(0, 32) }),
    ...{ discounted: params.has("discounted"), novel: params.has("novel"), available: params.has("available") },
  }
}

/** Ingredients nobody wants, each for itself: several may stand in one field; a comma between digits is part of a name («2,5-Diamine»). */
const withoutIn = (params: URLSearchParams): string[] => {
  const words = params.getAll("without").flatMap((value) => value.slice(0, 400).split(/;|,(?!\d)/))
  return [...new Set(words.map((word) => word.trim().slice(0, 100)).filter((word) => word !== ""))].slice(0, 20)
}

export type FacetView = {
  code: string
  name: string
  /** the name of its field in an address */
  field: string
  values: { code: string; name: string; count: number; chosen: boolean; swatch: string | null }[]
}

/** A list of goods as its page shows it: tiles, facets, pages. `category` or `brand` narrows it and is no facet then. */
export async function listOf(
  visit: Visit,
  { params, text, category, brand }: { params: URLSearchParams; text?: string; category?: string; brand?: string },
) {
  const { finder, locale, cookies, zone } = visit
  const words = await finder.words()
  const filters = {
    ...filtersIn(params, words),
    ...(category === undefined ? {} : { category }),
    ...(brand === undefined ? {} : { brand: [brand] }),
  }
  const asked = params.get("sort")
  const sort = SORTS.find((known) => known === asked) as SearchSort | undefined
  const page = Math.max(1, Math.min(400, Math.trunc(Number(params.get("page") ?? 1)) || 1))
  const found = await findGoods(
    finder,
    {
      ...{ filters, offset: (page - 1) * ON_PAGE, limit: ON_PAGE },
      ...(text === undefined || text === "" ? {} : { text }),
      ...(sort === undefined ? {} : { sort }),
    },
    { mine: cookies.get("shop"), zone },
  )
  const { total, tiles, facets, price, understood, heldByNone } = found
  return {
    nearest: total === 0 ? await nearestTo(visit, { text, category, filters }) : null,
    ...{ words: LIST[locale], total, page, sort: sort ?? "", query: params.toString(), understood },
    totalText: counted(total, GOODS[locale], locale),
    pages: Math.ceil(Math.min(total, 10_000) / ON_PAGE),
    tiles: await tilesFor(visit, tiles),
    facets: facetViews(facets, {
      words,
      locale,
      hidden: [...(category === undefined ? [] : ["category"]), ...(brand === undefined ? [] : ["brand", "country"])],
    }),
    price: price && {
      least: money(price.least, locale),
      most: money(price.most, locale),
      leastRoubles: Math.floor(price.least / 100),
      mostRoubles: Math.ceil(price.most / 100),
      from: params.get("price_from") ?? "",
      to: params.get("price_to") ?? "",
    },
    ...{ without: withoutIn(params), heldByNone },
    shop: await myShop(visit, params.get("shop")),
  }
}

type Missed = { text: string | undefined; category: string | undefined; filters: SearchFilters }

/**
 * Why nothing was found, and the nearest there is: without the filters what the words find, else what is bought most of the section or of all.
 */
async function nearestTo(visit: Visit, { text, category, filters }: Missed) {
  const mine = { mine: visit.cookies.get("shop"), zone: visit.zone }
  const within = category === undefined ? {} : { category }
  const { brand, country, attributes, without } = filters
  const chosen = [brand, country, without, ...Object.values(attributes ?? {})].some((values) => (values?.length ?? 0) > 0)
  const narrowed =
    chosen || Object.keys(filters).some((name) => ["priceFrom", "priceTo", "stars", "shop"].includes(name)) || filters.discounted
  const asked = text === undefined || text === "" ? {} : { text }
  const unfiltered = await findGoods(visit.finder, { ...asked, filters: within, limit: MOST_NEAREST, broad: true }, mine)
  if (narrowed && unfiltered.total > 0) {
    return {
      why: "filters" as const,
      total: counted(unfiltered.total, GOODS[visit.locale], visit.locale),
      tiles: await tilesFor(visit, unfiltered.tiles),
    }
  }
  const popular = await findGoods(visit.finder, { filters: within, sort: "popular", limit: MOST_NEAREST }, mine)
  return { why: "words" as const, total: "", tiles: await tilesFor(visit, popular.tiles) }
}

function facetViews(
  facets: Found["facets"],
  { words, locale, hidden }: { words: Words; locale: Locale; hidden: readonly string[] },
): FacetView[] {
  const own = LIST[locale].facets as Readonly<Record<string, string>>
  return facets
    .filter(({ code }) => !hidden.includes(code) && code !== "shop")
    .map(({ code, values }) => ({
      ...{ code, name: own[code] ?? words.facet(code)?.[locale] ?? code, field: own[code] === undefined ? `attr.${code}` : code },
      values: values.slice(0, MOST_VALUES).map((value) => ({
        ...value,
        name: value.code === "yes" ? (own[code] ?? code) : words.value(code, value.code, locale),
        swatch: words.swatch(code, value.code),
      })),
    }))
}

/** The shop asked about, else the one somebody calls theirs. */
async function myShop({ db, locale, cookies }: Visit, asked: string | null) {
  const code = asked ?? cookies.get("shop")
  const shop = code === undefined ? undefined : await inTransaction(db, (tx) => shopByCode(tx, code))
  return shop ? { code: shop.code, name: placeText(shop, locale), chosen: asked !== null } : null
}
