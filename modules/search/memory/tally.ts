import { type Facet, NOVEL_DAYS, type SearchFilters } from "../document.ts"
import { type Columns, type Dictionary, NONE } from "./columns.ts"
import type { Goods } from "./goods.ts"

const STARS = [4, 3] as const

type Options = { columns: Columns; goods: Goods; filters: SearchFilters; zone: string; today: number; bitOf: (choice: string) => number }

/** Counts the values of rows. A choice that was not made has no bit, and nobody fails it. */
export class Tally {
  readonly #of: Options
  readonly #brand: Uint32Array
  readonly #category: Uint32Array
  readonly #country: Uint32Array
  readonly #value: Uint32Array
  readonly #stars = new Uint32Array(STARS.length)
  #discounted = 0
  #novel = 0
  #shop = 0
  #available = 0
  #least = Infinity
  #most = -1
  readonly #bits: Record<"category" | "brand" | "country" | "stars" | "discounted" | "novel" | "available" | "shop" | "price", number>
  readonly #attributeBits: number[]
  readonly #card: Int32Array
  readonly #discount: Uint8Array
  readonly #stock: Uint8Array | undefined

  constructor(of: Options) {
    const { columns, goods, filters, zone, bitOf } = of
    this.#of = of
    this.#brand = new Uint32Array(columns.brands.codes.length)
    this.#category = new Uint32Array(columns.categories.codes.length)
    this.#country = new Uint32Array(columns.countries.codes.length)
    this.#value = new Uint32Array(columns.valueNames.codes.length)
    this.#bits = {
      ...{ category: bitOf("category"), brand: bitOf("brand"), country: bitOf("country"), stars: bitOf("stars"), price: bitOf("price") },
      ...{ discounted: bitOf("discounted"), novel: bitOf("novel"), available: bitOf("available"), shop: bitOf("shop") },
    }
    this.#attributeBits = columns.attributes.codes.map((code) => bitOf(`attribute ${code}`))
    const { card, discount } = goods.pricesIn(zone)
    this.#card = card
    this.#discount = discount
    this.#stock = filters.shop === undefined ? undefined : goods.stockIn(filters.shop)
  }

  /** Counts a row that is found, in every facet. */
  countHit(row: number): void {
    const { columns, goods, today } = this.#of
    const [brand, category, country] = [columns.brand[row]!, columns.category[row]!, columns.country[row]!]
    if (brand !== NONE) this.#brand[brand]! += 1
    if (category !== NONE) this.#category[category]! += 1
    if (country !== NONE) this.#country[country]! += 1
    if (columns.stars[row]! > 0) this.#countStars(row)
    if (this.#discount[row]! > 0) this.#discounted += 1
    if (columns.novelDay[row]! > today - NOVEL_DAYS) this.#novel += 1
    if (goods.inShops[row]! > 0) this.#available += 1
    if (this.#stock?.[row] === 1) this.#shop += 1
    this.#countPrice(this.#card[row]!)
    const { from, values } = columns
    for (let place = from[row]!, end = from[row + 1]!; place < end; place += 1) this.#value[values[place]!]! += 1
  }

  /** Counts a row that fails one choice, in that choice's own facet alone. `failed`: the bit of the choice. */
  countMiss(row: number, failed: number): void {
    const { columns, goods, today } = this.#of
    const bits = this.#bits
    if (failed === bits.brand && columns.brand[row] !== NONE) this.#brand[columns.brand[row]!]! += 1
    else if (failed === bits.category && columns.category[row] !== NONE) this.#category[columns.category[row]!]! += 1
    else if (failed === bits.country && columns.country[row] !== NONE) this.#country[columns.country[row]!]! += 1
    else if (failed === bits.stars) this.#countStars(row)
    else if (failed === bits.discounted && this.#discount[row]! > 0) this.#discounted += 1
    else if (failed === bits.novel && columns.novelDay[row]! > today - NOVEL_DAYS) this.#novel += 1
    else if (failed === bits.available && goods.inShops[row]! > 0) this.#available += 1
    else if (failed === bits.shop && this.#stock?.[row] === 1) this.#shop += 1
    else if (failed === bits.price) this.#countPrice(this.#card[row]!)
    else {
      for (let place = columns.from[row]!; place < columns.from[row + 1]!; place += 1) {
        const value = columns.values[place]!
        if (failed === this.#attributeBits[columns.attributeOf[value]!]) this.#value[value]! += 1
      }
    }
  }

  #countStars(row: number): void {
    for (let step = 0; step < STARS.length; step += 1) if (this.#of.columns.stars[row]! >= STARS[step]! * 10) this.#stars[step]! += 1
  }

  #countPrice(card: number): void {
    if (card < 0) return
    if (card < this.#least) this.#least = card
    if (card > this.#most) this.#most = card
  }

  get price(): { least: number; most: number } | null {
    return this.#most < 0 ? null : { least: this.#least, most: this.#most }
  }

  /** Facets that have anything to choose, values most frequent first. */
  facets(): Facet[] {
    const { columns, filters } = this.#of
    const facets: Facet[] = [
      { code: "category", values: rolledUp(columns.categories, this.#category, filters.category) },
      { code: "brand", values: listed(columns.brands, this.#brand, filters.brand) },
      ...this.#attributes(),
      { code: "country", values: listed(columns.countries, this.#country, filters.country) },
      { code: "stars", values: this.#starsValues() },
      yes("discounted", this.#discounted, filters.discounted === true),
      yes("novel", this.#novel, filters.novel === true),
      ...(filters.shop === undefined ? [] : [yes("shop", this.#shop, true)]),
      yes("available", this.#available, filters.available === true),
    ]
    return facets.filter(({ values }) => values.length > 0)
  }

  #starsValues(): Value[] {
    const chosen = this.#of.filters.stars
    const values = STARS.map((stars, step) => ({ code: String(stars), count: this.#stars[step]!, chosen: chosen === stars }))
    return values.filter((value) => value.count > 0 || value.chosen)
  }

  #attributes(): Facet[] {
    const { columns, filters } = this.#of
    const facets = columns.attributes.codes.map((code): Facet => ({ code, values: [] }))
    columns.valueNames.codes.forEach((name, number) => {
      const facet = facets[columns.attributeOf[number]!]!
      const code = name.slice(facet.code.length + 1)
      const chosen = filters.attributes?.[facet.code]?.includes(code) ?? false
      if (this.#value[number]! > 0 || chosen) facet.values.push({ code, count: this.#value[number]!, chosen })
    })
    return facets.map(({ code, values }) => ({ code, values: values.toSorted(byCount) }))
  }
}

type Value = Facet["values"][number]
const byCount = (one: Value, other: Value): number => other.count - one.count || (one.code < other.code ? -1 : 1)

const yes = (code: string, count: number, chosen: boolean): Facet => ({
  code,
  values: count > 0 || chosen ? [{ code: "yes", count, chosen }] : [],
})

function listed({ codes }: Dictionary, counts: Uint32Array, chosen: readonly string[] = []): Value[] {
  const wanted = new Set(chosen)
  const values = codes.flatMap((code, number) =>
    counts[number]! > 0 || wanted.has(code) ? [{ code, count: counts[number]!, chosen: wanted.has(code) }] : [],
  )
  return values.toSorted(byCount)
}

/** A category counts what is in it and under it. */
function rolledUp({ codes }: Dictionary, counts: Uint32Array, chosen: string | undefined): Value[] {
  const sums = new Map<string, number>()
  codes.forEach((path, number) => {
    if (counts[number] === 0) return
    const parts = path.split("/")
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const above = parts.slice(0, depth).join("/")
      sums.set(above, (sums.get(above) ?? 0) + counts[number]!)
    }
  })
  if (chosen !== undefined && !sums.has(chosen)) sums.set(chosen, 0)
  return [...sums].map(([code, count]) => ({ code, count, chosen: code === chosen })).toSorted(byCount)
}
