import { closeTestDatabases, ownDb } from "@mila/db/testing"
import fc from "fast-check"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import type { SearchDocument, SearchFilters, SearchPrice, SearchSort } from "./document.ts"
import { type IndexData, MemoryIndex, PostgresSearch, type SearchEngine } from "./index.ts"
import { aDocument, passes, someWords } from "./testing.ts"

const TODAY = 20_000
const SHOPS = ["0001", "0002"]

type Item = { document: SearchDocument; price: SearchPrice; shops: string[] }

const item = fc
  .record({
    brand: fc.constantFrom(null, "Garnier", "L'Oréal Paris", "Белита"),
    category: fc.constantFrom(null, "face", "face/creams", "hair"),
    country: fc.constantFrom(null, "BY", "FR"),
    skin: fc.subarray(["dry", "oily"]),
    good: fc.subarray(["vegan"]),
    ingredients: fc.subarray(["Aqua", "Parfum (Fragrance)", "Methylparaben, парабены", "Linalool"]),
    novelDay: fc.option(fc.integer({ min: TODAY - 100, max: TODAY }), { nil: null }),
    stars: fc.constantFrom({ sum: 0, count: 0 }, { sum: 9, count: 2 }, { sum: 3, count: 1 }, { sum: 8, count: 2 }),
    popularity: fc.nat(5),
    regular: fc.integer({ min: 100, max: 900 }),
    off: fc.nat(90),
    before: fc.option(fc.integer({ min: 100, max: 1500 }), { nil: null }),
    shops: fc.subarray(SHOPS),
  })
  .map(({ skin, good, regular, off, before, shops, ...rest }): Item => {
    const document = aDocument({ ...rest, attributes: { skin, good } })
    return { document, shops, price: { product: document.products[0]!, zone: "main", regular, card: regular - off, before } }
  })

const filters: fc.Arbitrary<SearchFilters> = fc.record(
  {
    brand: fc.subarray(["Garnier", "Белита", "Nobody"]),
    category: fc.constantFrom("face", "face/creams", "hair", "nowhere"),
    country: fc.subarray(["BY", "FR"]),
    attributes: fc.record({ skin: fc.subarray(["dry", "oily"]), good: fc.subarray(["vegan"]) }),
    priceFrom: fc.integer({ min: 0, max: 500 }),
    priceTo: fc.integer({ min: 300, max: 900 }),
    discounted: fc.boolean(),
    novel: fc.boolean(),
    stars: fc.constantFrom(3, 4),
    shop: fc.constantFrom("0001", "0002", "0003"),
    available: fc.boolean(),
    without: fc.subarray(["aqua", "PARFUM", "парабен", "Nothing"]),
  },
  { requiredKeys: [] },
)

const dataOf = (items: readonly Item[]): IndexData => ({
  ...{ documents: items.map(({ document }) => document), words: someWords, prices: items.map(({ price }) => price), version: 1 },
  stock: new Map(
    SHOPS.map((shop) => [shop, items.filter(({ shops }) => shops.includes(shop)).map(({ document }) => document.products[0]!)]),
  ),
})

type Changing = SearchEngine & {
  setPrices(prices: readonly SearchPrice[], version: number): void | Promise<void>
  setStock(
    shop: string,
    stock: readonly { product: number; there: boolean }[],
    of: { whole: boolean; version: number },
  ): void | Promise<void>
  setPopularity(popular: readonly { no: number; popularity: number }[], version: number): void | Promise<void>
}

const own = await ownDb()
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

/** Every engine there is: what one interface promises, each of them keeps. */
const ENGINES: readonly { name: string; runs: number; open: (data: IndexData) => Promise<Changing> }[] = [
  { name: "in memory", runs: 300, open: (data) => Promise.resolve(new MemoryIndex(data)) },
  {
    ...{ name: "in PostgreSQL", runs: 60 },
    async open(data) {
      const engine = new PostgresSearch(own.db)
      await engine.make(data)
      return engine
    },
  },
]

const passing = (items: readonly Item[], wanted: SearchFilters): Item[] =>
  items.filter(({ document, price, shops }) => passes(document, wanted, { price, shops, today: TODAY }))

/** Without the choice itself: what its own facet is counted over. */
function without(wanted: SearchFilters, choice: string): SearchFilters {
  if (choice === "skin" || choice === "good") return { ...wanted, attributes: { ...wanted.attributes, [choice]: [] } }
  const { [choice as keyof SearchFilters]: _, ...others } = wanted
  return others
}

const VALUES: Readonly<Record<string, (item: Item) => string[]>> = {
  brand: ({ document }) => (document.brand === null ? [] : [document.brand]),
  country: ({ document }) => (document.country === null ? [] : [document.country]),
  category: ({ document: { category } }) =>
    category === null ? [] : category.includes("/") ? [category.split("/")[0]!, category] : [category],
  skin: ({ document }) => [...(document.attributes["skin"] ?? [])],
  good: ({ document }) => [...(document.attributes["good"] ?? [])],
  stars: ({ document: { stars } }) =>
    ["4", "3"].filter((least) => stars.count > 0 && Math.floor((stars.sum * 10) / stars.count) >= Number(least) * 10),
  available: ({ shops }) => (shops.length > 0 ? ["yes"] : []),
  novel: ({ document }) => (document.novelDay !== null && document.novelDay > TODAY - 45 ? ["yes"] : []),
}

for (const { name, runs, open } of ENGINES) {
  test(`hits and the counts of every facet are those of a plain recount, whatever is chosen: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 25 }), filters, async (items, wanted) => {
        const index = await open(dataOf(items))
        const { total, items: found, facets, price } = await index.search({ filters: wanted, today: TODAY, limit: 100 })
        const uncounted = await index.search({ filters: wanted, today: TODAY, limit: 100, facets: false })
        assert.deepEqual([uncounted.items, uncounted.total, uncounted.facets, uncounted.price], [found, total, [], null])
        const expected = passing(items, wanted)
        assert.equal(total, expected.length)
        assert.deepEqual(new Set(found), new Set(expected.map(({ document }) => document.no)))
        for (const [code, valuesOf] of Object.entries(VALUES)) {
          const counts = new Map<string, number>()
          for (const one of passing(items, without(wanted, code)))
            for (const value of valuesOf(one)) counts.set(value, (counts.get(value) ?? 0) + 1)
          const told = facets.find((facet) => facet.code === code)?.values ?? []
          assert.deepEqual(
            Object.fromEntries(told.filter(({ count }) => count > 0).map((value) => [value.code, value.count])),
            Object.fromEntries(counts),
            code,
          )
        }
        const { priceFrom: _, priceTo: __, ...others } = wanted
        const prices = passing(items, others).map((one) => one.price.card)
        assert.deepEqual(price, prices.length === 0 ? null : { least: Math.min(...prices), most: Math.max(...prices) })
      }),
      { numRuns: runs },
    )
  })

  test(`every order is kept, and pages put together are the whole: ${name}`, async () => {
    const keyOf: Record<Exclude<SearchSort, "relevance">, (item: Item) => number> = {
      popular: ({ document }) => document.popularity,
      cheap: ({ price }) => -price.card,
      dear: ({ price }) => price.card,
      new: ({ document }) => document.novelDay ?? -1,
      rating: ({ document: { stars } }) => (stars.sum + 20) / (stars.count + 5),
      discount: ({ price }) =>
        Math.floor(((Math.max(price.regular, price.before ?? 0) - price.card) * 100) / Math.max(price.regular, price.before ?? 0)),
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 30 }),
        fc.constantFrom(...(Object.keys(keyOf) as (keyof typeof keyOf)[])),
        fc.integer({ min: 1, max: 7 }),
        async (items, sort, limit) => {
          const index = await open(dataOf(items))
          const pages: number[] = []
          for (let offset = 0; offset < items.length; offset += limit)
            pages.push(...(await index.search({ sort, offset, limit, today: TODAY })).items)
          const places = new Map(items.map(({ document }, place) => [document.no, place]))
          const expected = items
            .map((one, place) => ({ key: Math.fround(keyOf[sort](one)), place, no: one.document.no }))
            .toSorted((one, other) => other.key - one.key || one.place - other.place)
          assert.deepEqual(
            pages.map((no) => places.get(no)),
            expected.map(({ place }) => place),
          )
        },
      ),
      { numRuns: runs },
    )
  })

  test(`an ingredient is left out by any part of what it is called, in any letters; what nobody knows is not offered, and what is in nothing is told: ${name}`, async () => {
    const lists = [["Aqua", "Parfum (Fragrance)"], ["Fragrance (Parfum)"], ["PARFUM/FRAGRANCE"], ["Methylparaben, парабены"], ["Мёд"], []]
    const documents = lists.map((ingredients) => aDocument({ ingredients }))
    const index = await open({ documents, words: someWords, prices: [], stock: new Map(), version: 1 })
    const left = async (...without: string[]) => {
      const { items, heldByNone } = await index.search({ filters: { without }, today: TODAY })
      return [documents.flatMap(({ no }, place) => (items.includes(no) ? [place] : [])), heldByNone]
    }
    for (const word of ["Parfum", "parfum", " FRAGRANCE ", "Parfum (Fragrance)", "Fragrance/Parfum"])
      assert.deepEqual(await left(word), [[3, 4], []], word)
    assert.deepEqual(await left("paraben"), [[0, 1, 2, 4], []])
    assert.deepEqual(await left("Парабен", "мед"), [[0, 1, 2], []])
    assert.deepEqual(await left("абракадабра"), [[0, 1, 2, 3, 4], ["абракадабра"]])
    assert.deepEqual(await left("parfum", "абракадабра"), [[3, 4], ["абракадабра"]])
    assert.deepEqual(await left(" "), [[0, 1, 2, 3, 4, 5], []], "no word at all")
  })

  test(`a price or a count that changes is found at the next question: ${name}`, async () => {
    const one = aDocument({ products: [901, 902] })
    const price = (product: number, card: number): SearchPrice => ({ product, zone: "main", regular: 1000, card, before: null })
    const index = await open({
      documents: [one],
      words: someWords,
      prices: [price(901, 900), price(902, 950)],
      stock: new Map(),
      version: 1,
    })
    const cheap = { filters: { priceTo: 800 }, today: TODAY }
    assert.equal((await index.search(cheap)).total, 0)
    await index.setPrices([price(902, 700)], 2)
    assert.equal((await index.search(cheap)).total, 1)
    assert.deepEqual((await index.search({ today: TODAY })).price, { least: 700, most: 700 })
    await index.setPrices([{ ...price(902, 600), zone: "east" }], 3)
    assert.deepEqual((await index.search({ today: TODAY, zone: "east" })).price, { least: 600, most: 600 })
    assert.deepEqual((await index.search({ today: TODAY, zone: "unknown" })).price, { least: 700, most: 700 })
    await index.setStock("0001", [{ product: 902, there: true }], { whole: false, version: 4 })
    assert.equal((await index.search({ filters: { shop: "0001" }, today: TODAY })).total, 1)
    await index.setStock("0001", [{ product: 902, there: false }], { whole: false, version: 5 })
    assert.equal((await index.search({ filters: { available: true }, today: TODAY })).total, 0)
  })

  test(`what is bought more comes first from the next question on: ${name}`, async () => {
    const [one, other] = [aDocument({ popularity: 5 }), aDocument({ popularity: 2 })]
    const index = await open({ documents: [one, other], words: someWords, prices: [], stock: new Map(), version: 1 })
    const order = async () => (await index.search({ sort: "popular", today: TODAY })).items
    assert.deepEqual(await order(), [one.no, other.no])
    await index.setPopularity(
      [
        { no: other.no, popularity: 7 },
        { no: 999_999, popularity: 50 },
      ],
      2,
    )
    assert.deepEqual(await order(), [other.no, one.no])
    assert.equal((await index.search({ today: TODAY })).version, 2)
  })
}
