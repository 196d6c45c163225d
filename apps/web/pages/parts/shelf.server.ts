import { findGoods, SearchAway, type Tile } from "@mila/catalog"
import type { SearchQuery } from "@mila/search"
import type { Visit } from "../../visit.ts"

/** Goods for a shelf of a page. A shelf is no reason for a page to fail: while the search is away it is empty, and the page is kept for nobody. */
export async function shelfOf(visit: Visit, query: Omit<SearchQuery, "today" | "zone">): Promise<readonly Tile[]> {
  try {
    return (await findGoods(visit.finder, { ...query, facets: false }, { mine: visit.cookies.get("shop"), zone: visit.zone })).tiles
  } catch (error) {
    if (!(error instanceof SearchAway)) throw error
    visit.leavesGap()
    return []
  }
}
