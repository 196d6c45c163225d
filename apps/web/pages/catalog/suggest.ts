import { SearchAway, suggestGoods } from "@mila/catalog"
import { money } from "@mila/kernel"
import { data } from "react-router"
import { pathIn } from "../parts/address.ts"
import { tileView } from "../parts/tile.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"

/** One line under the search field: words to look for, a brand, a section, or a thing with its price. */
export type Offer = { kind: "words" | "brand" | "section" | "thing"; says: string; to: string; price?: string; picture?: string | null }

const MOST_THINGS = 4

/** What may be meant while somebody types. Nothing while the search is being read: the field works without it. */
export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { locale, clock, finder, cookies, zone } = visit
  const text = (new URL(loading.request.url).searchParams.get("q") ?? "").trim().slice(0, 100)
  const offers: Offer[] = []
  if (text !== "") {
    try {
      const words = await finder.words()
      const { queries, brands, categories, tiles } = await suggestGoods(
        finder,
        { text, limit: MOST_THINGS },
        { mine: cookies.get("shop"), zone },
      )
      const to = (path: string) => pathIn(locale, path)
      offers.push(
        ...queries.map((says): Offer => ({ kind: "words", says, to: to(`/search?q=${encodeURIComponent(says)}`) })),
        ...brands.map((says): Offer => ({ kind: "brand", says, to: to(`/search?brand=${encodeURIComponent(says)}`) })),
        ...categories.flatMap((path): Offer[] => {
          const section = words.above(path).at(-1)
          return section ? [{ kind: "section", says: section.name[locale], to: to(`/catalog/${path}`) }] : []
        }),
        ...tiles.map((tile): Offer => {
          const { name, to: path, picture } = tileView(tile, locale, clock.now())
          return { kind: "thing", says: name, to: to(path), price: money(tile.price.cardMinor, locale), picture: picture?.src ?? null }
        }),
      )
    } catch (error) {
      if (!(error instanceof SearchAway)) throw error
      return data({ text, offers }, { headers: { "cache-control": "no-store" } })
    }
  }
  return data({ text, offers }, { headers: { "cache-control": "private, max-age=60" } })
}
