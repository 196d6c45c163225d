import { type Minor, statement, type Tx } from "@mila/kernel"
import type { Category, Product, ProductKind } from "./put-products.ts"

/** What decides about points, and nothing else. */
export type ProductFacts = {
  sku: string
  category: string | null
  brand: string | null
  minPriceMinor: Minor | null
  kind: ProductKind
}

/** A product with the catalogue's version it last changed in. */
export type KnownProduct = Product & { version: number }

const facts = statement<ProductFacts>(
  "catalog.product_facts",
  `select sku, category, brand, min_price_minor as "minPriceMinor", kind from catalog.product where sku = any($1::text[])`,
)
const COLUMNS = `product.sku, kind, name, brand, category, regular_price_minor as "regularPriceMinor", card_price_minor as "cardPriceMinor",
  min_price_minor as "minPriceMinor", version,
  (select coalesce(array_agg(ean order by ean), '{}') from catalog.barcode where barcode.sku = product.sku) as eans`
const bySku = statement<KnownProduct>("catalog.products_by_sku", `select ${COLUMNS} from catalog.product where sku = any($1::text[])`)
const byEan = statement<KnownProduct>(
  "catalog.product_by_ean",
  `select ${COLUMNS} from catalog.product where sku in (select sku from catalog.barcode where ean = $1) order by no limit 1`,
)
const page = statement<KnownProduct>("catalog.products_page", `select ${COLUMNS} from catalog.product where sku > $1 order by sku limit $2`)
const changed = statement<KnownProduct>(
  "catalog.products_changed_since",
  `select ${COLUMNS} from catalog.product where (version, sku) > ($1, $2) order by version, sku limit $3`,
)
const newest = statement<{ version: number }>("catalog.version", "select version from catalog.version")
const allCategories = statement<Category>("catalog.categories", "select path, name from catalog.category order by path")

/** What is known of these products, in one statement; a sku nobody knows is missing from the answer. */
export async function productFacts(tx: Tx, skus: readonly string[]): Promise<Map<string, ProductFacts>> {
  if (skus.length === 0) return new Map()
  const rows = await facts(tx, [[...new Set(skus)]])
  return new Map(rows.map((product) => [product.sku, product]))
}

const groups = statement<{ sku: string; no: number }>(
  "catalog.groups_of_products",
  "select sku, group_no no from catalog.product where sku = any($1::text[]) and group_no is not null",
)

/** Which product groups these products are variants of; who has none is missing. */
export async function groupsOfProducts(tx: Tx, skus: readonly string[]): Promise<Map<string, number>> {
  return new Map((await groups(tx, [[...new Set(skus)]])).map(({ sku, no }) => [sku, no]))
}

/** Whole products by sku, in one statement. */
export async function productsBySku(tx: Tx, skus: readonly string[]): Promise<Map<string, KnownProduct>> {
  const rows = await bySku(tx, [[...new Set(skus)]])
  return new Map(rows.map((product) => [product.sku, product]))
}

/** The product a barcode is printed on; where it is on several, the one that was put in first. */
export async function productByEan(tx: Tx, ean: string): Promise<KnownProduct | undefined> {
  const [product] = await byEan(tx, [ean])
  return product
}

/** Products by sku, from the one after `after` on. */
export function listProducts(tx: Tx, { after = "", most = 100 }: { after?: string; most?: number } = {}): Promise<KnownProduct[]> {
  return page(tx, [after, most])
}

/** What changed after catalogue version `version` (and, to page on, after `sku` within it), oldest change first. */
export function productsChangedSince(
  tx: Tx,
  { version, sku = "\u{10ffff}", most }: { version: number; sku?: string; most: number },
): Promise<KnownProduct[]> {
  return changed(tx, [version, sku, most])
}

/** Grows with every batch put in; tills compare it to see whether their prices are the newest. */
export async function catalogVersion(tx: Tx): Promise<number> {
  const [row] = await newest(tx, [])
  return row!.version
}

/** Every category, parents before their children. */
export function categories(tx: Tx): Promise<Category[]> {
  return allCategories(tx, [])
}
