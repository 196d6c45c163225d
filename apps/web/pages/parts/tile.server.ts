import { pictureUrl, type Tile } from "@mila/catalog"
import { type Locale, money } from "@mila/kernel"

const NEW_MS = 45 * 86_400_000

/** A thing as a list shows it, in words. */
export type TileView = {
  no: number
  to: string
  name: string
  brand: string | null
  picture: string | null
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
}

export function tileView({ no, slug, name, brand, pictures, price, stars, novelSince }: Tile, locale: Locale, at: Date): TileView {
  const { regularMinor, cardMinor, beforeMinor, from } = price
  const dearest = Math.max(regularMinor, beforeMinor ?? 0)
  return {
    ...{ no, to: `/p/${slug}`, name: name[locale], brand, from },
    picture: pictures[0] ? pictureUrl(no, 0, pictures[0]) : null,
    card: money(cardMinor, locale),
    regular: regularMinor > cardMinor ? money(regularMinor, locale) : null,
    before: beforeMinor !== null && beforeMinor > regularMinor ? money(beforeMinor, locale) : null,
    off: dearest === 0 ? 0 : Math.trunc(((dearest - cardMinor) * 100) / dearest),
    isNew: novelSince !== null && at.getTime() - Date.parse(novelSince) < NEW_MS,
    ...starsText(stars, locale),
  }
}

/** «4,7» and of how many. */
export function starsText({ sum, count }: { sum: number; count: number }, locale: Locale): { stars: string | null; votes: number } {
  if (count === 0) return { stars: null, votes: 0 }
  const tenths = Math.trunc((sum * 10) / count)
  return { stars: `${Math.trunc(tenths / 10)}${locale === "en" ? "." : ","}${tenths % 10}`, votes: count }
}
