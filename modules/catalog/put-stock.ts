import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"

/** Pieces of a product in a shop, in thousandths (what is sold by weight has three places). */
export type Counted = { sku: string; quantityMilli: number }

const place = statement<{ no: number }>(
  "catalog.place_of",
  `insert into catalog.place (shop, zone) values ($1, coalesce($2, 'main'))
   on conflict (shop) do update set zone = coalesce($2, place.zone) returning no`,
)
// the shop's row is held until the end, so nobody else counts there: what is new goes in without asking each row whether somebody was faster, at two thirds of the cost.
// What was counted again and found the same is newer, and no news to those who keep a copy: it has not moved
const put = statement<{ product: number; moved: boolean }>(
  "catalog.put_stock",
  `with given as materialized (
     select no, quantity from unnest($3::int[], $4::int[]) as told(no, quantity)
   ), known as (
     update catalog.stock set quantity_milli = given.quantity, counted_at = $2::timestamptz
     from given join catalog.stock old on old.place = $1::smallint and old.product = given.no
     where stock.place = $1::smallint and stock.product = given.no and stock.counted_at <= $2::timestamptz
     returning stock.product, old.quantity_milli <> given.quantity as moved
   ), fresh as (
     insert into catalog.stock (place, product, quantity_milli, counted_at)
     select $1::smallint, no, quantity, $2::timestamptz from given
     where not exists (select from catalog.stock old where old.place = $1::smallint and old.product = given.no) order by no
     returning product, true as moved
   ) select product, moved from known union all select product, moved from fresh`,
)
const gone = statement<{ product: number }>(
  "catalog.stock_gone",
  `update catalog.stock set quantity_milli = 0, counted_at = $2::timestamptz
   where place = $1::smallint and counted_at < $2::timestamptz and quantity_milli > 0 returning product`,
)
const before = statement<{ sku: string; no: number; isOld: boolean }>(
  "catalog.counted_before",
  `select product.sku, product.no, counted_at < $2::timestamptz as "isOld"
   from catalog.place join catalog.stock on stock.place = place.no join catalog.product on product.no = stock.product
   where place.shop = $1 and quantity_milli > 0 and exists (
     select from catalog.place one join catalog.stock old on old.place = one.no where one.shop = $1 and old.quantity_milli > 0 and old.counted_at < $2::timestamptz)`,
)
const numbersOf = statement<{ sku: string; no: number }>(
  "catalog.stock_numbers",
  "select sku, no from catalog.product where sku in (select unnest($1::text[]))",
)

/** Says at whose prices a shop sells. */
export async function putZone(tx: Tx, { shop, zone, at }: { shop: string; zone: string; at: Date }): Promise<void> {
  const [row] = await place(tx, [shop, zone])
  await noteChange(tx, { what: "stock", place: row!.no, numbers: null, at })
}

/**
 * Brings a shop's stock up to date; an older count never replaces a newer one. `whole`: what is not named is not there any more.
 * Answers how many rows hold this count now and the skus nobody knows, which are left out. Harmless twice.
 */
export async function putStock(
  tx: Tx,
  {
    shop,
    counted,
    countedAt,
    whole = false,
    at,
  }: { shop: string; counted: readonly Counted[]; countedAt: Date; whole?: boolean; at: Date },
): Promise<{ changed: number; unknown: string[] }> {
  const known = await productNumbers(
    tx,
    counted.map(({ sku }) => sku),
  )
  const products = new Map(counted.flatMap(({ sku, quantityMilli }) => (known.has(sku) ? [[known.get(sku)!, quantityMilli] as const] : [])))
  const { changed } = await putStockOf(tx, { shop, products, countedAt, whole, at })
  return { changed, unknown: [...new Set(counted.flatMap(({ sku }) => (known.has(sku) ? [] : [sku])))] }
}

/** The same by products' numbers, for who counts many shops and asked for the numbers once. */
export async function putStockOf(
  tx: Tx,
  {
    shop,
    products,
    countedAt,
    whole = false,
    at,
  }: { shop: string; products: ReadonlyMap<number, number>; countedAt: Date; whole?: boolean; at: Date },
): Promise<{ changed: number }> {
  const [row] = await place(tx, [shop, null])
  const no = row!.no
  const changed = await put(tx, [no, countedAt, [...products.keys()], [...products.values()]])
  const emptied = whole ? await gone(tx, [no, countedAt]) : []
  const numbers = [...changed.filter(({ moved }) => moved), ...emptied].map(({ product }) => product)
  await noteChange(tx, { what: "stock", place: no, numbers: numbers.length > MOST_NAMED ? null : numbers, at })
  return { changed: changed.length + emptied.length }
}

/** What a shop has, and of each whether that was counted before a moment: `isOld` is what a full count since then did not name. Nothing where none of it is old. */
export function countedBefore(
  tx: Tx,
  { shop, moment }: { shop: string; moment: Date },
): Promise<{ sku: string; no: number; isOld: boolean }[]> {
  return before(tx, [shop, moment])
}

/** The small numbers products have in stock, by sku; those nobody knows are missing. A number once given stays. */
export async function productNumbers(tx: Tx, skus: readonly string[]): Promise<Map<string, number>> {
  return new Map((await numbersOf(tx, [skus])).map(({ sku, no }) => [sku, no]))
}

const MOST_NAMED = 1_000 // past it reading the whole place again is cheaper
