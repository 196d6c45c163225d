import { type Clock, dayIn, type Db, MINSK, reading } from "@mila/kernel"
import type { SearchAnswer, SearchEngine, SearchQuery, Suggestion } from "@mila/search"
import type { CatalogueTurn } from "../changes.ts"
import { zoneOfShop } from "../shown/stock-of.ts"
import type { Tile } from "../shown/tiles.ts"
import { CatalogueWatch } from "./catalogue-watch.ts"
import { facetsInOrder } from "./facet-order-rules.ts"
import { KeptAnswers } from "./kept-answers.ts"
import { KeptTiles } from "./kept-tiles.ts"
import { keepWords, type Words } from "./kept-words.ts"
import { dayNumber } from "./read-index.ts"

/** What doors find goods with. */
export type Finder = {
  search: SearchEngine
  words: () => Promise<Words>
  db: Db
  clock: Clock
  /** asks whether the catalogue is still what it was */
  watch: CatalogueWatch
  /** what was found and suggested lately */
  kept: { found: KeptAnswers<Found>; suggested: KeptAnswers<Suggested>; tiles: KeptTiles }
}

/** Made once for a door: it remembers what was found lately. */
export function finder({ db, clock, search }: { db: Db; clock: Clock; search: SearchEngine }): Finder {
  const watch = new CatalogueWatch({ db, clock })
  const kept = {
    found: new KeptAnswers<Found>(watch, { most: 500 }),
    suggested: new KeptAnswers<Suggested>(watch, { most: 1_000 }),
    tiles: new KeptTiles({ db, watch }),
  }
  return { db, clock, search, watch, kept, words: keepWords({ db, clock }) }
}

export type Found = Omit<SearchAnswer, "items"> & { tiles: Tile[] }
export type Suggested = Omit<Suggestion, "items"> & { tiles: Tile[] }

/**
 * The goods asked for as a list shows them, priced as in the shop that is filtered by, else as in the zone asked for or the visitor's own shop (or the main zone), with facets. Errors: SearchAway while the index is being read.
 */
export async function findGoods(finder: Finder, query: Omit<SearchQuery, "today" | "zone">, { mine, zone }: Mine = {}): Promise<Found> {
  const at = finder.clock.now()
  const shop = query.filters?.shop ?? (zone === undefined ? mine : undefined)
  const answer = await finder.kept.found.answer(`${dayIn(MINSK, at)} ${shop ?? ""} ${zone ?? ""} ${JSON.stringify(query)}`, (turn) =>
    found(finder, query, { shop, asked: zone, at, turn }),
  )
  if (answer.facets.length === 0) return answer
  const words = await finder.words()
  const category = query.filters?.category
  const family = category === undefined ? [] : words.attributesIn(category)
  return { ...answer, facets: facetsInOrder(answer.facets, { attributes: words.attributes.keys(), family }) }
}

/** code of the visitor's shop, and the zone whose prices were asked for whatever it is */
type Mine = { mine?: string | undefined; zone?: string | undefined }

type Priced = { shop: string | undefined; asked: string | undefined; at: Date; turn: CatalogueTurn }

async function found(
  { search, db, kept }: Finder,
  query: Omit<SearchQuery, "today" | "zone">,
  { shop, asked = "main", at, turn }: Priced,
): Promise<Found> {
  const zone = await zoneIn(db, shop, asked)
  const { items, ...answer } = await search.search({ ...query, zone, today: dayNumber(dayIn(MINSK, at)) })
  return { ...answer, tiles: await kept.tiles.of({ numbers: items, zone, at, turn }) }
}

const zoneIn = async (db: Db, shop: string | undefined, otherwise: string): Promise<string> =>
  shop === undefined ? otherwise : reading(db, (tx) => zoneOfShop(tx, shop))

/** What may be meant while somebody types, with the goods as a list shows them, priced as in the zone asked for or the visitor's own shop (or the main zone). */
export function suggestGoods(
  finder: Finder,
  { text, limit = 6 }: { text: string; limit?: number },
  { mine, zone }: Mine = {},
): Promise<Suggested> {
  const at = finder.clock.now()
  const shop = zone === undefined ? mine : undefined
  return finder.kept.suggested.answer(`${dayIn(MINSK, at)} ${limit} ${shop ?? ""} ${zone ?? ""} ${text}`, (turn) =>
    suggested(finder, { text, limit, shop, asked: zone, at, turn }),
  )
}

async function suggested(
  { search, db, kept }: Finder,
  { text, limit, shop, asked = "main", at, turn }: Priced & { text: string; limit: number },
): Promise<Suggested> {
  const zone = await zoneIn(db, shop, asked)
  const { items, ...suggestion } = await search.suggest({ text, limit, today: dayNumber(dayIn(MINSK, at)) })
  return { ...suggestion, tiles: await kept.tiles.of({ numbers: items, zone, at, turn }) }
}
