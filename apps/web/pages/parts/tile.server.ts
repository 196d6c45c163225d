import { groupsInShop, pictureUrl, type Shot, shotOf, type Tile } from "@mila/catalog"
import { type Locale, money, pointsText, reading, together, type Tx } from "@mila/kernel"
import { earnedWithEach } from "@mila/loyalty"
import { profilesOf } from "@mila/members"
import type { Visit } from "../../visit.ts"

const NEW_MS = 45 * 86_400_000

/** A thing as a list shows it, in words. */
export type TileView = {
  no: number
  to: string
  name: string
  brand: string | null
  picture: Shot | null
  /** the price with a card, without one, and before a promotion */
  card: string
  regular: string | null
  before: string | null
  from: boolean
  /** how much less it costs, in percent; 0 for nothing worth a word */
  off: number
  isNew: boolean
  stars: string | null
  votes: number
  /** what this very person would earn with it; null for guests, and for nothing */
  earns: string | null
  /** whether the visitor's own shop has it; null where none is chosen */
  inMyShop: boolean | null
}

/** The same for several shelves of one page, asked for at once. */
export async function shelvesFor<const Shelves extends readonly (readonly Tile[])[]>(
  visit: Visit,
  shelves: Shelves,
): Promise<{ -readonly [Place in keyof Shelves]: TileView[] }> {
  const views = await tilesFor(visit, shelves.flat())
  let from = 0
  return shelves.map(({ length }) => views.slice(from, (from += length))) as never
}

/** Tiles as this visitor sees them: what they would earn, and whether their shop has it. At most three statements for all of them. */
export async function tilesFor(visit: Visit, tiles: readonly Tile[]): Promise<TileView[]> {
  const { db, session, cookies, locale, clock } = visit
  const shop = cookies.get("shop")
  const at = clock.now()
  const views = tiles.map((tile) => tileView(tile, locale, at))
  if (tiles.length === 0 || (!session && shop === undefined)) return views
  const read = (tx: Tx) =>
    together([
      shop === undefined ? null : groupsInShop(tx, { shop, numbers: tiles.map(({ no }) => no) }),
      session ? earnedOnEach(tx, tiles, { memberId: session.memberId, shop: shop ?? "", at }) : [],
    ])
  const [there, earned] = await reading(db, read)
  return views.map((view, place) => {
    const points = earned[place] ?? 0
    return { ...view, earns: points > 0 ? `+${pointsText(points, locale)}` : null, inMyShop: there && there.has(view.no) }
  })
}

/** What one piece of each would earn a member today with their own card, by the same rules as a till's. */
async function earnedOnEach(
  tx: Tx,
  tiles: readonly Tile[],
  { memberId, shop, at }: { memberId: number; shop: string; at: Date },
): Promise<number[]> {
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  if (!profile) return []
  const earner = { memberId, birthday: profile.birthday, employeeAtOwnTill: false }
  const purchases = tiles.map(({ sku, category, brand, kind, price: { cardMinor, regularMinor } }) => {
    const price = { priceMinor: cardMinor, amountMinor: cardMinor, regularMinor, minPriceMinor: null }
    const line = { line: 1, sku, category, brand, kind, excluded: false, quantityMilli: 1_000, ...price }
    return { earner, soldAt: at, basket: { shop, channel: "till" as const, soldAt: at, tenders: [], lines: [line] } }
  })
  return (await earnedWithEach(tx, { purchases, cards: ["virtual"] })).map(({ virtual }) => virtual)
}

export function tileView({ no, slug, name, brand, pictures, price, stars, novelSince }: Tile, locale: Locale, at: Date): TileView {
  const { regularMinor, cardMinor, beforeMinor, from } = price
  const dearest = Math.max(regularMinor, beforeMinor ?? 0)
  return {
    ...{ no, to: `/p/${slug}`, name: name[locale], brand, from },
    picture: pictures[0] ? shotOf(pictures[0], pictureUrl(no, 0, pictures[0])) : null,
    card: money(cardMinor, locale),
    regular: regularMinor > cardMinor ? money(regularMinor, locale) : null,
    before: beforeMinor !== null && beforeMinor > regularMinor ? money(beforeMinor, locale) : null,
    off: dearest === 0 ? 0 : Math.trunc(((dearest - cardMinor) * 100) / dearest),
    isNew: novelSince !== null && at.getTime() - Date.parse(novelSince) < NEW_MS,
    ...starsText(stars, locale),
    ...{ earns: null, inMyShop: null },
  }
}

/** «4,7» and of how many. */
export function starsText({ sum, count }: { sum: number; count: number }, locale: Locale): { stars: string | null; votes: number } {
  if (count === 0) return { stars: null, votes: 0 }
  const tenths = Math.trunc((sum * 10) / count)
  return { stars: `${Math.trunc(tenths / 10)}${locale === "en" ? "." : ","}${tenths % 10}`, votes: count }
}
