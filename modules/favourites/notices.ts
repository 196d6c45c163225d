import { tilesOf, zoneOfShop } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { isThere, keepWatch, type Watch } from "./watching.ts"

/** What a member asked to be told of. `priceMinor`: what it costs now with the card, kopecks. */
export type Notice = { memberId: number; groupNo: number; slug: string; name: { ru: string; be: string; en: string } } & (
  | { what: "cheaper"; priceMinor: number }
  | { what: "back"; shop: string }
)

type Watched = Watch & { listId: number; memberId: number; groupNo: number }

const watched = statement<Watched>(
  "favourites.watched",
  `select l.id as "listId", l.member_id as "memberId", i.group_no as "groupNo", i.price_minor as "priceMinor", i.price_zone as "priceZone",
     i.watch_price as "watchPrice", i.watch_shop as "watchShop", i.shop_had_none as "shopHadNone"
     from favourites.item i join favourites.list l on l.id = i.list_id
    where l.member_id is not null and (i.watch_price or i.watch_shop is not null) and (l.id, i.group_no) > ($1, $2)
    order by l.id, i.group_no limit $3 for update of i skip locked`,
)
const LEAST_DROP = 0.95 // a few kopecks are no news

/**
 * Looks at what is watched, a page at a time: what costs at least a twentieth less than at the highest since its watch began or it was told of, and what a shop has
 * again that had none. Each is said once; what a shop had again is watched no more. `last` is where to go on, null at the end.
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

async function noticesOf(tx: Tx, { listId, memberId, groupNo, ...was }: Watched, at: Date): Promise<Notice[]> {
  const { watchPrice, watchShop: shop, shopHadNone } = was
  const priceZone = shop === null ? was.priceZone : await zoneOfShop(tx, shop)
  const [tile] = await tilesOf(tx, { numbers: [groupNo], zone: priceZone, at })
  if (!tile) return []
  const now = tile.price.cardMinor
  const isComparable = priceZone === was.priceZone // a shop that changed its zone is measured from today
  const isCheaper = watchPrice && isComparable && now <= was.priceMinor * LEAST_DROP
  const isHere = shop !== null && (await isThere(tx, { groupNo, shop }))
  const isBack = isHere && shopHadNone
  const priceMinor = isCheaper || !isComparable ? now : Math.max(now, was.priceMinor) // after a promotion the next one is news again
  const watchShop = isBack ? null : shop
  const watch = { priceMinor, priceZone, watchPrice, watchShop, shopHadNone: watchShop !== null && (shopHadNone || !isHere) }
  if (isBack || priceMinor !== was.priceMinor || priceZone !== was.priceZone || watch.shopHadNone !== shopHadNone)
    await keepWatch(tx, { listId, groupNo }, watch)
  const of = { memberId, groupNo, slug: tile.slug, name: tile.name }
  return [
    ...(isCheaper ? [{ ...of, what: "cheaper" as const, priceMinor: now }] : []),
    ...(isBack ? [{ ...of, what: "back" as const, shop }] : []),
  ]
}
