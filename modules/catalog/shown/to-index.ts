import { type Day, type Localized, statement, type Tx } from "@mila/kernel"
import { priceNow } from "./price-now.ts"

/** What a search index keeps of a thing, but prices and stock. */
export type GroupToIndex = {
  no: number
  slug: string
  name: Localized
  brand: string | null
  category: string | null
  composition: string | null
  country: string | null
  attributes: Readonly<Record<string, readonly string[]>>
  novelSince: Day | null
  popularity: number
  stars: { sum: number; count: number }
  state: "shown" | "hidden"
  variants: readonly {
    no: number
    sku: string
    label: Localized | null
    attributes: Readonly<Record<string, readonly string[]>>
    eans: readonly string[]
  }[]
}

/** A product's prices at a moment in the main zone, and in the zones whose price is another. Kopecks. */
export type PricesToIndex = { no: number; group: number; zone: string; regular: number; card: number; before: number | null }

const SELECT = `select item.no, item.slug, item.name, item.brand, item.category, composition, item.country, item.attributes, novel_since as "novelSince",
    popularity, jsonb_build_object('sum', stars_sum, 'count', stars_count) as stars, state,
    (select coalesce(jsonb_agg(jsonb_build_object('no', product.no, 'sku', product.sku, 'label', product.label, 'attributes', product.attributes,
        'eans', (select coalesce(jsonb_agg(ean), '[]') from catalog.barcode where barcode.sku = product.sku)) order by product.position, product.no), '[]')
     from catalog.product where product.group_no = item.no and not product.hidden) as variants
  from catalog.product_group item`
const page = statement<GroupToIndex>("catalog.groups_to_index", `${SELECT} where item.no > $1 order by item.no limit $2`)
const some = statement<GroupToIndex>("catalog.some_groups_to_index", `${SELECT} where item.no = any($1::int[])`)

const popularityOf = statement<{ no: number; popularity: number }>(
  "catalog.popularity_to_index",
  "select no, popularity from catalog.product_group where no = any($1::int[])",
)

const PRICES = `select product.no, product.group_no as "group", zone.zone, price.regular, price.card, price.before
  from catalog.product cross join lateral (
    select 'main' as zone union all select zone_price.zone from catalog.zone_price where zone_price.sku = product.sku
  ) zone cross join lateral (${priceNow("zone.zone", "$1::timestamptz")}) price
  where product.group_no is not null and not product.hidden`
const pricesPage = statement<PricesToIndex>("catalog.prices_to_index", `${PRICES} and product.no > $2 and product.no <= $3`)
const somePrices = statement<PricesToIndex>("catalog.some_prices_to_index", `${PRICES} and product.no = any($2::int[])`)
const last = statement<{ no: number | null }>("catalog.last_group", "select max(no) as no from catalog.product_group")
const places = statement<{ no: number; shop: string; zone: string }>(
  "catalog.places",
  "select no, shop, zone from catalog.place order by no",
)
const stockOfAll = statement<{ place: number; products: number[] }>(
  "catalog.all_stock_to_index",
  "select place, array_agg(product) as products from catalog.stock where quantity_milli > 0 group by place",
)
const stockOfPlace = statement<{ product: number; quantityMilli: number }>(
  "catalog.stock_to_index",
  `select product, quantity_milli as "quantityMilli" from catalog.stock
   where place = $1::smallint and ($2::int[] is null or product = any($2::int[])) and ($2::int[] is not null or quantity_milli > 0)`,
)

/** Things by number, from the one after `after` on. */
export function groupsToIndex(tx: Tx, { after, most }: { after: number; most: number }): Promise<GroupToIndex[]> {
  return page(tx, [after, most])
}

/** The things with these numbers. */
export function someGroupsToIndex(tx: Tx, numbers: readonly number[]): Promise<GroupToIndex[]> {
  return some(tx, [numbers])
}

/** How much the things with these numbers are bought. */
export function popularityToIndex(tx: Tx, numbers: readonly number[]): Promise<{ no: number; popularity: number }[]> {
  return popularityOf(tx, [numbers])
}

/** Prices of products with numbers after `after` and up to `upTo`, at a moment. */
export function pricesToIndex(tx: Tx, { after, upTo, at }: { after: number; upTo: number; at: Date }): Promise<PricesToIndex[]> {
  return pricesPage(tx, [at, after, upTo])
}

/** Prices of the products with these numbers, at a moment. */
export function somePricesToIndex(tx: Tx, { numbers, at }: { numbers: readonly number[]; at: Date }): Promise<PricesToIndex[]> {
  return somePrices(tx, [at, numbers])
}

/** Shops by the small number stock goes by, with their price zones. */
export function placesToIndex(tx: Tx): Promise<{ no: number; shop: string; zone: string }[]> {
  return places(tx, [])
}

/** What a place has: all that is there, or what became of the products with these numbers, those gone included. */
export function stockToIndex(
  tx: Tx,
  { place, numbers }: { place: number; numbers: readonly number[] | null },
): Promise<{ product: number; quantityMilli: number }[]> {
  return stockOfPlace(tx, [place, numbers])
}

/** What every place has: numbers of products by number of place. */
export async function allStockToIndex(tx: Tx): Promise<Map<number, number[]>> {
  return new Map((await stockOfAll(tx, [])).map(({ place, products }) => [place, products]))
}

/** The highest number a thing has; 0 without any. */
export async function lastGroup(tx: Tx): Promise<number> {
  const [row] = await last(tx, [])
  return row!.no ?? 0
}
