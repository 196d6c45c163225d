import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"

const put = statement<{ no: number }>(
  "catalog.put_popularity",
  `with bought as (
     select product.group_no as no, floor(sum(given.milli) / 1000)::int as pieces
       from unnest($1::text[], $2::bigint[]) given(sku, milli) join catalog.product using (sku) where product.group_no is not null group by 1)
   update catalog.product_group item set popularity = coalesce(bought.pieces, 0)
     from catalog.product_group every left join bought using (no)
    where item.no = every.no and item.popularity <> coalesce(bought.pieces, 0) returning item.no`,
)

/**
 * How much everything is bought: pieces of all variants of a thing, in thousandths by sku. What is not named is bought no more; skus nobody knows are passed over.
 * Who keeps a copy reads these figures alone. Answers how many things changed. Harmless twice.
 */
export async function putPopularity(
  tx: Tx,
  bought: readonly { sku: string; milli: number }[],
  { at }: { at: Date },
): Promise<{ changed: number }> {
  const rows = await put(tx, [bought.map(({ sku }) => sku), bought.map(({ milli }) => milli)])
  await noteChange(tx, { what: "popularity", place: null, numbers: rows.map(({ no }) => no), at })
  return { changed: rows.length }
}
