import { stockOfGroup, tilesOf, zoneOfShop } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"

/** What a member asked to be told of. `priceMinor`: what it costs now with the card, kopecks. */
export type Notice = { memberId: number; groupNo: number; slug: string; name: { ru: string; be: string; en: string } } & (
  | { what: "cheaper"; priceMinor: number }
  | { what: "back"; shop: string }
)

type Watched = { listId: number; memberId: number; groupNo: number; priceMinor: number; watchPrice: boolean; watchShop: string | null }

const watched = statement<Watched>(
  "favourites.watched",
  `select l.id as "listId", l.member_id as "memberId", i.group_no as "groupNo", i.price_minor as "priceMinor", i.watch_price as "watchPrice", i.watch_shop as "watchShop"
     from favourites.item i join favourites.list l on l.id = i.list_id
    where l.member_id is not null and (i.watch_price or i.watch_shop is not null) and (l.id, i.group_no) > ($1, $2)
    order by l.id, i.group_no limit $3 for update of i skip locked`,
)
const told = statement(
  "favourites.told",
  "update favourites.item set price_minor = least(price_minor, $3), watch_shop = case when $4 then null else watch_shop end where list_id = $1 and group_no = $2",
)

const LEAST_DROP = 0.95 // a few kopecks are no news

/**
 * Looks at what is watched, a page at a time: what costs at least a twentieth less than when it was put there or told of, and what a shop has again. Each is
 * said once; what a shop had again is watched no more. `last` is where to go on, null at the end.
 */
export async function noticesDue(
  tx: Tx,
  { after, most, at }: { after: { listId: number; groupNo: number }; most: number; at: Date },
): Promise<{ notices: Notice[]; last: { listId: number; groupNo: number } | null }> {
  const rows = await watched(tx, [after.listId, after.groupNo, most])
  const notices: Notice[] = []
  for (const row of rows) notices.push(...(await noticesOf(tx, row, at)))
  const end = rows.at(-1)
  return { notices, last: rows.length < most || !end ? null : { listId: end.listId, groupNo: end.groupNo } }
}

async function noticesOf(tx: Tx, { listId, memberId, groupNo, priceMinor, watchPrice, watchShop }: Watched, at: Date): Promise<Notice[]> {
  const zone = watchShop === null ? "main" : await zoneOfShop(tx, watchShop)
  const [tile] = await tilesOf(tx, { numbers: [groupNo], zone, at })
  if (!tile) return []
  const of = { memberId, groupNo, slug: tile.slug, name: tile.name }
  const now = tile.price.cardMinor
  const isCheaper = watchPrice && now <= priceMinor * LEAST_DROP
  const isBack =
    watchShop !== null && (await stockOfGroup(tx, groupNo)).some(({ shop, quantityMilli }) => shop === watchShop && quantityMilli > 0)
  if (isCheaper || isBack) await told(tx, [listId, groupNo, isCheaper ? now : priceMinor, isBack])
  return [
    ...(isCheaper ? [{ ...of, what: "cheaper" as const, priceMinor: now }] : []),
    ...(isBack ? [{ ...of, what: "back" as const, shop: watchShop }] : []),
  ]
}
