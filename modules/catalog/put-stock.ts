import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"

/** Pieces of a product in a shop, in thousandths (what is sold by weight has three places). */
export type Counted = { sku: string; quantityMilli: number }

const place = statement<{ no: number }>(
  "catalog.place_of",
  `insert into catalog.place (shop, zone) values ($1, coalesce($2, 'main'))
   on conflict (shop) do update set zone = coalesce($2, place.zone) returning no`,
)
const put = statement<{ product: number }>(
  "catalog.put_stock",
  `insert into catalog.stock as stock (place, product, quantity_milli, counted_at)
   select $1::smallint, product.no, given.quantity, $2::timestamptz
   from unnest($3::text[], $4::int[]) as given(sku, quantity) join catalog.product on product.sku = given.sku
   order by product.no
   on conflict (place, product) do update set quantity_milli = excluded.quantity_milli, counted_at = excluded.counted_at
   where stock.counted_at <= excluded.counted_at
   returning product`,
)
const gone = statement<{ product: number }>(
  "catalog.stock_gone",
  `update catalog.stock set quantity_milli = 0, counted_at = $2::timestamptz
   where place = $1::smallint and counted_at < $2::timestamptz and quantity_milli > 0 returning product`,
)
const unknown = statement<{ sku: string }>(
  "catalog.skus_unknown",
  "select sku from unnest($1::text[]) sku where not exists (select from catalog.product known where known.sku = sku.sku)",
)

/** Says at whose prices a shop sells. */
export async function putZone(tx: Tx, { shop, zone, at }: { shop: string; zone: string; at: Date }): Promise<void> {
  const [row] = await place(tx, [shop, zone])
  await noteChange(tx, { what: "stock", place: row!.no, numbers: null, at })
}

/**
 * Brings a shop's stock up to date; an older count never replaces a newer one. `whole`: what is not named is not there any more.
 * Answers how many rows changed and the skus nobody knows, which are left out. Harmless twice.
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
  const bySku = new Map(counted.map((row) => [row.sku, row.quantityMilli]))
  const skus = [...bySku.keys()]
  const [row] = await place(tx, [shop, null])
  const no = row!.no
  const changed = await put(tx, [no, countedAt, skus, [...bySku.values()]])
  const emptied = whole ? await gone(tx, [no, countedAt]) : []
  const missing = changed.length < skus.length ? await unknown(tx, [skus]) : []
  const numbers = [...changed, ...emptied].map(({ product }) => product)
  await noteChange(tx, { what: "stock", place: no, numbers: numbers.length > MOST_NAMED ? null : numbers, at })
  return { changed: numbers.length, unknown: missing.map(({ sku }) => sku) }
}

const MOST_NAMED = 1_000 // past it reading the whole place again is cheaper
