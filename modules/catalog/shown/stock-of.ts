import { statement, type Tx } from "@mila/kernel"

/** How much of a product a shop had, and when it was counted. */
export type InShop = { shop: string; sku: string; quantityMilli: number; countedAt: Date }
/** `zone`: whose prices hold there */
export type InShopOfZone = InShop & { zone: string }

const ofGroup = statement<InShopOfZone>(
  "catalog.stock_of_group",
  `select place.shop, place.zone, product.sku, quantity_milli as "quantityMilli", counted_at as "countedAt"
   from catalog.product join catalog.stock on stock.product = product.no join catalog.place on place.no = stock.place
   where product.group_no = $1 and not product.hidden and quantity_milli > 0 order by place.shop, product.position`,
)
const inShop = statement<InShop>(
  "catalog.stock_in_shop",
  `select place.shop, product.sku, quantity_milli as "quantityMilli", counted_at as "countedAt"
   from catalog.place join catalog.product on product.sku = any($2::text[]) join catalog.stock on stock.place = place.no and stock.product = product.no
   where place.shop = $1`,
)
const ofProduct = statement<InShop>(
  "catalog.stock_of_product",
  `select place.shop, product.sku, quantity_milli as "quantityMilli", counted_at as "countedAt"
   from catalog.barcode join catalog.product on product.sku = barcode.sku join catalog.stock on stock.product = product.no
     join catalog.place on place.no = stock.place
   where barcode.ean = $1 and ($2::text is null or product.sku = $2) and quantity_milli > 0 order by place.shop, quantity_milli`,
)
const inZone = statement<{ no: number }>(
  "catalog.in_stock_of_zone",
  `select no from unnest($1::int[]) no where exists (
     select from catalog.stock join catalog.place on place.no = stock.place where stock.product = no.no and quantity_milli > 0 and place.zone = $2)`,
)
const zoneThere = statement<{ there: boolean }>("catalog.zone_there", "select exists (select from catalog.place where zone = $1) as there")
const zoneOf = statement<{ zone: string }>("catalog.zone_of", "select zone from catalog.place where shop = $1")

/** Where a thing is: every shop that has a piece of any of its variants. */
export function stockOfGroup(tx: Tx, no: number): Promise<InShopOfZone[]> {
  return ofGroup(tx, [no])
}

/** Which shops have a piece of what this barcode names, of one product alone where `sku` says which; none for a code nobody knows. What a shop has most of comes last. */
export function stockOfEan(tx: Tx, { ean, sku = null }: { ean: string; sku?: string | null }): Promise<InShop[]> {
  return ofProduct(tx, [ean, sku])
}

/** What a shop has of these products; what it never had is missing. */
export async function stockInShop(tx: Tx, { shop, skus }: { shop: string; skus: readonly string[] }): Promise<Map<string, InShop>> {
  return new Map((await inShop(tx, [shop, skus])).map((row) => [row.sku, row]))
}

/** Which of these products (by number) some shop of a zone has. */
export async function inStockOfZone(tx: Tx, { zone, products }: { zone: string; products: readonly number[] }): Promise<Set<number>> {
  return new Set((await inZone(tx, [products, zone])).map(({ no }) => no))
}

const groupsIn = statement<{ no: number }>(
  "catalog.groups_in_shop",
  `select distinct product.group_no as no from catalog.place join catalog.product on product.group_no = any($2::int[])
     join catalog.stock on stock.place = place.no and stock.product = product.no
   where place.shop = $1 and quantity_milli > 0 and not product.hidden`,
)

/** Which of these things a shop has a piece of, whatever the variant. */
export async function groupsInShop(tx: Tx, { shop, numbers }: { shop: string; numbers: readonly number[] }): Promise<Set<number>> {
  return new Set((await groupsIn(tx, [shop, numbers])).map(({ no }) => no))
}

/** The zone whose prices hold in a shop. */
export async function zoneOfShop(tx: Tx, shop: string): Promise<string> {
  const [row] = await zoneOf(tx, [shop])
  return row?.zone ?? "main"
}

/** Whether some shop sells at the prices of this zone. */
export async function isZone(tx: Tx, zone: string): Promise<boolean> {
  const [row] = await zoneThere(tx, [zone])
  return row!.there
}
