import { NOVEL_DAYS, type SearchFilters, type SearchSort } from "../document.ts"
import type { Wish } from "../understand.ts"

/** A question in SQL. Values are parameters; nothing that was typed is ever part of the text. */
export type Question = { text: string; values: unknown[]; bits: ReadonlyMap<string, number> }

export type Candidates =
  | { places: readonly number[] }
  | { wishes: readonly (Wish & { idf: number })[]; needed: number; broad: boolean }
  | "everything"

type Asked = {
  /** ingredients as they stand in the table; undefined when nothing is asked to be missing */
  leftOut: readonly string[] | undefined
  filters: SearchFilters
  sort: SearchSort
  offset: number
  limit: number
  zone: string
  today: number
  /** whether facets and prices are counted */
  isCounted: boolean
  candidates: Candidates
}

const MOST_CHOICES = 30
const ALL_WORDS = 1000 // matching one word more outweighs every score

/** Facets that are columns, and the SQL of their values. */
const COUNTED: readonly (readonly [choice: string, facet: string, value: string, least: string])[] = [
  ["brand", "brand", "brand", "brand is not null"],
  ["category", "category", "category", "category is not null"],
  ["country", "country", "country", "country is not null"],
  ["stars", "stars", "'4'", "stars >= 40"],
  ["stars", "stars", "'3'", "stars >= 30"],
  ["discounted", "discounted", "'yes'", "discount > 0"],
  ["novel", "novel", "'yes'", "is_novel"],
  ["available", "available", "'yes'", "shops > 0"],
  ["shop", "shop", "'yes'", "here"],
]

/**
 * One statement that finds, counts and pages: a row that fails no choice is found; one that fails a single choice is counted in that choice's own facet, so
 * that facets stay right under selection; the others are left out.
 */
export function questionFor({ filters, sort, offset, limit, zone, today, isCounted, candidates, leftOut }: Asked): Question {
  const values: unknown[] = []
  const put = (value: unknown, type: string): string => `$${values.push(value)}::${type}`
  const zoned = put(zone, "text")
  const shop = put(filters.shop ?? null, "text")
  const novelFrom = put(today - NOVEL_DAYS, "int")
  const choices = [...plainChoices(filters, put), ...attributeChoices(filters, put)].slice(0, MOST_CHOICES)
  const bits = new Map(choices.map(([choice], place) => [choice, 1 << place]))
  const failed = choices.map(([, passes], place) => `case when ${passes} then 0 else ${1 << place} end`).join(" + ") || "0"
  const bare = leftOut === undefined ? "true" : `cardinality(d.ingredients) > 0 and not (d.ingredients && ${put(leftOut, "text[]")})`
  const within = (choice: string) => (bits.has(choice) ? `failed in (0, ${bits.get(choice)!})` : "failed = 0")
  const attributes = Object.keys(filters.attributes ?? {}).filter((code) => bits.has(`attribute ${code}`))
  const ofAttribute = attributes
    .map((code) => `(failed = ${bits.get(`attribute ${code}`)!} and starts_with(v, ${put(`${code} `, "text")}))`)
    .join(" or ")
  const text = `
    with found as (${candidatesIn(candidates, put)}),
    seen as (
      select d.*, f.score, coalesce(own.card, main.card) card, coalesce(own.discount, main.discount, 0) discount, d.novel_day > ${novelFrom} is_novel,
             s.place is not null here
        from found f join search.document d using (place)
        left join search.document_price own on own.place = d.place and own.zone = ${zoned}
        left join search.document_price main on main.place = d.place and main.zone = 'main'
        left join search.document_stock s on s.place = d.place and s.shop = ${shop}
       where ${bare}),
    judged as (select *, ${failed} failed from seen),
    counted as materialized (select * from judged where failed & (failed - 1) = 0),
    facets as (
      ${COUNTED.map(([choice, facet, value, least]) => `select '${facet}' facet, ${value} code, count(*)::int count from counted where ${within(choice)} and ${least} group by 2 having count(*) > 0`).join(" union all ")}
      union all
      select 'value', v, count(*)::int from counted, unnest("values") v where failed = 0 ${ofAttribute && `or ${ofAttribute}`} group by 2)
    select (select count(*)::int from counted where failed = 0) total,
           array(select no from counted where failed = 0 order by ${ORDERS[sort]}, place offset ${put(offset, "int")} limit ${put(limit, "int")}) items,
           ${isCounted ? `(select json_build_object('least', min(card), 'most', max(card)) from counted where ${within("price")} and card is not null)` : "null"} price,
           ${isCounted ? "coalesce((select json_agg(facets) from facets), '[]')" : "'[]'::json"} facets,
           (select version from search.version) version`
  return { text, values, bits }
}

type Put = (value: unknown, type: string) => string
type Choice = readonly [choice: string, passes: string]

function plainChoices(filters: SearchFilters, put: Put): Choice[] {
  const { brand, country, category, stars, discounted, novel, available, shop, priceFrom = 0, priceTo = Infinity } = filters
  const choices: Choice[] = []
  if (brand?.length) choices.push(["brand", `coalesce(brand = any (${put(brand, "text[]")}), false)`])
  if (country?.length) choices.push(["country", `coalesce(country = any (${put(country, "text[]")}), false)`])
  if (category !== undefined)
    choices.push([
      "category",
      `coalesce(category = ${put(category, "text")} or starts_with(category, ${put(`${category}/`, "text")}), false)`,
    ])
  if (stars !== undefined) choices.push(["stars", `stars >= ${put(stars * 10, "int")}`])
  if (discounted) choices.push(["discounted", "discount > 0"])
  if (novel) choices.push(["novel", "is_novel"])
  if (available) choices.push(["available", "shops > 0"])
  if (shop !== undefined) choices.push(["shop", "here"])
  if (priceFrom > 0 || priceTo < Infinity) {
    const most = priceTo < Infinity ? ` and card <= ${put(priceTo, "int")}` : ""
    choices.push(["price", `coalesce(card >= ${put(priceFrom, "int")}${most}, false)`])
  }
  return choices
}

function attributeChoices({ attributes = {} }: SearchFilters, put: Put): Choice[] {
  return Object.entries(attributes).flatMap(([code, wanted]) =>
    wanted.length === 0
      ? []
      : [
          [
            `attribute ${code}`,
            `"values" && ${put(
              wanted.map((value) => `${code} ${value}`),
              "text[]",
            )}`,
          ] as const,
        ],
  )
}

function candidatesIn(candidates: Candidates, put: Put): string {
  if (candidates === "everything") return "select place, null::real score from search.document"
  if ("places" in candidates) return `select place, null::real score from unnest(${put(candidates.places, "int[]")}) place`
  const { wishes, needed, broad } = candidates
  const stems = wishes.flatMap(({ stems: of, idf }, wish) => [...of].map(([stem, sure]) => ({ wish, stem, worth: sure * idf })))
  const asked = `unnest(${put(
    stems.map(({ wish }) => wish),
    "int[]",
  )}, ${put(
    stems.map(({ stem }) => stem),
    "text[]",
  )}, ${put(
    stems.map(({ worth }) => worth),
    "real[]",
  )})`
  return `select place, (sum(worth) + ${broad ? `count(*) * ${ALL_WORDS}` : "0"})::real score
            from (select a.wish, p.place, max(a.worth * p.weight / (p.weight + d.norm)) worth
                    from ${asked} as a(wish, stem, worth) join search.posting p using (stem) join search.document d using (place)
                   group by 1, 2) hits
           group by place having count(*) >= ${put(needed, "int")}`
}

const ORDERS: Readonly<Record<SearchSort, string>> = {
  relevance: "coalesce(score, 0) + ln(1 + popularity) * 0.02 + case when shops > 0 then 0.05 else 0 end desc",
  popular: "popularity desc",
  cheap: "card asc nulls last",
  dear: "card desc nulls last",
  new: "novel_day desc",
  rating: "esteem desc",
  discount: "discount desc",
}
