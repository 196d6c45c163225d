import { hideGroups } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import type { Import } from "../received/imports.ts"

const unseen = statement<{ id: string }>(
  "exchange.goods_unseen",
  `select id from exchange.good where source = $1 and not hidden and seen_at < $2::timestamptz and id > $3 order by id limit $4`,
)
const hide = statement<never>("exchange.hide_goods", "update exchange.good set hidden = true where source = $1 and id = any($2::text[])")

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
