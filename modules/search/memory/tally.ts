import { type Facet, NOVEL_DAYS, type SearchFilters } from "../document.ts"
import { facetsOf } from "../facet-list.ts"
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
    const of = (facet: string, { codes }: Dictionary, counts: Uint32Array) => {
      const there: { facet: string; code: string; count: number }[] = []
      for (let number = 0; number < counts.length; number += 1) {
        if (counts[number]! > 0) there.push({ facet, code: codes[number]!, count: counts[number]! })
      }
      return there
    }
    const yes = (facet: string, count: number) => (count > 0 ? [{ facet, code: "yes", count }] : [])
    return facetsOf(
      [
        ...[...of("category", columns.categories, this.#category), ...of("brand", columns.brands, this.#brand)],
        ...[...of("country", columns.countries, this.#country), ...of("value", columns.valueNames, this.#value)],
        ...STARS.flatMap((stars, step) =>
          this.#stars[step]! > 0 ? [{ facet: "stars", code: String(stars), count: this.#stars[step]! }] : [],
        ),
        ...[
          ...yes("discounted", this.#discounted),
          ...yes("novel", this.#novel),
          ...yes("shop", this.#shop),
          ...yes("available", this.#available),
        ],
      ],
      filters,
    )
  }
}
