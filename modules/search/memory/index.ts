import type {
  SearchAnswer,
  SearchDocument,
  SearchEngine,
  SearchPrice,
  SearchQuery,
  SearchSort,
  SearchWords,
  Suggestion,
} from "../document.ts"
import { folded, wordsOf } from "../text/fold.ts"
import { type Reading, understand } from "../understand.ts"
import { saidFor } from "../brand-names.ts"
import { Vocabulary } from "../vocabulary.ts"
import { type Columns, columnsOf } from "./columns.ts"
import { filter, hitsAmong } from "./filter.ts"
import { Goods } from "./goods.ts"
import { Matcher } from "./match.ts"
import { best } from "./order.ts"
import { type Texts, textsOf } from "./postings.ts"

export type IndexData = {
  documents: readonly SearchDocument[]
  words: SearchWords
  prices: readonly SearchPrice[]
  /** what each shop has: numbers of products */
  stock: ReadonlyMap<string, readonly number[]>
  version: number
}

const MOST_DEEP = 10_000 // nobody turns that many pages
const REMEMBERED = 2_000

/**
 * The catalogue in memory: words with where they stand, columns to filter and count by, prices and stock that change in place. New texts need a new index,
 * which is built in about a second; prices, stock and popularity are written into this one.
 */
export class MemoryIndex implements SearchEngine {
  version: number
  readonly #documents: readonly SearchDocument[]
  readonly #columns: Columns
  readonly #goods: Goods
  readonly #texts: Texts
  readonly #matcher: Matcher
  readonly #vocabulary: Vocabulary
  readonly #everything: Uint32Array
  readonly #scores: Float32Array
  readonly #codes = new Map<string, number[]>() // EAN, sku → rows
  readonly #eans: string[]
  readonly #brands: { name: string; words: string[] }[]
  readonly #categories: { path: string; words: string[] }[]
  readonly #suggested = new Map<string, Suggestion>()

  constructor({ documents, words, prices, stock, version }: IndexData) {
    this.version = version
    this.#documents = documents
    this.#texts = textsOf(documents, words)
    this.#columns = columnsOf(documents, words)
    this.#matcher = new Matcher(this.#texts)
    this.#vocabulary = new Vocabulary(this.#texts.words)
    this.#everything = Uint32Array.from(documents, (_, row) => row)
    this.#scores = new Float32Array(documents.length)
    documents.forEach(({ eans, skus }, row) => {
      for (const code of [...eans, ...skus]) this.#codes.set(code.toLowerCase(), [...(this.#codes.get(code.toLowerCase()) ?? []), row])
    })
    this.#eans = documents.flatMap(({ eans }) => eans).toSorted()
    this.#brands = words.brands.map(({ name, spoken }) => ({ name, words: wordsOf([name, ...spoken, ...saidFor(name)].join(" ")) }))
    this.#categories = words.categories.map(({ path, name }) => ({ path, words: wordsOf(Object.values(name).join(" ")) }))
    this.#goods = new Goods(documents)
    this.#goods.setPrices(prices)
    for (const [shop, products] of stock) {
      this.#goods.setStock(
        shop,
        products.map((product) => ({ product, there: true })),
        true,
      )
    }
  }

  get size(): number {
    return this.#documents.length
  }

  /** New prices are found from the next question on. */
  setPrices(prices: readonly SearchPrice[], version: number): void {
    this.#goods.setPrices(prices)
    this.version = version
    this.#suggested.clear()
  }

  /** New stock likewise; `whole`: what is not named is not there. */
  setStock(
    shop: string,
    stock: readonly { product: number; there: boolean }[],
    { whole, version }: { whole: boolean; version: number },
  ): void {
    this.#goods.setStock(shop, stock, whole)
    this.version = version
  }

  /** How much things are bought, by their numbers; those it does not hold are passed over. */
  setPopularity(popular: readonly { no: number; popularity: number }[], version: number): void {
    const rows = new Map(this.#documents.map(({ no }, row) => [no, row]))
    for (const { no, popularity } of popular) {
      const row = rows.get(no)
      if (row !== undefined) this.#columns.popularity[row] = popularity
    }
    this.version = version
    this.#suggested.clear()
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    return Promise.resolve(this.searchNow(query))
  }

  searchNow(query: SearchQuery): SearchAnswer {
    const { text = "", filters = {}, sort, offset = 0, limit = 24, zone = "main", today, broad = false, facets: isCounted = true } = query
    const found = this.#candidates(text, { typing: false, broad })
    const choices = { filters, zone, today }
    const { hits, facets, price } = isCounted
      ? filter(found.rows, this.#columns, this.#goods, choices)
      : { hits: hitsAmong(found.rows, this.#columns, this.#goods, choices), facets: [], price: null }
    const by = sort ?? (found.scores ? "relevance" : "popular")
    const keys = this.#keys(hits, by, { zone, scores: found.scores })
    const page = { offset: Math.min(Math.max(0, offset), MOST_DEEP), limit: Math.min(Math.max(0, limit), 1_000) }
    const items = best(hits, keys, page).map((row) => this.#documents[row]!.no)
    const heldByNone = this.#columns.compositions.heldByNone(filters.without)
    return { total: hits.length, items, facets, price, understood: found.understood, heldByNone, version: this.version }
  }

  suggest(query: { text: string; limit?: number; zone?: string; today: number }): Promise<Suggestion> {
    return Promise.resolve(this.suggestNow(query))
  }

  suggestNow({ text, limit = 6 }: { text: string; limit?: number }): Suggestion {
    const key = `${limit} ${folded(text.slice(0, 100)).trim()}`
    const known = this.#suggested.get(key)
    if (known) return known
    const suggestion = this.#suggest(text, limit)
    if (this.#suggested.size >= REMEMBERED) this.#suggested.clear()
    this.#suggested.set(key, suggestion)
    return suggestion
  }

  #suggest(text: string, limit: number): Suggestion {
    const typed = wordsOf(text.slice(0, 100), 12)
    const found = this.#candidates(text, { typing: true, broad: false })
    const last = found.reading?.wishes.at(-1)?.read ?? typed.at(-1) ?? ""
    const keys = this.#keys(found.rows, "relevance", { zone: "main", scores: found.scores })
    const items = typed.length === 0 ? [] : best(found.rows, keys, { offset: 0, limit }).map((row) => this.#documents[row]!.no)
    const before = typed.slice(0, -1).join(" ")
    const whole = last === "" ? [] : this.#vocabulary.completing(last, 4)
    const startsSo = ({ words }: { words: string[] }): boolean => last.length > 1 && words.some((word) => word.startsWith(last))
    return {
      queries: whole.map((word) => (before === "" ? word.text : `${before} ${word.text}`)),
      brands: this.#brands
        .filter(startsSo)
        .map(({ name }) => name)
        .slice(0, 3),
      categories: this.#categories
        .filter(startsSo)
        .map(({ path }) => path)
        .slice(0, 3),
      ...{ items, understood: found.understood, version: this.version },
    }
  }

  #candidates(text: string, { typing, broad }: { typing: boolean; broad: boolean }) {
    const nothing = { read: null, leftOut: [] as string[] }
    if (text.trim() === "") return { rows: this.#everything, scores: undefined, understood: nothing, reading: undefined }
    const coded = this.#coded(text)
    if (coded) return { rows: Uint32Array.from(coded), scores: undefined, understood: nothing, reading: undefined }
    const reading: Reading = understand(text, {
      vocabulary: this.#vocabulary,
      frequency: (stem) => this.#texts.postings.get(stem)?.documents.length ?? 0,
      typing,
    })
    const { rows, scores, leftOut } = this.#matcher.match(reading.wishes, { broad })
    return {
      rows,
      scores: this.#dense(rows, scores),
      understood: { ...reading.understood, leftOut },
      reading,
    }
  }

  /** Scores by row. The memory is the index's own and is written over by the next question. */
  #dense(rows: Uint32Array, scores: Float32Array): Float32Array {
    for (let at = 0; at < rows.length; at += 1) this.#scores[rows[at]!] = scores[at]!
    return this.#scores
  }

  /** A barcode, the beginning of one, or a sku. */
  #coded(text: string): number[] | undefined {
    const code = text.trim().replace(/[\s-]/g, "").toLowerCase()
    const exact =
      this.#codes.get(text.trim().toLowerCase()) ??
      this.#codes.get(code) ??
      (/^\d{12,13}$/.test(code) ? (this.#codes.get(`0${code}`) ?? this.#codes.get(code.replace(/^0/, ""))) : undefined)
    if (exact) return exact
    if (!/^\d{6,13}$/.test(code)) return undefined
    const rows = new Set<number>()
    for (let at = firstAtLeast(this.#eans, code); at < this.#eans.length && this.#eans[at]!.startsWith(code) && rows.size < 200; at += 1) {
      for (const row of this.#codes.get(this.#eans[at]!)!) rows.add(row)
    }
    return rows.size > 0 ? [...rows] : undefined
  }

  #keys(hits: Uint32Array, sort: SearchSort, { zone, scores }: { zone: string; scores: Float32Array | undefined }): Float64Array {
    const { card, discount } = this.#goods.pricesIn(zone)
    const { popularity, novelDay, esteem } = this.#columns
    const of: Record<SearchSort, (row: number) => number> = {
      relevance: (row) => (scores?.[row] ?? 0) + Math.log1p(popularity[row]!) * 0.02 + (this.#goods.inShops[row]! > 0 ? 0.05 : 0),
      popular: (row) => popularity[row]!,
      cheap: (row) => (card[row]! < 0 ? -Infinity : -card[row]!),
      dear: (row) => card[row]!,
      new: (row) => novelDay[row]!,
      rating: (row) => esteem[row]!,
      discount: (row) => discount[row]!,
    }
    const keyOf = of[sort]
    const keys = new Float64Array(hits.length)
    for (let at = 0; at < hits.length; at += 1) keys[at] = keyOf(hits[at]!)
    return keys
  }
}

function firstAtLeast(sorted: readonly string[], start: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < start) low = middle + 1
    else high = middle
  }
  return low
}
