import type { Localized } from "@mila/kernel"

/** What is found: a thing with its variants. */
export type SearchDocument = {
  /** its number; answers name it by that */
  no: number
  name: Localized
  brand: string | null
  /** path of a category, `face/creams` */
  category: string | null
  /** ISO 3166-1 alpha-2 */
  country: string | null
  /** codes of values by code of attribute, those of its variants too */
  attributes: Readonly<Record<string, readonly string[]>>
  /** more words it may be found by: what sets its variants apart */
  labels: readonly string[]
  eans: readonly string[]
  skus: readonly string[]
  /** what is in it, each ingredient as printed with whatever else it is called; none: nobody knows what is in it */
  ingredients: readonly string[]
  /** days since 1970-01-01 */
  novelDay: number | null
  popularity: number
  stars: { sum: number; count: number }
  /** numbers of its variants: what prices and stock go by */
  products: readonly number[]
}

/** Names of what documents say in codes. */
export type SearchWords = {
  categories: readonly { path: string; name: Localized }[]
  brands: readonly { name: string; spoken: readonly string[] }[]
  attributes: readonly { code: string; filtered: boolean; values: readonly { code: string; name: Localized }[] }[]
}

/** Prices of a variant in a zone, in kopecks; `before`: what it was before a promotion. */
export type SearchPrice = { product: number; zone: string; regular: number; card: number; before: number | null }

export type SearchFilters = {
  brand?: readonly string[]
  category?: string
  country?: readonly string[]
  /** several values of one attribute: any of them; several attributes: all of them */
  attributes?: Readonly<Record<string, readonly string[]>>
  /** card price in kopecks, ends included */
  priceFrom?: number
  priceTo?: number
  /** card price below the regular one before */
  discounted?: boolean
  novel?: boolean
  /** at least so many stars on average */
  stars?: number
  /** code of a shop that has a piece of it */
  shop?: string
  /** any shop has */
  available?: boolean
  /** words for ingredients it must not hold: parts of a name will do; what nobody knows the composition of is left out too */
  without?: readonly string[]
}

export type SearchSort = "relevance" | "popular" | "cheap" | "dear" | "new" | "rating" | "discount"

export type SearchQuery = {
  text?: string
  filters?: SearchFilters
  sort?: SearchSort
  offset?: number
  limit?: number
  /** whose prices hold; the main zone by default */
  zone?: string
  /** today, days since 1970-01-01: what is novel is counted from it */
  today: number
  /** what matches only some of the words follows after what matches all */
  broad?: boolean
  /** false: what else could be chosen is not counted, and the answer has neither facets nor prices; a shelf needs none */
  facets?: boolean
}

/** How many of the hits have each value; of a facet that is chosen from, how many there would be. */
export type Facet = { code: string; values: { code: string; count: number; chosen: boolean }[] }

export type SearchAnswer = {
  total: number
  /** numbers of things, best first */
  items: number[]
  facets: Facet[]
  /** card prices of the hits in kopecks, without regard to the price asked for; null without hits */
  price: { least: number; most: number } | null
  /** how the words were understood */
  understood: Understood
  /** words of `without` that are in no composition: they leave nothing out */
  heldByNone: string[]
  version: number
}

export type Understood = {
  /** what was looked for, when it is not what was typed: another layout, a slip of a finger */
  read: string | null
  /** words nothing was found for, or that had to be left out to find anything */
  leftOut: string[]
}

export type Suggestion = {
  /** whole words for what is being typed */
  queries: string[]
  brands: string[]
  /** paths */
  categories: string[]
  /** numbers of things */
  items: number[]
  understood: Understood
  version: number
}

/** What a search is, whatever stands behind it. */
export interface SearchEngine {
  search(query: SearchQuery): Promise<SearchAnswer>
  suggest(query: { text: string; limit?: number; zone?: string; today: number }): Promise<Suggestion>
}

/** Facets beside attributes. */
export const FACETS = ["category", "brand", "country", "stars", "discounted", "novel", "shop", "available"] as const

export const NOVEL_DAYS = 45
