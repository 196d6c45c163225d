import { type Clock, type Db, dayIn, inTransaction, MINSK } from "@mila/kernel"
import type { SearchAnswer, SearchEngine, SearchQuery, Suggestion } from "@mila/search"
import { type Tile, tilesOf } from "../shown/tiles.ts"
import { zoneOfShop } from "../shown/stock-of.ts"
import { keepWords, type Words } from "./kept-words.ts"
import { dayNumber } from "./read-index.ts"

/** What doors find goods with. */
export type Finder = {
  search: SearchEngine
  words: () => Promise<Words>
  db: Db
  clock: Clock
}

export const finder = ({ db, clock, search }: { db: Db; clock: Clock; search: SearchEngine }): Finder => ({
  ...{ db, clock, search, words: keepWords({ db, clock }) },
})

export type Found = Omit<SearchAnswer, "items"> & { tiles: Tile[] }

/**
 * The goods asked for as a list shows them, priced as in the shop that is filtered by, else as in the visitor's own (or the main zone), with facets. Errors: SearchAway while the index is being read.
 */
export async function findGoods(
  { search, db, clock }: Finder,
  query: Omit<SearchQuery, "today" | "zone">,
  { mine }: { /** code of the visitor's shop */ mine?: string | undefined } = {},
): Promise<Found> {
  const at = clock.now()
  const shop = query.filters?.shop ?? mine
  const zone = shop === undefined ? "main" : await inTransaction(db, (tx) => zoneOfShop(tx, shop))
  const { items, ...answer } = await search.search({ ...query, zone, today: dayNumber(dayIn(MINSK, at)) })
  const tiles = await inTransaction(db, (tx) => tilesOf(tx, { numbers: items, zone, at }))
  return { ...answer, tiles }
}

/** What may be meant while somebody types, with the goods as a list shows them. */
export async function suggestGoods(
  { search, db, clock }: Finder,
  { text, limit = 6 }: { text: string; limit?: number },
): Promise<Omit<Suggestion, "items"> & { tiles: Tile[] }> {
  const at = clock.now()
  const { items, ...suggestion } = await search.suggest({ text, limit, today: dayNumber(dayIn(MINSK, at)) })
  const tiles = items.length === 0 ? [] : await inTransaction(db, (tx) => tilesOf(tx, { numbers: items, at }))
  return { ...suggestion, tiles }
}
