import { type Localized, statement, type Tx } from "@mila/kernel"

/** A part of a set, and where its own page is; null for what has none. */
export type SetPart = { sku: string; pieces: number; name: Localized; slug: string | null }

const parts = statement<SetPart>(
  "catalog.set_parts",
  `select product.sku, asked.pieces, product.name,
     (select slug from catalog.product_group item where item.no = product.group_no and item.state = 'shown' and not product.hidden) as slug
   from unnest($1::text[], $2::int[]) with ordinality as asked(sku, pieces, place) join catalog.product on product.sku = asked.sku
   order by asked.place`,
)
const setsOf = statement<{ no: number }>(
  "catalog.sets_with",
  `select item.no from catalog.product_group item
   where item.made_of @> any($1::jsonb[]) and item.made_of <> '[]' and item.state = 'shown'
   order by item.popularity desc, item.no limit $2`,
)

/** What a set is made of, in its order. */
export async function partsOfSet(tx: Tx, madeOf: readonly { sku: string; pieces: number }[]): Promise<SetPart[]> {
  return madeOf.length === 0 ? [] : parts(tx, [madeOf.map(({ sku }) => sku), madeOf.map(({ pieces }) => pieces)])
}

/** Sets that hold one of these products, most bought first. */
export async function setsWith(tx: Tx, { skus, most }: { skus: readonly string[]; most: number }): Promise<number[]> {
  return (await setsOf(tx, [skus.map((sku) => JSON.stringify([{ sku }])), most])).map(({ no }) => no)
}
