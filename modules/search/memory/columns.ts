import type { SearchDocument, SearchWords } from "../document.ts"
import { Compositions } from "./compositions.ts"

/** Values by small numbers, in the order they were met. */
export class Dictionary {
  readonly codes: string[] = []
  readonly #numbers = new Map<string, number>()

  add(code: string): number {
    let number = this.#numbers.get(code)
    if (number === undefined) {
      number = this.codes.push(code) - 1
      this.#numbers.set(code, number)
    }
    return number
  }

  get(code: string): number | undefined {
    return this.#numbers.get(code)
  }
}

export const NONE = 0xffff

/** What is filtered and counted by, a column each; a document is a row. */
export type Columns = {
  brand: Uint16Array
  brands: Dictionary
  category: Uint16Array
  categories: Dictionary
  country: Uint16Array
  countries: Dictionary
  /** values of attributes: those of document d stand from `from[d]` to `from[d + 1]` */
  values: Uint16Array
  from: Uint32Array
  valueNames: Dictionary
  /** the attribute a value is of */
  attributeOf: number[]
  attributes: Dictionary
  novelDay: Int32Array
  popularity: Int32Array
  /** average stars, ten-fold */
  stars: Uint8Array
  /** stars with the doubt of few votes taken into account, to sort by */
  esteem: Float32Array
  compositions: Compositions
}

const PRIOR_VOTES = 5
const PRIOR_STARS = 4

/** Only attributes that shoppers choose by have values here. */
export function columnsOf(documents: readonly SearchDocument[], { attributes }: SearchWords): Columns {
  const count = documents.length
  const filtered = new Set(attributes.filter((attribute) => attribute.filtered).map(({ code }) => code))
  const columns = {
    ...{
      brands: new Dictionary(),
      categories: new Dictionary(),
      countries: new Dictionary(),
      valueNames: new Dictionary(),
      attributes: new Dictionary(),
    },
    ...{ brand: new Uint16Array(count), category: new Uint16Array(count), country: new Uint16Array(count), stars: new Uint8Array(count) },
    ...{
      novelDay: new Int32Array(count),
      popularity: new Int32Array(count),
      esteem: new Float32Array(count),
      from: new Uint32Array(count + 1),
    },
    attributeOf: [] as number[],
  }
  const values: number[] = []
  documents.forEach((document, place) => {
    const { brand, category, country, stars } = document
    columns.brand[place] = brand === null ? NONE : columns.brands.add(brand)
    columns.category[place] = category === null ? NONE : columns.categories.add(category)
    columns.country[place] = country === null ? NONE : columns.countries.add(country)
    columns.novelDay[place] = document.novelDay ?? -1
    columns.popularity[place] = document.popularity
    columns.stars[place] = stars.count === 0 ? 0 : Math.floor((stars.sum * 10) / stars.count)
    columns.esteem[place] = (stars.sum + PRIOR_STARS * PRIOR_VOTES) / (stars.count + PRIOR_VOTES)
    for (const [code, of] of Object.entries(document.attributes)) {
      if (!filtered.has(code)) continue
      const attribute = columns.attributes.add(code)
      for (const value of new Set(of)) {
        const number = columns.valueNames.add(`${code} ${value}`)
        columns.attributeOf[number] = attribute
        values.push(number)
      }
    }
    columns.from[place + 1] = values.length
  })
  return { ...columns, values: Uint16Array.from(values), compositions: new Compositions(documents) }
}
