import { tilesOf } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { FAVOURITE_RULES, favouritesOf, keyOf, makeList, type Owner, ownList } from "./lists.ts"
import { refuse } from "./refusals.ts"

const add = statement(
  "favourites.add",
  "insert into favourites.item (list_id, group_no, added_at, price_minor, price_zone) values ($1, $2, $3, $4, $5) on conflict do nothing",
)
const remove = statement<{ group_no: number }>(
  "favourites.remove",
  `delete from favourites.item i using favourites.list l
    where l.id = i.list_id and (l.member_id = $1 or l.device_hash = $2) and i.group_no = $3 and ($4::bigint is null or l.id = $4) returning group_no`,
)
const numbers = statement<{ group_no: number }>(
  "favourites.numbers",
  `select distinct i.group_no from favourites.item i join favourites.list l on l.id = i.list_id
    where (l.member_id = $1 or l.device_hash = $2) and i.group_no = any ($3::bigint[])`,
)
const moveItems = statement(
  "favourites.move_items",
  `insert into favourites.item (list_id, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none)
   select $2, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none from favourites.item where list_id = $1 on conflict do nothing`,
)
const moveOne = statement(
  "favourites.move_one",
  `insert into favourites.item (list_id, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none)
   select $2, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none from favourites.item where list_id = $1 and group_no = $3 on conflict do nothing`,
)
const dropList = statement("favourites.drop_merged", "delete from favourites.list where id = $1")
const giveList = statement("favourites.give_list", "update favourites.list set member_id = $2, device_hash = null where id = $1")

type Liked = {
  owner: Owner
  groupNo: number
  listId?: number
  /** of the first list */
  name: string
  /** whose price it has now; the main zone's by default */
  zone?: string
  at: Date
}

/**
 * Puts a thing among the favourites: into the list named, else the first, which is made when there is none. There already: harmless.
 * Refuses `product_group_not_found`, `list_unknown`, `list_full`.
 */
export async function addFavourite(tx: Tx, { owner, groupNo, listId, name, zone = "main", at }: Liked): Promise<void> {
  const [tile] = await tilesOf(tx, { numbers: [groupNo], zone, at })
  if (!tile) return refuse("product_group_not_found", { no: groupNo })
  const there = await favouritesOf(tx, owner)
  const id =
    listId === undefined ? (there[0]?.listId ?? (await makeList(tx, { owner, name, at })).listId) : await ownList(tx, { owner, listId })
  if ((there.find((list) => list.listId === id)?.items.length ?? 0) >= FAVOURITE_RULES.items) refuse("list_full")
  await add(tx, [id, groupNo, at, tile.price.cardMinor, zone])
}

/** Takes a thing off one list, or off all. */
export async function removeFavourite(
  tx: Tx,
  { owner, groupNo, listId }: { owner: Owner; groupNo: number; listId?: number },
): Promise<void> {
  await remove(tx, [...keyOf(tx, owner), groupNo, listId ?? null])
}

/**
 * Moves a thing from one list to another, with what somebody wants to be told of it; on both lists already, it stays on the second alone.
 * Refuses `list_unknown`, `list_full`.
 */
export async function moveFavourite(
  tx: Tx,
  { owner, groupNo, listId, to }: { owner: Owner; groupNo: number; listId: number; to: number },
): Promise<void> {
  const [from, into] = [await ownList(tx, { owner, listId }), await ownList(tx, { owner, listId: to })]
  if (from === into) return
  const target = (await favouritesOf(tx, owner)).find((list) => list.listId === into)
  if ((target?.items.length ?? 0) >= FAVOURITE_RULES.items) refuse("list_full")
  await moveOne(tx, [from, into, groupNo])
  await remove(tx, [...keyOf(tx, owner), groupNo, from])
}

/** Which of these things are among an owner's favourites. */
export async function favouritesAmong(tx: Tx, { owner, groupNos }: { owner: Owner; groupNos: readonly number[] }): Promise<Set<number>> {
  return new Set((await numbers(tx, [...keyOf(tx, owner), groupNos])).map(({ group_no }) => group_no))
}

const all = statement<{ group_no: number }>(
  "favourites.all_numbers",
  "select distinct i.group_no from favourites.item i join favourites.list l on l.id = i.list_id where l.member_id = $1 or l.device_hash = $2",
)

/** Everything that is among an owner's favourites. */
export async function favouriteNumbers(tx: Tx, owner: Owner): Promise<number[]> {
  return (await all(tx, keyOf(tx, owner))).map(({ group_no }) => group_no)
}

/**
 * Whoever signs in on a browser has what was liked there: a list of the same name takes the things in, others become theirs. Repeating it is harmless.
 */
export async function bringAlong(tx: Tx, { device, memberId }: { device: string; memberId: number }): Promise<void> {
  const guest = await favouritesOf(tx, { device })
  if (guest.length === 0) return
  const theirs = await favouritesOf(tx, { memberId })
  for (const { listId, name } of guest) {
    const same = theirs.find((list) => list.name === name)
    if (!same) await giveList(tx, [listId, memberId])
    else {
      await moveItems(tx, [listId, same.listId])
      await dropList(tx, [listId])
    }
  }
}
