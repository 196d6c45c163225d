import { type Localized, type Minor, statement, type Tx } from "@mila/kernel"
import { isBarcode } from "./barcode-rules.ts"
import { noteChange } from "./changes.ts"
import { rememberPrices } from "./remember-prices.ts"
import { refuse } from "./refusals.ts"

export type ProductKind = "goods" | "certificate" | "delivery"

export type Category = {
  /** from the root down: `face/creams` */
  path: string
  name: Localized
  /** among its brothers */
  position?: number
  /** what kind of goods is in it, and so which attributes */
  family?: string | null
}

export type Product = {
  sku: string
  kind: ProductKind
  name: Localized
  brand: string | null
  /** path of a category */
  category: string | null
  eans: readonly string[]
  regularPriceMinor: Minor
  cardPriceMinor: Minor
  /** a unit is never sold below it, points included; null: no floor */
  minPriceMinor: Minor | null
}

const putCategory = statement<never>(
  "catalog.put_categories",
  `insert into catalog.category (path, name, position, family)
   select path, name, coalesce(position, 0), family from jsonb_to_recordset($1::jsonb) as given(path text, name jsonb, position int, family text)
   on conflict (path) do update set name = excluded.name, position = excluded.position, family = coalesce(excluded.family, category.family)`,
)
const missingCategories = statement<{ path: string }>(
  "catalog.missing_categories",
  "select path from unnest($1::text[]) path where not exists (select from catalog.category known where known.path = path.path)",
)
// the row lock makes versions come in the order of commits: nobody who read version 7 misses a change of version 6
const next = statement<{ version: number }>("catalog.next_version", "update catalog.version set version = version + 1 returning version")
const pricesOf = statement<{ sku: string; regular: number; card: number }>(
  "catalog.prices_of",
  `select sku, regular_price_minor as regular, card_price_minor as card from catalog.product where sku in (select unnest($1::text[]))`,
)
const put = statement<{ no: number; sku: string; renamed: boolean }>(
  "catalog.put_products",
  `insert into catalog.product as product
     (sku, kind, name, brand, category, regular_price_minor, card_price_minor, min_price_minor, version)
   select sku, kind, name, brand, category, regular_price_minor, card_price_minor, min_price_minor, $2
   from jsonb_to_recordset($1::jsonb) as given(sku text, kind text, name jsonb, brand text, category text,
     regular_price_minor bigint, card_price_minor bigint, min_price_minor bigint)
   on conflict (sku) do update set kind = excluded.kind, name = excluded.name, brand = excluded.brand, category = excluded.category,
     regular_price_minor = excluded.regular_price_minor, card_price_minor = excluded.card_price_minor,
     min_price_minor = excluded.min_price_minor, version = excluded.version
   where (product.kind, product.name, product.brand, product.category, product.regular_price_minor, product.card_price_minor, product.min_price_minor)
     is distinct from (excluded.kind, excluded.name, excluded.brand, excluded.category, excluded.regular_price_minor,
       excluded.card_price_minor, excluded.min_price_minor)
   returning no, sku, coalesce((select (old.kind, old.name, old.brand, old.category) is distinct from (product.kind, product.name, product.brand, product.category)
     from catalog.product old where old.sku = product.sku), true) as renamed`,
)
const dropBarcodes = statement<{ sku: string }>(
  "catalog.drop_barcodes",
  `delete from catalog.barcode where sku in (select unnest($1::text[]))
     and not exists (select from unnest($2::text[], $3::text[]) as given(ean, sku) where given.ean = barcode.ean and given.sku = barcode.sku) returning sku`,
)
const putBarcodes = statement<{ sku: string }>(
  "catalog.put_barcodes",
  "insert into catalog.barcode (ean, sku) select * from unnest($1::text[], $2::text[]) on conflict do nothing returning sku",
)
const sharedBarcodes = statement<SharedBarcode>(
  "catalog.shared_barcodes",
  `select own.ean, own.sku, array_agg(other.sku order by other.sku) as others
   from catalog.barcode own join catalog.barcode other on other.ean = own.ean and other.sku <> own.sku
     join catalog.product on product.sku = other.sku left join catalog.product_group item on item.no = product.group_no
   where own.sku in (select unnest($1::text[])) and not product.hidden and coalesce(item.state, 'shown') = 'shown' group by own.ean, own.sku order by own.sku, own.ean`,
)

/** A barcode that stands on other products that are sold, too: whoever scans it is asked which one it is. */
export type SharedBarcode = { ean: string; sku: string; others: string[] }

export type Put = { version: number; changed: number; shared: SharedBarcode[] }

/** Names the categories, parents and children alike; a path that exists gets the new name. */
export async function putCategories(tx: Tx, categories: readonly Category[]): Promise<void> {
  await putCategory(tx, [JSON.stringify(categories)])
}

/** The next version of what tills compare; whoever takes it is alone until the end of the transaction. */
export async function nextVersion(tx: Tx): Promise<number> {
  const [row] = await next(tx, [])
  return row!.version
}

/**
 * Puts products in, or brings those with the same sku up to date, in a handful of statements; the last of two with one sku counts. A price that is new
 * stands in the history from `at` on. Answers the catalogue's version, how many products changed (what is as it was keeps its version) and which barcodes others have, too.
 * Harmless twice.
 */
export async function putProducts(tx: Tx, products: readonly Product[], { at }: { at: Date }): Promise<Put> {
  const { version, changed, shared } = await productsPut(tx, products, { at })
  return { version, changed, shared }
}

/** The same for those who show them: `renamed` are the skus of what is more than repriced. */
export async function productsPut(tx: Tx, products: readonly Product[], { at }: { at: Date }): Promise<Put & { renamed: Set<string> }> {
  const bySku = new Map(products.map((product) => [product.sku, product]))
  const given = [...bySku.values()].toSorted((one, other) => (one.sku < other.sku ? -1 : 1)) // one order: two imports cannot deadlock
  await check(tx, given)

  const version = await nextVersion(tx)
  const before = new Map((await pricesOf(tx, [[...bySku.keys()]])).map(({ sku, regular, card }) => [sku, `${regular} ${card}`]))
  const changed = await put(tx, [JSON.stringify(given.map(rowOf)), version])
  const recoded = await putEans(tx, given)
  const prices = changed.flatMap(({ sku }) => {
    const { regularPriceMinor: regularMinor, cardPriceMinor: cardMinor } = bySku.get(sku)!
    return before.get(sku) === `${regularMinor} ${cardMinor}` ? [] : [{ sku, regularMinor, cardMinor }]
  })
  await rememberPrices(tx, { prices, zone: "main", at })
  await noteChange(tx, { what: "prices", place: null, numbers: changed.map(({ no }) => no), at })
  return {
    version,
    changed: changed.length,
    shared: await sharedBarcodes(tx, [given.map(({ sku }) => sku)]),
    renamed: new Set([...changed.filter(({ renamed }) => renamed), ...recoded].map(({ sku }) => sku)),
  }
}

async function putEans(tx: Tx, given: readonly Product[]): Promise<{ sku: string }[]> {
  const pairs = given.flatMap(({ sku, eans }) => eans.map((ean) => ({ ean, sku })))
  const columns = [pairs.map(({ ean }) => ean), pairs.map(({ sku }) => sku)] as const
  const dropped = await dropBarcodes(tx, [given.map(({ sku }) => sku), ...columns])
  const added = await putBarcodes(tx, [...columns])
  return [...dropped, ...added]
}

async function check(tx: Tx, products: readonly Product[]): Promise<void> {
  for (const { sku, eans, regularPriceMinor, cardPriceMinor } of products) {
    const wrong = eans.find((ean) => !isBarcode(ean))
    if (wrong !== undefined) refuse("barcode_invalid", { sku, ean: wrong })
    if (cardPriceMinor > regularPriceMinor) refuse("card_price_above_regular", { sku })
  }
  const paths = new Set(products.flatMap(({ category }) => (category === null ? [] : [category])))
  const [missing] = await missingCategories(tx, [[...paths]])
  if (missing) refuse("category_not_found", { category: missing.path })
}

function rowOf({ sku, kind, name, brand, category, regularPriceMinor, cardPriceMinor, minPriceMinor }: Product) {
  return {
    ...{ sku, kind, name, brand, category },
    ...{ regular_price_minor: regularPriceMinor, card_price_minor: cardPriceMinor, min_price_minor: minPriceMinor },
  }
}
