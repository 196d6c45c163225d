import { z } from "@hono/zod-openapi"
import { tilesOf } from "@mila/catalog"
import {
  addFavourite,
  dropList,
  favouritesOf,
  makeList,
  removeFavourite,
  renameList,
  shareList,
  sharedList,
  watchFavourite,
} from "@mila/favourites"
import type { Locale, Tx } from "@mila/kernel"
import { type Account, forAnybody, forMembers, refuse } from "./declare.ts"
import { idIn, instant, minor, text } from "./schemas.ts"

const of = { tag: "Favourites" }
const FIRST_LIST: Readonly<Record<Locale, string>> = { ru: "Избранное", be: "Абранае", en: "Favourites" }
const byList = z.object({ listId: idIn })
const byItem = z.object({ listId: idIn, productId: idIn })

const Item = z
  .object({
    productId: z.number().int().openapi({ description: "`id` of the catalogue." }),
    name: z.string(),
    cardMinor: minor.openapi({ description: "The price with the card now." }),
    addedAt: instant,
    priceMinor: minor.openapi({
      description:
        "What it cost with the card when it was put there, when somebody asked to be told or was last told, or the most since: lower prices are news.",
    }),
    watchPrice: z.boolean(),
    watchShop: z.string().nullable(),
  })
  .openapi("FavouriteItem")
const List = z
  .object({
    listId: z.number().int(),
    name: z.string(),
    link: z.string().nullable().openapi({ description: "For whoever may read it." }),
    items: z.array(Item),
  })
  .openapi("FavouriteList")

type Items = Awaited<ReturnType<typeof favouritesOf>>[number]["items"]

async function itemsTold(tx: Tx, items: Items, { locale, at }: { locale: Locale; at: Date }): Promise<z.input<typeof Item>[]> {
  const tiles = items.length === 0 ? [] : await tilesOf(tx, { numbers: items.map(({ groupNo }) => groupNo), at })
  return items.flatMap(({ groupNo: productId, ...item }) => {
    const tile = tiles.find(({ no }) => no === productId)
    return tile ? [{ ...item, productId, name: tile.name[locale], cardMinor: tile.price.cardMinor }] : []
  })
}

/** Lists of what people want to find again. */
export function declareFavourites(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/favourites", ...of, name: "listFavourites", summary: "All lists with what is in them" },
    answer: z.object({ lists: z.array(List) }),
    async act({ tx, memberId, locale, at, context: { publicUrl } }) {
      const lists = []
      for (const { listId, name, share, items } of await favouritesOf(tx, { memberId }))
        lists.push({
          listId,
          name,
          link: share && `${publicUrl}/favorites/shared/${share}`,
          items: await itemsTold(tx, items, { locale, at }),
        })
      return { lists }
    },
  })
  forAnybody(account, {
    ...{ method: "get", path: "/favourites/shared/{token}", ...of, name: "getSharedList", codes: ["list_unknown"] },
    summary: "A list somebody shared, by the end of its link",
    params: z.object({ token: text(100) }),
    answer: z.object({ name: z.string(), items: z.array(Item.omit({ watchPrice: true, watchShop: true })) }),
    async act({ tx, params: { token }, locale, at }) {
      const list = (await sharedList(tx, token)) ?? refuse("list_unknown")
      return { name: list.name, items: await itemsTold(tx, list.items, { locale, at }) }
    },
  })
  declareLists(account)
  declareItems(account)
}

function declareLists(account: Account): void {
  const body = z.strictObject({ name: text(60) })
  forMembers(account, {
    ...{ method: "post", path: "/favourites/lists", ...of, name: "makeList", status: 201, key: "optional" },
    codes: ["list_name_invalid", "list_full"],
    summary: "Another list, twenty at most",
    body,
    answer: z.object({ listId: z.number().int() }),
    act: ({ tx, memberId, body: { name }, at }) => makeList(tx, { owner: { memberId }, name, at }),
  })
  forMembers(account, {
    ...{ method: "patch", path: "/favourites/lists/{listId}", ...of, name: "renameList", codes: ["list_unknown", "list_name_invalid"] },
    summary: "Call it something else",
    params: byList,
    body,
    act: ({ tx, memberId, params: { listId }, body: { name } }) => renameList(tx, { owner: { memberId }, listId, name }),
  })
  forMembers(account, {
    ...{
      method: "delete",
      path: "/favourites/lists/{listId}",
      ...of,
      name: "dropList",
      codes: ["list_unknown"],
      summary: "No such list any more",
    },
    params: byList,
    act: ({ tx, memberId, params: { listId } }) => dropList(tx, { owner: { memberId }, listId }),
  })
  for (const open of [true, false])
    forMembers(account, {
      ...{ method: open ? "put" : "delete", path: "/favourites/lists/{listId}/link", ...of, name: open ? "shareList" : "unshareList" },
      summary: open ? "Let whoever has the link read it; a new link each time" : "Nobody else reads it any more",
      codes: ["list_unknown"],
      params: byList,
      answer: z.object({ link: z.string().nullable() }),
      async act({ tx, memberId, params: { listId }, context: { publicUrl } }) {
        const { token } = await shareList(tx, { owner: { memberId }, listId, open })
        return { link: token && `${publicUrl}/favorites/shared/${token}` }
      },
    })
}

function declareItems(account: Account): void {
  forMembers(account, {
    ...{ method: "put", path: "/favourites/{productId}", ...of, name: "addFavourite", codes: ["product_group_not_found", "list_full"] },
    summary: "Among the favourites: in the first list, which is made if there is none",
    params: z.object({ productId: idIn }),
    act: ({ tx, memberId, params: { productId }, locale, at }) =>
      addFavourite(tx, { owner: { memberId }, groupNo: productId, name: FIRST_LIST[locale], at }),
  })
  forMembers(account, {
    ...{ method: "delete", path: "/favourites/{productId}", ...of, name: "removeFavourite", summary: "Off all lists" },
    params: z.object({ productId: idIn }),
    act: ({ tx, memberId, params: { productId } }) => removeFavourite(tx, { owner: { memberId }, groupNo: productId }),
  })
  const path = "/favourites/lists/{listId}/items/{productId}"
  forMembers(account, {
    ...{ method: "put", path, ...of, name: "putOnList", codes: ["product_group_not_found", "list_unknown", "list_full"] },
    summary: "On this list",
    params: byItem,
    act: ({ tx, memberId, params: { listId, productId }, locale, at }) =>
      addFavourite(tx, { owner: { memberId }, groupNo: productId, listId, name: FIRST_LIST[locale], at }),
  })
  forMembers(account, {
    ...{ method: "delete", path, ...of, name: "takeOffList", summary: "Off this list" },
    params: byItem,
    act: ({ tx, memberId, params: { listId, productId } }) => removeFavourite(tx, { owner: { memberId }, groupNo: productId, listId }),
  })
  forMembers(account, {
    ...{ method: "put", path: `${path}/watch`, ...of, name: "watchFavourite", codes: ["product_group_not_found", "list_unknown"] },
    summary: "Be told when it costs less, or when a shop has it again",
    params: byItem,
    body: z.strictObject({ price: z.boolean(), shop: text(32).nullable() }),
    act: ({ tx, memberId, params: { listId, productId }, body, at }) =>
      watchFavourite(tx, { owner: { memberId }, listId, groupNo: productId, ...body, at }),
  })
}
