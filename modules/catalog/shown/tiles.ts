import { type Day, type Localized, statement, type Tx } from "@mila/kernel"
import type { Picture } from "../put-groups.ts"
import type { ProductKind } from "../put-products.ts"
import { PRICE_OBJECT, type PriceNow, priceNow, withInstants } from "./price-now.ts"

/** A thing as a list shows it, at its cheapest variant's price. */
export type Tile = {
  no: number
  slug: string
  name: Localized
  brand: string | null
  category: string | null
  pictures: readonly Picture[]
  novelSince: Day | null
  stars: { sum: number; count: number }
  /** how many variants there are, and whether they cost the same */
  variants: number
  sku: string
  kind: ProductKind
  price: PriceNow & { from: boolean }
}

const tiles = statement<Tile>(
  "catalog.tiles",
  `select item.no, item.slug, item.name, item.brand, item.category, coalesce(chosen_pictures, item.pictures) as pictures, item.novel_since as "novelSince",
     jsonb_build_object('sum', stars_sum, 'count', stars_count) as stars, cheapest.variants, cheapest.sku, cheapest.kind, cheapest.price
   from unnest($1::int[]) with ordinality as wanted(no, place) join catalog.product_group item on item.no = wanted.no
   cross join lateral (
     select product.sku, product.kind, ${PRICE_OBJECT} || jsonb_build_object('from', price.card < max(price.card) over ()) as price, count(*) over ()::int as variants
     from catalog.product cross join lateral (${priceNow("$2", "$3::timestamptz")}) price
     where product.group_no = item.no and not product.hidden
     order by price.card, price.regular, product.position limit 1
   ) cheapest
   where item.state = 'shown'
   order by wanted.place`,
)

/** The things with these numbers, in that order; what is hidden or unknown is missing. */
export async function tilesOf(
  tx: Tx,
  { numbers, zone = "main", at }: { numbers: readonly number[]; zone?: string; at: Date },
): Promise<Tile[]> {
  if (numbers.length === 0) return []
  return (await tiles(tx, [numbers, zone, at])).map(withInstants)
}
