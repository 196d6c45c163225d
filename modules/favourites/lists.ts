import { looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { refuse } from "./refusals.ts"

/** Whose a list is: a member's, or a browser's by its token until somebody signs in there. */
export type Owner = { memberId: number } | { device: string }

export type Item = { groupNo: number; addedAt: Date; priceMinor: number; watchPrice: boolean; watchShop: string | null }

/** `share`: the token of its link; null while nobody else may read it. */
export type List = { listId: number; name: string; share: string | null; items: Item[] }

export const FAVOURITE_RULES = { lists: 20, items: 500, guestDays: 180 }

type ListRow = { id: number; name: string; share_sealed: Buffer | null }

const lists = statement<ListRow>(
  "favourites.lists",
  "select id, name, share_sealed from favourites.list where member_id = $1 or device_hash = $2 order by id",
)
const shared = statement<ListRow>("favourites.shared", "select id, name, null as share_sealed from favourites.list where share_hash = $1")
const items = statement<Item & { listId: number }>(
  "favourites.items",
  `select list_id as "listId", group_no as "groupNo", added_at as "addedAt", price_minor as "priceMinor", watch_price as "watchPrice", watch_shop as "watchShop"
     from favourites.item where list_id = any ($1::bigint[]) order by added_at desc, group_no`,
)
const insert = statement<{ id: number }>(
  "favourites.insert_list",
  "insert into favourites.list (member_id, device_hash, name, made_at, seen_at) values ($1, $2, $3, $4, $4) returning id",
)
const own = statement<{ id: number }>(
  "favourites.own_list",
  "select id from favourites.list where id = $1 and (member_id = $2 or device_hash = $3) for update",
)
const rename = statement("favourites.rename", "update favourites.list set name = $2 where id = $1")
const drop = statement("favourites.drop_list", "delete from favourites.list where id = $1")
const setShare = statement("favourites.share", "update favourites.list set share_hash = $2, share_sealed = $3 where id = $1")
const forget = statement<{ id: number }>(
  "favourites.forget_guests",
  "delete from favourites.list where device_hash is not null and seen_at < $1 returning id",
)
const seen = statement(
  "favourites.seen",
  "update favourites.list set seen_at = $2 where device_hash = $1 and seen_at < $2::timestamptz - interval '1 day'",
)

export const keyOf = (tx: Tx, owner: Owner): [number | null, Buffer | null] =>
  "memberId" in owner ? [owner.memberId, null] : [null, tx.secrets.hmac("favourites.device", owner.device)]

/** All lists of an owner with what is in them, oldest list first, newest things first. */
export async function favouritesOf(tx: Tx, owner: Owner): Promise<List[]> {
  return filled(tx, await lists(tx, keyOf(tx, owner)))
}

/** A list somebody shared, by the token of its link; undefined for what is shared no more. */
export async function sharedList(tx: Tx, token: string): Promise<List | undefined> {
  if (!/^[\w-]{32}$/.test(token)) return undefined
  return (await filled(tx, await shared(tx, [shareHash(tx, token)])))[0]
}

async function filled(tx: Tx, rows: readonly ListRow[]): Promise<List[]> {
  const all = rows.length === 0 ? [] : await items(tx, [rows.map(({ id }) => id)])
  return rows.map(({ id, name, share_sealed }) => ({
    ...{ listId: id, name, share: share_sealed && tx.secrets.open("favourites.share", share_sealed) },
    items: all.filter(({ listId }) => listId === id),
  }))
}

/** Another list. Refuses `list_name_invalid`, `list_full`. */
export async function makeList(tx: Tx, { owner, name, at }: { owner: Owner; name: string; at: Date }): Promise<{ listId: number }> {
  const clean = nameIn(name)
  const [memberId, device] = keyOf(tx, owner)
  if ((await lists(tx, [memberId, device])).length >= FAVOURITE_RULES.lists) refuse("list_full")
  return { listId: (await insert(tx, [memberId, device, clean, at]))[0]!.id }
}

function nameIn(text: string): string {
  const clean = text
    .normalize("NFC")
    .replaceAll(/[\u0000-\u001f]/g, "")
    .trim()
  return clean.length === 0 || clean.length > 60 || looksLikeBankCardNumber(clean) ? refuse("list_name_invalid") : clean
}

/** Locks a list of an owner's. Refuses `list_unknown`. */
export async function ownList(tx: Tx, { owner, listId }: { owner: Owner; listId: number }): Promise<number> {
  const [row] = await own(tx, [listId, ...keyOf(tx, owner)])
  return row ? row.id : refuse("list_unknown")
}

/** Refuses `list_unknown`, `list_name_invalid`. */
export async function renameList(tx: Tx, { owner, listId, name }: { owner: Owner; listId: number; name: string }): Promise<void> {
  await rename(tx, [await ownList(tx, { owner, listId }), nameIn(name)])
}

/** Refuses `list_unknown`. */
export async function dropList(tx: Tx, asked: { owner: Owner; listId: number }): Promise<void> {
  await drop(tx, [await ownList(tx, asked)])
}

/** Lets whoever has the link read a list, or nobody again; a new link each time. Refuses `list_unknown`. */
export async function shareList(
  tx: Tx,
  { owner, listId, open }: { owner: Owner; listId: number; open: boolean },
): Promise<{ token: string | null }> {
  const id = await ownList(tx, { owner, listId })
  const token = open ? randomBytes(24).toString("base64url") : null
  await setShare(tx, [id, token && shareHash(tx, token), token && tx.secrets.seal("favourites.share", token)])
  return { token }
}

const shareHash = (tx: Tx, token: string): Buffer => tx.secrets.hmac("favourites.share-link", token)

/** A guest's browser came again: its lists are kept on. */
export async function seeGuest(tx: Tx, { device, at }: { device: string; at: Date }): Promise<void> {
  await seen(tx, [keyOf(tx, { device })[1], at])
}

/** Forgets lists of browsers nobody came back with. Answers how many. */
export async function forgetGuests(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}
