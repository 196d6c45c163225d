import { hideGroups } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import type { Import } from "../received/imports.ts"
import { composeAgain } from "./goods.ts"

const unseen = statement<{ id: string }>(
  "exchange.goods_unseen",
  `select id from exchange.good where source = $1 and not hidden and seen_at < $2::timestamptz and id > $3 order by id limit $4`,
)
const hide = statement<never>("exchange.hide_goods", "update exchange.good set hidden = true where source = $1 and id = any($2::text[])")
// whose sisters were described since, and which was not: a source that told of no offers at all has withdrawn none
const unseenOffers = statement<{ id: string; good: string }>(
  "exchange.offers_unseen",
  `select id, good from exchange.offer where source = $1 and not hidden and seen_at < $2::timestamptz and id > $3
     and exists (select from exchange.offer sister where sister.source = $1 and sister.good = offer.good and sister.seen_at >= $2::timestamptz)
   order by id limit $4`,
)
const hideOffers = statement<never>(
  "exchange.hide_offers",
  "update exchange.offer set hidden = true where source = $1 and id = any($2::text[])",
)

const A_STEP = 500

/**
 * Takes out of the window what its source names no more; other sources' goods are not touched and nothing is ever deleted. `last`: up to which good; undefined when there
 * is none left.
 */
export async function hideUnnamed(tx: Tx, { job, at }: { job: Import; at: Date }): Promise<{ hidden: number; last: string | undefined }> {
  const { source, position, unseenSince, askedAt } = job
  const rows = await unseen(tx, [source, unseenSince ?? askedAt, position.hidden ?? "", A_STEP])
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return { hidden: 0, last: undefined }
  await hide(tx, [source, ids])
  return { hidden: await hideGroups(tx, { codes: ids, at }), last: ids.at(-1) }
}

/** The same of shades and sizes, whose good stays. */
export async function hideUnnamedOffers(
  tx: Tx,
  { job, at }: { job: Import; at: Date },
): Promise<{ hidden: number; last: string | undefined }> {
  const { id, source, position, unseenSince, askedAt } = job
  const rows = await unseenOffers(tx, [source, unseenSince ?? askedAt, position.hiddenOffers ?? "", A_STEP])
  if (rows.length === 0) return { hidden: 0, last: undefined }
  await hideOffers(tx, [source, rows.map((row) => row.id)])
  await composeAgain(tx, { goods: [...new Set(rows.map(({ good }) => good))], id, source, at })
  return { hidden: rows.length, last: rows.at(-1)!.id }
}
