import { addAttributes, type Attribute, type Category, putAttributes, putCategories, slugOf } from "@mila/catalog"
import { type Localized, statement, type Tx } from "@mila/kernel"
import { shopsByCode } from "@mila/shops"
import type { CategoryFact, Fact, PriceTypeFact, PropertyFact, WarehouseFact } from "../reading/facts.ts"
import { meaningOf, priceMeaning } from "./meaning-rules.ts"

type KnownCategory = { id: string; parent: string | null; name: string; path: string | null; moved: boolean }

const putCategoriesSaid = statement<never>(
  "exchange.put_categories",
  `insert into exchange.category as known (source, id, parent, name) select $1, id, parent, name
   from jsonb_to_recordset($2::jsonb) as given(id text, parent text, name text)
   on conflict (source, id) do update set name = excluded.name, parent = excluded.parent,
     path = case when known.parent is distinct from excluded.parent then null else known.path end`,
)
const categoriesOf = statement<KnownCategory>(
  "exchange.categories_of",
  "select id, parent, name, path from exchange.category where source = $1 order by id",
)
const pathsTaken = statement<{ path: string }>("exchange.paths_taken", "select path from exchange.category where path is not null")
const placeCategories = statement<never>(
  "exchange.place_categories",
  `update exchange.category set path = given.path from unnest($2::text[], $3::text[]) as given(id, path) where source = $1 and category.id = given.id`,
)
const putProperties = statement<never>(
  "exchange.put_properties",
  `insert into exchange.property as known (source, id, name, attribute, closed, values) select $1, id, name, attribute, closed, values
   from jsonb_to_recordset($2::jsonb) as given(id text, name text, attribute text, closed boolean, values jsonb)
   on conflict (source, id) do update set name = excluded.name, closed = excluded.closed, values = known.values || excluded.values`,
)
const putPriceTypes = statement<never>(
  "exchange.put_price_types",
  `insert into exchange.price_type as known (source, id, name, currency, means) select $1, id, name, currency, means
   from jsonb_to_recordset($2::jsonb) as given(id text, name text, currency text, means text)
   on conflict (source, id) do update set name = excluded.name, currency = excluded.currency,
     means = case when known.chosen or known.name = excluded.name then known.means else excluded.means end`,
)
const someRegular = statement<never>(
  "exchange.some_regular_price",
  `update exchange.price_type set means = 'regular' where source = $1 and id = (
     select id from exchange.price_type where source = $1 and means = 'nothing' and not chosen order by id limit 1)
   and not exists (select from exchange.price_type where source = $1 and means = 'regular')`,
)
const putWarehouses = statement<never>(
  "exchange.put_warehouses",
  `insert into exchange.warehouse as known (source, id, name, shop) select $1, id, name, shop
   from jsonb_to_recordset($2::jsonb) as given(id text, name text, shop text)
   on conflict (source, id) do update set name = excluded.name, shop = case when known.chosen then known.shop else coalesce(excluded.shop, known.shop) end`,
)

/** A word as the source has it, in all three languages until somebody translates it. */
export const said = (text: string): Localized => ({ ru: text, be: text, en: text })

/** Takes the words a file names: categories, properties, types of price and warehouses. */
export async function applyWords(tx: Tx, { source, facts, at }: { source: string; facts: readonly Fact[]; at: Date }): Promise<void> {
  const of = <K extends Fact["kind"]>(kind: K): Extract<Fact, { kind: K }>[] => {
    const found = facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
    return [...new Map(found.map((fact) => [fact.id, fact])).values()]
  }
  await applyCategories(tx, source, of("category"))
  await applyProperties(tx, { source, properties: of("property"), at })
  await applyPriceTypes(tx, source, of("price_type"))
  await applyWarehouses(tx, source, of("warehouse"))
}

async function applyCategories(tx: Tx, source: string, given: readonly CategoryFact[]): Promise<void> {
  if (given.length > 0) await putCategoriesSaid(tx, [source, JSON.stringify(given)])
}

const MOST_LEVELS = 8
const NAME = 200

/** Gives each category its place in our tree, once all of them are named; a place once given stays. */
export async function placeCategoriesOf(tx: Tx, source: string): Promise<void> {
  const all = await categoriesOf(tx, [source])
  const byId = new Map(all.map((category) => [category.id, category]))
  const taken = new Set((await pathsTaken(tx, [])).map(({ path }) => path))
  const placed: KnownCategory[] = []
  const pathOf = (category: KnownCategory, seen: ReadonlySet<string>): string => {
    if (category.path !== null) return category.path
    const above = category.parent === null ? undefined : byId.get(category.parent)
    const parent = above && !seen.has(above.id) ? pathOf(above, new Set([...seen, category.id])) : ""
    const within = parent
      .split("/")
      .slice(0, MOST_LEVELS - 1)
      .filter(Boolean)
    const plain = [...within, slugOf(category.name, 60) || "razdel"].join("/")
    let path = plain
    for (let no = 2; taken.has(path); no += 1) path = `${plain}-${no}`
    taken.add(path)
    category.path = path
    placed.push(category)
    return path
  }
  const named: Category[] = all.map((category) => ({
    path: pathOf(category, new Set([category.id])),
    name: said(category.name.slice(0, NAME)),
  }))
  await placeCategories(tx, [source, placed.map(({ id }) => id), placed.map(({ path }) => path)])
  if (named.length > 0) await putCategories(tx, named)
}

/** The code of an attribute or of a value, from its name. */
export const codeOf = (name: string): string => slugOf(name, 60).replaceAll("-", "_") || "drugoe"

async function applyProperties(
  tx: Tx,
  { source, properties, at }: { source: string; properties: readonly PropertyFact[]; at: Date },
): Promise<void> {
  if (properties.length === 0) return
  await putProperties(tx, [source, JSON.stringify(properties.map((property) => ({ ...property, attribute: codeOf(property.name) })))])
  const attributes: Attribute[] = properties.flatMap(({ name, closed, values }, position) =>
    meaningOf(name) === undefined
      ? [{ code: codeOf(name), name: said(name.slice(0, NAME)), filtered: closed, position, values: valuesOf(Object.values(values)) }]
      : [],
  )
  const once = [...new Map(attributes.map((attribute) => [attribute.code, attribute])).values()]
  await putAttributes(
    tx,
    once.filter(({ filtered }) => filtered),
    { at },
  )
  await addAttributes(
    tx,
    once.filter(({ filtered }) => !filtered),
    { at },
  )
}

/** Values by their names; two names that are written alike are one value. */
export function valuesOf(names: readonly string[]): Attribute["values"] {
  const values = names.map((name) => ({ code: codeOf(name), name: said(name.slice(0, NAME)) }))
  return [...new Map(values.map((value) => [value.code, value])).values()]
}

async function applyPriceTypes(tx: Tx, source: string, given: readonly PriceTypeFact[]): Promise<void> {
  if (given.length === 0) return
  await putPriceTypes(tx, [source, JSON.stringify(given.map((type) => ({ ...type, means: priceMeaning(type.name) })))])
  await someRegular(tx, [source])
}

/** A warehouse is the shop whose code is its id, its name or a word of its name, when there is exactly one such. */
async function applyWarehouses(tx: Tx, source: string, given: readonly WarehouseFact[]): Promise<void> {
  if (given.length === 0) return
  const tokens = new Map(
    given.map(({ id, name }) => [id, [id, name.trim(), ...name.split(/[^\p{L}\p{N}._-]+/u)].filter((code) => CODE.test(code))]),
  )
  const known = await shopsByCode(tx, [...tokens.values()].flat())
  const rows = given.map(({ id, name }) => {
    const shops = new Set(tokens.get(id)!.filter((code) => known.has(code)))
    return { id, name, shop: shops.size === 1 ? [...shops][0]! : null }
  })
  await putWarehouses(tx, [source, JSON.stringify(rows)])
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/
