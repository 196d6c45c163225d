import type { Facet, SearchFilters } from "./document.ts"

/** How many of the hits have each value; `value` codes are `attribute value`. */
export type Counts = readonly { facet: string; code: string; count: number }[]

type Value = Facet["values"][number]

/** Facets that have anything to choose, attributes in the order they are counted in, values most frequent first; what is chosen stays in sight when nothing of it is left. */
export function facetsOf(counts: Counts, filters: SearchFilters): Facet[] {
  const byFacet = Map.groupBy(counts, ({ facet }) => facet)
  const of = (facet: string) => byFacet.get(facet) ?? []
  const chosenYes = { discounted: filters.discounted, novel: filters.novel, available: filters.available, shop: filters.shop !== undefined }
  const yes = (code: keyof typeof chosenYes): Facet => ({ code, values: listed(of(code), chosenYes[code] ? ["yes"] : []) })
  const facets: Facet[] = [
    { code: "category", values: rolledUp(of("category"), filters.category) },
    { code: "brand", values: listed(of("brand"), filters.brand) },
    ...attributeFacets(of("value"), filters.attributes ?? {}),
    { code: "country", values: listed(of("country"), filters.country) },
    {
      code: "stars",
      values: listed(of("stars"), filters.stars === undefined ? [] : [String(filters.stars)])
        .toSorted(byCode)
        .toReversed(),
    },
    ...[yes("discounted"), yes("novel")],
    ...(filters.shop === undefined ? [] : [yes("shop")]),
    yes("available"),
  ]
  return facets.filter(({ values }) => values.length > 0)
}

function attributeFacets(counts: Counts, chosen: NonNullable<SearchFilters["attributes"]>): Facet[] {
  const byAttribute = Map.groupBy(counts, ({ code }) => code.slice(0, code.indexOf(" ")))
  return [...byAttribute]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, values]) => {
      const own = values.map(({ code: named, count }) => ({ code: named.slice(code.length + 1), count }))
      return { code, values: listed(own, chosen[code]) }
    })
}

const byCode = (one: Value, other: Value): number => (one.code < other.code ? -1 : 1)
const byCount = (one: Value, other: Value): number => other.count - one.count || byCode(one, other)

function listed(counts: Pick<Value, "code" | "count">[] | Counts, chosen: readonly string[] = []): Value[] {
  const wanted = new Set(chosen)
  if (counts.length === 0 && chosen.length === 0) return []
  const there = counts.map(({ code, count }) => ({ code, count, chosen: wanted.delete(code) || chosen.includes(code) }))
  return [...there, ...[...wanted].map((code) => ({ code, count: 0, chosen: true }))].toSorted(byCount)
}

/** A category counts what is in it and under it. */
function rolledUp(counts: Counts, chosen: string | undefined): Value[] {
  const sums = new Map<string, number>()
  for (const { code: path, count } of counts) {
    const parts = path.split("/")
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const above = parts.slice(0, depth).join("/")
      sums.set(above, (sums.get(above) ?? 0) + count)
    }
  }
  if (chosen !== undefined && !sums.has(chosen)) sums.set(chosen, 0)
  return [...sums].map(([code, count]) => ({ code, count, chosen: code === chosen })).toSorted(byCount)
}
