import { type GroupPage, setsWith, type ShownVariant, type Tile, tilesOf } from "@mila/catalog"
import type { Tx } from "@mila/kernel"
import type { Visit } from "../../visit.ts"
import { shelfOf } from "../parts/shelf.server.ts"
import { shelvesFor } from "../parts/tile.server.ts"
import { rememberViewed } from "../parts/viewed.server.ts"

const SIMILAR = 8
const MOST_SETS = 4
const CHEAPER = 0.8 // of the price: less is worth a word

/** Other things around one: sets it is in, what serves the same, what does so for less, what this browser looked at. */
export async function shelvesOf(
  visit: Visit,
  group: GroupPage,
  { chosen, sets, seen }: { chosen: ShownVariant | undefined; sets: Tile[]; seen: Tile[] },
) {
  const below = chosen ? Math.floor(chosen.price.cardMinor * CHEAPER) : 0
  const [alike, less] = await Promise.all([similarTo(visit, group), similarTo(visit, group, below)])
  const [inSets, similar, cheaper, viewed] = await shelvesFor(visit, [sets, alike, less, seen])
  rememberViewed(visit, group.no)
  return { inSets, similar, cheaper, viewed }
}

/** Gift sets this thing is part of. */
export async function setsAround(tx: Tx, { variants }: GroupPage, { zone, at }: { zone: string; at: Date }): Promise<Tile[]> {
  const numbers = await setsWith(tx, { skus: variants.map(({ sku }) => sku), most: MOST_SETS })
  return numbers.length === 0 ? [] : tilesOf(tx, { numbers, zone, at })
}

/** What serves the same, most bought first; with `below`, what costs a good deal less (kopecks). */
async function similarTo(visit: Visit, group: GroupPage, below?: number): Promise<Tile[]> {
  if (group.category === null || below === 0) return []
  const filters = { category: group.category, ...sameTraits(group), ...(below === undefined ? {} : { priceTo: below, available: true }) }
  const tiles = await shelfOf(visit, { filters, sort: "popular", limit: SIMILAR + 1 })
  return tiles.filter(({ no }) => no !== group.no).slice(0, SIMILAR)
}

/** Similar is what serves the same: the first attribute in common. */
function sameTraits({ attributes }: GroupPage): { attributes?: Record<string, readonly string[]> } {
  const [first] = Object.entries(attributes)
  return first ? { attributes: { [first[0]]: first[1] } } : {}
}
