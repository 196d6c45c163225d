import { type Facet, NOVEL_DAYS, type SearchFilters } from "../document.ts"
import { type Columns, type Dictionary, NONE } from "./columns.ts"
import type { Goods } from "./goods.ts"
import { Tally } from "./tally.ts"

/** The rows asked for, and how many of them have each value. */
export type Filtered = { hits: Uint32Array; facets: Facet[]; price: { least: number; most: number } | null }

type Choices = { filters: SearchFilters; zone: string; today: number }

const MOST_CHOICES = 30 // a row's failed choices are the bits of a number

/** One pass over the candidates; facets that are chosen from need no second one. */
export function filter(candidates: Uint32Array, columns: Columns, goods: Goods, choices: Choices): Filtered {
  const { fails, bitOf } = failing(columns, goods, choices)
  const tally = new Tally({ columns, goods, bitOf, ...choices })
  const leftOut = columns.compositions.leftOut(choices.filters.without)
  const hits = new Uint32Array(candidates.length)
  let found = 0
  for (let at = 0; at < candidates.length; at += 1) {
    const row = candidates[at]!
    if (leftOut?.[row]) continue
    const failed = fails(row)
    if (failed === 0) {
      hits[found++] = row
      tally.countHit(row)
    } else if ((failed & (failed - 1)) === 0) tally.countMiss(row, failed) // who fails two choices counts nowhere
  }
  return { hits: hits.subarray(0, found), facets: tally.facets(), price: tally.price }
}

/** The rows asked for alone, where nobody chooses from facets. */
export function hitsAmong(candidates: Uint32Array, columns: Columns, goods: Goods, choices: Choices): Uint32Array {
  const tests = [...plainTests(columns, goods, choices), ...attributeTests(columns, choices.filters)].map(({ passes }) => passes)
  const leftOut = columns.compositions.leftOut(choices.filters.without)
  return candidates.filter((row) => {
    for (const passes of tests) if (!passes(row)) return false
    return !leftOut?.[row]
  })
}

type Test = { choice: string; passes: (row: number) => boolean }

/** Which of the choices made a row fails, a bit each. */
function failing(columns: Columns, goods: Goods, choices: Choices) {
  const tests = [...plainTests(columns, goods, choices), ...attributeTests(columns, choices.filters)]
  const [counted, strict] = [tests.slice(0, MOST_CHOICES), tests.slice(MOST_CHOICES)]
  const bitOf = (choice: string): number => {
    const place = counted.findIndex((test) => test.choice === choice)
    return place < 0 ? 0 : 1 << place
  }
  const passes = counted.map((test) => test.passes)
  const fails = (row: number): number => {
    let failed = 0
    for (let place = 0; place < passes.length; place += 1) if (!passes[place]!(row)) failed |= 1 << place
    return strict.every((test) => test.passes(row)) ? failed : -1 // all bits: counts nowhere
  }
  return { fails, bitOf }
}

function plainTests(columns: Columns, goods: Goods, { filters, zone, today }: Choices): Test[] {
  const { card, discount } = goods.pricesIn(zone)
  const tests: Test[] = []
  const made = (choice: string, passes: Test["passes"]): number => tests.push({ choice, passes })
  if (filters.brand?.length) made("brand", oneOf(columns.brand, columns.brands, filters.brand))
  if (filters.country?.length) made("country", oneOf(columns.country, columns.countries, filters.country))
  if (filters.category !== undefined) made("category", under(columns, filters.category))
  if (filters.stars !== undefined) made("stars", (row) => columns.stars[row]! >= filters.stars! * 10)
  if (filters.discounted) made("discounted", (row) => discount[row]! > 0)
  if (filters.novel) made("novel", (row) => columns.novelDay[row]! > today - NOVEL_DAYS)
  if (filters.available) made("available", (row) => goods.inShops[row]! > 0)
  if (filters.shop !== undefined) {
    const stock = goods.stockIn(filters.shop)
    made("shop", (row) => stock?.[row] === 1)
  }
  const { priceFrom = 0, priceTo = Infinity } = filters
  if (priceFrom > 0 || priceTo < Infinity) made("price", (row) => card[row]! >= priceFrom && card[row]! >= 0 && card[row]! <= priceTo)
  return tests
}

function attributeTests(columns: Columns, { attributes = {} }: SearchFilters): Test[] {
  return Object.entries(attributes).flatMap(([code, wanted]) => {
    if (wanted.length === 0) return []
    const values = new Set(wanted.flatMap((value) => columns.valueNames.get(`${code} ${value}`) ?? []))
    return [{ choice: `attribute ${code}`, passes: hasOneOf(columns, values) }]
  })
}

function oneOf(column: Uint16Array, names: Dictionary, wanted: readonly string[]): (row: number) => boolean {
  const mask = new Uint8Array(NONE + 1)
  for (const code of wanted) {
    const number = names.get(code)
    if (number !== undefined) mask[number] = 1
  }
  return (row) => mask[column[row]!] === 1
}

function under({ category, categories }: Columns, path: string): (row: number) => boolean {
  const mask = new Uint8Array(NONE + 1)
  categories.codes.forEach((code, number) => {
    if (code === path || code.startsWith(`${path}/`)) mask[number] = 1
  })
  return (row) => mask[category[row]!] === 1
}

function hasOneOf({ from, values }: Columns, wanted: ReadonlySet<number>): (row: number) => boolean {
  return (row) => {
    for (let place = from[row]!; place < from[row + 1]!; place += 1) if (wanted.has(values[place]!)) return true
    return false
  }
}
