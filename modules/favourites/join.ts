import { statement, type Tx } from "@mila/kernel"

/**
 * What became of one membership's lists when it joined another, by numbers alone, so that it can be undone: lists that are the other's as they are, with what was
 * in them, and lists whose things went `into` one of the same name.
 */
export type JoinedLists = {
  given: { listId: number; groupNos: number[] }[]
  folded: { listId: number; into: number; groupNos: number[] }[]
}

type ListToJoin = { listId: number; name: string; isShared: boolean }

const listsOf = statement<ListToJoin>(
  "favourites.lists_to_join",
  `select id "listId", name, share_hash is not null "isShared" from favourites.list where member_id = $1 order by id for update`,
)
const thingsIn = statement<{ no: number }>("favourites.things_in", "select group_no no from favourites.item where list_id = $1 order by 1")
const give = statement<{ id: number }>(
  "favourites.give",
  "update favourites.list set member_id = $3 where id = $1 and member_id = $2 returning id",
)
const wishAlso = statement(
  "favourites.wish_also",
  `update favourites.item known set watch_price = known.watch_price or came.watch_price, watch_shop = coalesce(known.watch_shop, came.watch_shop),
     shop_had_none = case when known.watch_shop is null then came.shop_had_none else known.shop_had_none end,
     price_minor = case when known.watch_price or known.watch_shop is not null then known.price_minor else came.price_minor end,
     price_zone = case when known.watch_price or known.watch_shop is not null then known.price_zone else came.price_zone end
     from favourites.item came where came.list_id = $1 and known.list_id = $2 and known.group_no = came.group_no`,
)
const wishHere = statement(
  "favourites.wish_here_no_more",
  "update favourites.item set watch_price = false, watch_shop = null where list_id = $1",
)
const moveNew = statement<{ no: number }>(
  "favourites.move_new",
  `update favourites.item came set list_id = $2 where list_id = $1
      and not exists (select from favourites.item known where known.list_id = $2 and known.group_no = came.group_no) returning group_no no`,
)
const moveHome = statement(
  "favourites.move_home",
  `with theirs as (select distinct on (i.group_no) i.list_id, i.group_no from favourites.item i join favourites.list l on l.id = i.list_id
                    where l.member_id = $2 and i.group_no = any ($4::bigint[]) order by i.group_no, i.list_id = $3 desc, i.list_id)
   update favourites.item i set list_id = $1 from theirs where i.list_id = theirs.list_id and i.group_no = theirs.group_no
      and exists (select from favourites.list l where l.id = $1)
      and not exists (select from favourites.item known where known.list_id = $1 and known.group_no = i.group_no)`,
)
const addedSince = statement<{ no: number }>(
  "favourites.added_since",
  "select group_no no from favourites.item where list_id = $1 and group_no <> all ($2::bigint[])",
)
const listOfName = statement<{ id: number }>(
  "favourites.list_of_name",
  `with named as (select name, made_at from favourites.list where id = $2),
        there as (select l.id from favourites.list l, named where l.member_id = $1 and l.name = named.name and l.id <> $2 order by l.id limit 1),
        made as (insert into favourites.list (member_id, name, made_at, seen_at) select $1, name, made_at, made_at from named
                  where not exists (select from there) returning id)
   select id from there union all select id from made`,
)
const keepHere = statement(
  "favourites.keep_here",
  `insert into favourites.item (list_id, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none)
   select $2, group_no, added_at, price_minor, price_zone, watch_price, watch_shop, shop_had_none from favourites.item where list_id = $1 and group_no = any ($3::bigint[])
   on conflict do nothing`,
)
const takeOff = statement("favourites.take_off", "delete from favourites.item where list_id = $1 and group_no = any ($2::bigint[])")
const forget = statement<{ id: number }>(
  "favourites.forget_of",
  "delete from favourites.list where member_id = any ($1::bigint[]) returning id",
)

/**
 * Two members become one: what `from` liked is liked by `into`, with what they wanted to be told. A list of a name that is there gives its things to that one,
 * without doubles; a list that is shared stays one of its own, and its link leads to it. Answers what an undo needs; a second time nothing is left to join.
 */
export async function joinFavourites(tx: Tx, { from, into }: { from: number; into: number }): Promise<JoinedLists> {
  const theirs = await listsOf(tx, [into])
  const joined: JoinedLists = { given: [], folded: [] }
  for (const { listId, name, isShared } of await listsOf(tx, [from])) {
    const same = isShared ? undefined : theirs.find((list) => list.name === name)
    if (same) joined.folded.push({ listId, into: same.listId, groupNos: await foldInto(tx, { listId, into: same.listId }) })
    else {
      joined.given.push({ listId, groupNos: numbersOf(await thingsIn(tx, [listId])) })
      await give(tx, [listId, from, into])
    }
  }
  return joined
}

/** What both had stays in both, and is told of once. */
async function foldInto(tx: Tx, { listId, into }: { listId: number; into: number }): Promise<number[]> {
  await wishAlso(tx, [listId, into])
  const moved = numbersOf(await moveNew(tx, [listId, into]))
  await wishHere(tx, [listId])
  return moved
}

/** They come apart again: what came and is still there is `from`'s, in the lists it was in; what was put into them since stays with `into`. */
export async function partFavourites(
  tx: Tx,
  { from, into, lists: { given, folded } }: { from: number; into: number; lists: JoinedLists },
): Promise<void> {
  for (const { listId, into: same, groupNos } of folded) await moveHome(tx, [listId, into, same, groupNos])
  for (const { listId, groupNos } of given) {
    if ((await give(tx, [listId, into, from])).length === 0) continue // dropped since
    const since = numbersOf(await addedSince(tx, [listId, groupNos]))
    if (since.length === 0) continue
    const [{ id }] = (await listOfName(tx, [into, listId])) as [{ id: number }]
    await keepHere(tx, [listId, id, since])
    await takeOff(tx, [listId, since])
  }
}

const numbersOf = (rows: readonly { no: number }[]): number[] => rows.map(({ no }) => no)

/** Forgets everything these members liked; links to their lists lead nowhere. Answers how many lists there were. */
export async function forgetFavouritesOf(tx: Tx, memberIds: readonly number[]): Promise<number> {
  return (await forget(tx, [memberIds])).length
}
