import { tilesOf } from "@mila/catalog"
import {
  addFavourite,
  dropList,
  favouritesOf,
  type Item,
  makeList,
  moveFavourite,
  type Owner,
  removeFavourite,
  renameList,
  seeGuest,
  sharedList,
  shareList,
  watchFavourite,
} from "@mila/favourites"
import { inTransaction, Refusal, type Tx } from "@mila/kernel"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { pathIn, safeNext } from "../parts/address.ts"
import { formText } from "../parts/form-text.ts"
import { tilesFor, type TileView } from "../parts/tile.server.ts"
import { zoneFor } from "../parts/zone.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { FAVOURITES } from "./words.ts"

const GUEST_DAYS = 180 // as long as lists of guests are kept

/** Whose favourites a visit is about: the member's, or the browser's. */
export const ownerOf = ({ session, device }: Visit): Owner => (session ? { memberId: session.memberId } : { device })

/** Every list of the visitor's, priced as in their shop. */
export async function myFavourites(visit: Visit) {
  const { db, clock, locale, session, cookies, site } = visit
  const at = clock.now()
  const shop = cookies.get("shop") ?? null
  return inTransaction(db, async (tx) => {
    if (!session) await seeGuest(tx, { device: visit.device, at })
    const lists = []
    for (const { listId, name, share, items } of await favouritesOf(tx, ownerOf(visit))) {
      const link = share && `${site.publicUrl}${pathIn(locale, `/favorites/shared/${share}`)}`
      lists.push({ listId, name, link, things: await thingsOf(tx, visit, items) })
    }
    return { words: FAVOURITES[locale], signedIn: session !== undefined, hasShop: shop !== null, lists }
  })
}

type Thing = { tile: TileView; watchPrice: boolean; watchShop: boolean }

async function thingsOf(tx: Tx, visit: Visit, items: readonly Item[]): Promise<Thing[]> {
  const at = visit.clock.now()
  const zone = await zoneFor(tx, visit)
  const tiles = items.length === 0 ? [] : await tilesOf(tx, { numbers: items.map(({ groupNo }) => groupNo), zone, at })
  return (await tilesFor(visit, tiles)).map((tile) => {
    const { watchPrice, watchShop } = items.find(({ groupNo }) => groupNo === tile.no)!
    return { tile, watchPrice, watchShop: watchShop !== null }
  })
}

/** A list somebody shared; 404 for what is shared no more. */
export async function sharedFavourites(visit: Visit, token: string) {
  const { db, locale } = visit
  const words = FAVOURITES[locale]
  return inTransaction(db, async (tx) => {
    const list = await sharedList(tx, token)
    if (!list) return { words, title: words.sharedGone, tiles: [] as TileView[], there: false }
    const things = await thingsOf(tx, visit, list.items)
    return { words, title: words.sharedTitle.replace("{name}", list.name), tiles: things.map(({ tile }) => tile), there: true }
  })
}

export type Answer = { refused: Refused } | { done: true }

/** One touch: a heart, a list, a wish to be told. Comes back to where it was pressed. */
export async function actOnFavourites(visit: Visit, form: FormData): Promise<Response | Answer> {
  const { db, locale } = visit
  try {
    await inTransaction(db, (tx) => act(tx, visit, form))
    if (form.get("stay") !== null) return { done: true } // a script pressed a heart: the page stays where it is
    const back = formText(form, "back", 1_000)
    return redirect(back ? safeNext(back, locale) : pathIn(locale, "/favorites"))
  } catch (error) {
    if (error instanceof Refusal) return { refused: refused(error.code, locale) }
    throw error
  }
}

async function act(tx: Tx, visit: Visit, form: FormData): Promise<void> {
  const { clock, locale, session, cookies } = visit
  const owner = ownerOf(visit)
  const [listId, groupNo] = [Number(form.get("list")) || 0, Number(form.get("thing")) || 0]
  const of = { owner, groupNo, ...(listId > 0 ? { listId } : {}) }
  const name = formText(form, "name", 200)
  switch (formText(form, "act")) {
    case "add":
      if (!session) cookies.set("liked", "1", { days: GUEST_DAYS }) // pages of guests who like nothing are alike
      return addFavourite(tx, { ...of, name: FAVOURITES[locale].first, zone: await zoneFor(tx, visit), at: clock.now() })
    case "remove":
      return removeFavourite(tx, of)
    case "move":
      return moveFavourite(tx, { owner, groupNo, listId, to: Number(form.get("to")) || 0 })
    case "make":
      await makeList(tx, { owner, name, at: clock.now() })
      return
    case "rename":
      return renameList(tx, { owner, listId, name })
    case "drop":
      return dropList(tx, { owner, listId })
    case "share":
    case "unshare":
      await shareList(tx, { owner, listId, open: form.get("act") === "share" })
      return
    case "watch": {
      if (!session) return
      const shop = form.get("shop") === "on" ? (cookies.get("shop") ?? null) : null
      const wish = { owner: { memberId: session.memberId }, listId, groupNo, price: form.get("price") === "on", shop }
      return watchFavourite(tx, { ...wish, zone: await zoneFor(tx, visit), at: clock.now() })
    }
  }
}
