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
    case when item.state = 'shown' then item.slug end as slug, coalesce(product.picture, coalesce(item.chosen_pictures, item.pictures) -> 0) as picture, product.group_no as "group", ${PRICE_OBJECT} as price,
    case when stock.place is not null then jsonb_build_object('quantityMilli', quantity_milli, 'countedAt', counted_at) end as stock
  from catalog.barcode join catalog.product on product.sku = barcode.sku
    left join catalog.product_group item on item.no = product.group_no
    left join catalog.place on place.shop = $2
    left join catalog.stock on stock.place = place.no and stock.product = product.no
    cross join lateral (${priceNow("coalesce(place.zone, 'main')", "$3::timestamptz")}) price`

const byEan = statement<CheckedPrice>("catalog.check_price", `${SELECT} where barcode.ean = $1`)
const popular = statement<CheckedPrice>(
  "catalog.prices_to_carry",
  // who is carried is decided first: prices of all the others are never worked out
  `${SELECT} where $1::text is null and product.no in (
     select carried.no from catalog.product carried left join catalog.product_group whole on whole.no = carried.group_no
     where carried.kind = 'goods' order by whole.popularity desc nulls last, carried.no limit $4)
   order by item.popularity desc nulls last, product.no, barcode.ean limit $4`,
)

/** The price of a barcode in a shop (of the main zone without one); undefined for a code nobody knows. EAN-13 with a leading 0 is also found as UPC-A. */
export async function checkPrice(
  tx: Tx,
  { ean, shop = null, at }: { ean: string; shop?: string | null; at: Date },
): Promise<CheckedPrice | undefined> {
  const other = ean.length === 12 ? `0${ean}` : ean.length === 13 && ean.startsWith("0") ? ean.slice(1) : null
  const [row] = await byEan(tx, [ean, shop, at])
  if (row) return told(row)
  const [twin] = other === null ? [] : await byEan(tx, [other, shop, at])
  return twin && told(twin)
}

/** The prices a phone carries along for shops without a network: what is asked for most. */
export async function pricesToCarry(tx: Tx, { shop, most, at }: { shop: string | null; most: number; at: Date }): Promise<CheckedPrice[]> {
  return (await popular(tx, [null, shop, at, most])).map(told)
}

function told(row: CheckedPrice): CheckedPrice {
  return { ...withInstants(row), stock: row.stock && { ...row.stock, countedAt: new Date(row.stock.countedAt) } }
}
