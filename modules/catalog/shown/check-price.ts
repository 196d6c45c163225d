import { type Localized, statement, type Tx } from "@mila/kernel"
import type { Picture } from "../put-groups.ts"
import { PRICE_OBJECT, type PriceNow, priceNow, withInstants } from "./price-now.ts"

/** What a barcode costs in a shop, and whether it is there. */
export type CheckedPrice = {
  sku: string
  ean: string
  name: Localized
  label: Localized | null
  brand: string | null
  category: string | null
  kind: "goods" | "certificate" | "delivery"
  /** its page; null when the site does not show it */
  slug: string | null
  picture: Picture | null
  /** number of its product group; null for what belongs to none */
  group: number | null
  price: PriceNow
  /** in the shop asked about: pieces in thousandths and when they were counted; null when no shop was named or it never had any */
  stock: { quantityMilli: number; countedAt: Date } | null
}

const SELECT = `select product.sku, barcode.ean, product.name, product.label, product.brand, product.category, product.kind,
    case when item.state = 'shown' and not product.hidden then item.slug end as slug, coalesce(product.picture, coalesce(item.chosen_pictures, item.pictures) -> 0) as picture, product.group_no as "group", ${PRICE_OBJECT} as price,
    case when stock.place is not null then jsonb_build_object('quantityMilli', quantity_milli, 'countedAt', counted_at) end as stock
  from catalog.barcode join catalog.product on product.sku = barcode.sku
    left join catalog.product_group item on item.no = product.group_no
    left join catalog.place on place.shop = $2
    left join catalog.stock on stock.place = place.no and stock.product = product.no
    cross join lateral (${priceNow("coalesce(place.zone, 'main')", "$3::timestamptz")}) price`

const byEan = statement<CheckedPrice>(
  "catalog.check_price",
  `${SELECT} where barcode.ean = any($1::text[])
   order by item.state = 'shown' and not product.hidden desc nulls last, coalesce(quantity_milli, 0) > 0 desc, product.no, barcode.ean = ($1::text[])[1] desc`,
)
const popular = statement<CheckedPrice>(
  "catalog.prices_to_carry",
  // who is carried is decided first: prices of all the others are never worked out. What shares a barcode with them comes along, so that a phone, too, asks which one it is
  `${SELECT} where $1::text is null and barcode.ean in (select code.ean from catalog.barcode code where code.sku in (
     select carried.sku from catalog.product carried left join catalog.product_group whole on whole.no = carried.group_no
     where carried.kind = 'goods' and not carried.hidden order by whole.popularity desc nulls last, carried.no limit $4))
   order by item.popularity desc nulls last, product.no, barcode.ean`,
)

type Asked = { ean: string; shop?: string | null; at: Date }

/**
 * What a barcode costs in a shop (in the main zone without one), of each product it stands on: what the site shows first, and of those what the shop has; none for a code nobody
 * knows. What the site does not show and the shop does not have stays behind what is sold under the same code. EAN-13 with a leading 0 is also found as UPC-A.
 */
export async function checkPrices(tx: Tx, { ean, shop = null, at }: Asked): Promise<CheckedPrice[]> {
  const twin = ean.length === 12 ? [`0${ean}`] : ean.length === 13 && ean.startsWith("0") ? [ean.slice(1)] : []
  const rows = await byEan(tx, [[ean, ...twin], shop, at])
  const first = new Map(rows.toReversed().map((row) => [row.sku, row]))
  const found = rows.filter((row) => first.get(row.sku) === row)
  const sold = found.filter(({ slug, group, stock }) => slug !== null || group === null || (stock?.quantityMilli ?? 0) > 0)
  return (sold.length > 0 ? sold : found).map(told)
}

/** The same of one product: the one that is named, else the first. */
export async function checkPrice(
  tx: Tx,
  { sku, ...asked }: Asked & { sku?: string | null | undefined },
): Promise<CheckedPrice | undefined> {
  const found = await checkPrices(tx, asked)
  return found.find((one) => one.sku === sku) ?? found[0]
}

/** The prices a phone carries along for shops without a network: what is asked for most. */
export async function pricesToCarry(tx: Tx, { shop, most, at }: { shop: string | null; most: number; at: Date }): Promise<CheckedPrice[]> {
  return (await popular(tx, [null, shop, at, most])).map(told)
}

function told(row: CheckedPrice): CheckedPrice {
  return { ...withInstants(row), stock: row.stock && { ...row.stock, countedAt: new Date(row.stock.countedAt) } }
}
