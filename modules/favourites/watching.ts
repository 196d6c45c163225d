import { stockOfGroup, tilesOf, zoneOfShop } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { ownList } from "./lists.ts"
import { refuse } from "./refusals.ts"

/** What is kept of a watched thing. `priceMinor`: what later prices are measured by, a card price in `priceZone`; `shopHadNone`: the watched shop's next piece is news. */
export type Watch = {
  priceMinor: number
  priceZone: string
  watchPrice: boolean
  watchShop: string | null
  shopHadNone: boolean
}

const COLUMNS = `price_minor as "priceMinor", price_zone as "priceZone", watch_price as "watchPrice", watch_shop as "watchShop", shop_had_none as "shopHadNone"`
const watchOf = statement<Watch>(
  "favourites.watch_of",
  `select ${COLUMNS} from favourites.item where list_id = $1 and group_no = $2 for update`,
)
const keep = statement(
  "favourites.keep_watch",
  `update favourites.item set price_minor = $3, price_zone = $4, watch_price = $5, watch_shop = $6, shop_had_none = $7 where list_id = $1 and group_no = $2`,
)
const nothing = statement(
  "favourites.watch_nothing",
  "update favourites.item i set watch_price = false, watch_shop = null from favourites.list l where l.id = i.list_id and l.member_id = $1",
)

type Wish = { owner: { memberId: number }; listId: number; groupNo: number; price: boolean; shop: string | null }

/**
 * Asks to be told when a thing costs less, or when a shop has it again; members alone are told. Prices are compared in the shop's zone, else in `zone` (the asker's
 * own shop's), else where they were until now: from what it costs there at the moment of asking. What the shop has now is news once it was gone.
 * Refuses `list_unknown`, `product_group_not_found`.
 */
export async function watchFavourite(tx: Tx, { at, zone, ...asked }: Wish & { zone?: string; at: Date }): Promise<void> {
  const { groupNo, price, shop } = asked
  const id = await ownList(tx, asked)
  const [was] = await watchOf(tx, [id, groupNo])
  if (!was) return refuse("product_group_not_found")
  const priceZone = shop === null ? (zone ?? was.priceZone) : await zoneOfShop(tx, shop)
  const begins = priceZone !== was.priceZone || (price && !was.watchPrice)
  const [tile] = begins ? await tilesOf(tx, { numbers: [groupNo], zone: priceZone, at }) : []
  await keepWatch(
    tx,
    { listId: id, groupNo },
    {
      ...{ watchPrice: price, watchShop: shop },
      ...(tile ? { priceZone, priceMinor: tile.price.cardMinor } : { priceZone: was.priceZone, priceMinor: was.priceMinor }),
      shopHadNone: shop !== null && (shop === was.watchShop ? was.shopHadNone : !(await isThere(tx, { groupNo, shop }))),
    },
  )
}

/** Tells a member of none of their favourites any more; the lists stay. Harmless twice. */
export async function stopWatching(tx: Tx, { memberId }: { memberId: number }): Promise<void> {
  await nothing(tx, [memberId])
}

export async function keepWatch(tx: Tx, { listId, groupNo }: { listId: number; groupNo: number }, watch: Watch): Promise<void> {
  await keep(tx, [listId, groupNo, watch.priceMinor, watch.priceZone, watch.watchPrice, watch.watchShop, watch.shopHadNone])
}

/** Whether a shop has a piece of any variant. */
export async function isThere(tx: Tx, { groupNo, shop: asked }: { groupNo: number; shop: string }): Promise<boolean> {
  return (await stockOfGroup(tx, groupNo)).some(({ shop, quantityMilli }) => shop === asked && quantityMilli > 0)
}
