import { type Day, type Localized, statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import { type Product, productsPut, type Put } from "./put-products.ts"
import { putBrands } from "./put-words.ts"
import { refuse } from "./refusals.ts"
import { freeSlug, slugOf } from "./slug-rules.ts"

export type NetUnit = "ml" | "g" | "pcs" | "m"

/** Who made it or brought it into the country: what a shop must show (Law 90-Z, article 7). */
export type Company = { name: string; address: string }

/** A photograph among the media, by its print, with its size in pixels; or a packshot that is drawn. */
export type Picture = { kept: string; width: number; height: number } | { drawn: Packshot }

/** A drawn packshot: what it is, its colours `#rrggbb`, and the words on it. */
export type Packshot = {
  shape: string
  colours: readonly string[]
  brand: string
  line: string
}

/** What is sold: one of a group's variants. */
export type Variant = Omit<Product, "brand" | "category"> & {
  /** what sets it apart: «тон 03»; null when there is but one */
  label: Localized | null
  /** by code of attribute: codes of values */
  attributes: Readonly<Record<string, readonly string[]>>
  /** what is in it, for the price of a unit */
  net: { amount: number; unit: NetUnit } | null
  picture?: Picture | null
}

/** A thing with its variants (schema.org ProductGroup): one page of the shop. */
export type ProductGroup = {
  /** the name it is known by where it comes from, for ever: 1C's «Ид» */
  code: string
  name: Localized
  brand: string | null
  /** path of a category */
  category: string | null
  description: Localized | null
  application: Localized | null
  /** as printed on the package, INCI names with commas between */
  composition: string | null
  maker: Company | null
  importer: Company | null
  /** where it was made, ISO 3166-1 alpha-2 */
  country: string | null
  shelfLifeMonths: number | null
  /** months it may be used once opened (PAO) */
  openedMonths: number | null
  /** whether it may be brought back in good order: always, sealed only, never (Resolution 778/2002, Law 90-Z article 28) */
  returns: "standard" | "sealed_only" | "never"
  attributes: Readonly<Record<string, readonly string[]>>
  pictures: readonly Picture[]
  /** of a set: what is in it */
  madeOf: readonly { sku: string; pieces: number }[]
  state: "shown" | "hidden"
  novelSince: Day | null
  variants: readonly Variant[]
}

const put = statement<{ no: number; code: string }>(
  "catalog.put_groups",
  `insert into catalog.product_group as known (code, slug, name, brand, category, description, application, composition, maker, importer, country,
     shelf_life_months, opened_months, returns, attributes, pictures, made_of, state, novel_since, popularity, touched_at)
   select code, slug, name, brand, category, description, application, composition, maker, importer, country,
     shelf_life_months, opened_months, returns, attributes, pictures, made_of, state, novel_since, coalesce(popularity, 0), $2::timestamptz
   from jsonb_to_recordset($1::jsonb) as given(code text, slug text, name jsonb, brand text, category text, description jsonb, application jsonb,
     composition text, maker jsonb, importer jsonb, country text, shelf_life_months int, opened_months int, returns text, attributes jsonb,
     pictures jsonb, made_of jsonb, state text, novel_since date, popularity int)
   on conflict (code) do update set name = excluded.name, brand = excluded.brand, category = excluded.category, description = excluded.description,
     application = excluded.application, composition = excluded.composition, maker = excluded.maker, importer = excluded.importer,
     country = excluded.country, shelf_life_months = excluded.shelf_life_months, opened_months = excluded.opened_months, returns = excluded.returns,
     attributes = excluded.attributes, pictures = excluded.pictures, made_of = excluded.made_of, state = excluded.state,
     novel_since = coalesce(known.novel_since, excluded.novel_since), touched_at = excluded.touched_at
   where (known.name, known.brand, known.category, known.description, known.application, known.composition, known.maker, known.importer, known.country,
       known.shelf_life_months, known.opened_months, known.returns, known.attributes, known.pictures, known.made_of, known.state, known.novel_since)
     is distinct from (excluded.name, excluded.brand, excluded.category, excluded.description, excluded.application, excluded.composition, excluded.maker,
       excluded.importer, excluded.country, excluded.shelf_life_months, excluded.opened_months, excluded.returns, excluded.attributes, excluded.pictures,
       excluded.made_of, excluded.state, coalesce(known.novel_since, excluded.novel_since))
   returning no, code`,
)
const putVariants = statement<{ sku: string }>(
  "catalog.put_variants",
  `update catalog.product set group_no = given.group_no, label = given.label, attributes = given.attributes, position = given.position,
     net_amount = given.net_amount, net_unit = given.net_unit, picture = given.picture, hidden = false
   from jsonb_to_recordset($1::jsonb) as given(sku text, group_no int, label jsonb, attributes jsonb, position int, net_amount numeric,
     net_unit text, picture jsonb)
   where product.sku = given.sku
     and (product.group_no, product.label, product.attributes, product.position, product.net_amount, product.net_unit, product.picture, product.hidden)
       is distinct from (given.group_no, given.label, given.attributes, given.position, given.net_amount, given.net_unit, given.picture, false)
   returning product.sku`,
)
const withdraw = statement<{ no: number }>(
  "catalog.withdraw_variants",
  `update catalog.product set hidden = true where group_no = any($1::int[]) and not hidden and sku not in (select unnest($2::text[]))
   returning group_no as no`,
)
const known = statement<{ no: number; code: string; slug: string }>(
  "catalog.slugs_of",
  `select no, code, slug from catalog.product_group where code in (select unnest($1::text[]))
   union select no, code, slug from catalog.product_group where slug in (select unnest($2::text[]))`,
)
const hideNamed = statement<{ no: number }>(
  "catalog.hide_named",
  "update catalog.product_group set state = 'hidden' where code = any($1::text[]) and state = 'shown' returning no",
)
const rated = statement<{ no: number }>(
  "catalog.rate_groups",
  `update catalog.product_group set stars_sum = given.sum, stars_count = given.count
     from unnest($1::int[], $2::int[], $3::int[]) given(no, sum, count) where product_group.no = given.no returning product_group.no`,
)

/**
 * Puts things in with all their variants, or brings them up to date by code; a variant that is not named any more is hidden. An address once given stays; brands nobody named yet are added. What is as it was is not
 * written, and who keeps a copy reads anew what is more than repriced.
 * Errors: category_not_found, barcode_invalid, card_price_above_regular: then nothing is written. Harmless twice.
 */
export async function putGroups(tx: Tx, groups: readonly (ProductGroup & { popularity?: number })[], { at }: { at: Date }): Promise<Put> {
  const byCode = new Map(groups.map((group) => [group.code, group]))
  const given = [...byCode.values()].toSorted((one, other) => (one.code < other.code ? -1 : 1))
  const brands = new Set(given.flatMap(({ brand }) => (brand === null ? [] : [brand])))
  await addBrands(tx, [...brands], at)
  const products = given.flatMap(({ variants, brand, category }) => variants.map((variant) => ({ ...variant, brand, category })))
  const { renamed, ...result } = await productsPut(tx, products, { at })
  const { slugs, there } = await slugsFor(tx, given)
  const rows = await put(tx, [JSON.stringify(given.map((group) => rowOf(group, slugs.get(group.code)!))), at])
  const numbers = new Map([...there, ...rows].map(({ code, no }) => [code, no]))
  const variants = given.flatMap(({ code, variants }) =>
    variants.map((variant, position) => variantRow(variant, { group: numbers.get(code)!, position })),
  )
  for (const { sku } of await putVariants(tx, [JSON.stringify(variants)])) renamed.add(sku)
  const gone = await withdraw(tx, [given.map(({ code }) => numbers.get(code)!), variants.map(({ sku }) => sku)])
  const changed = new Set([
    ...[...rows, ...gone].map(({ no }) => no),
    ...variants.flatMap(({ sku, group_no }) => (renamed.has(sku) ? [group_no] : [])),
  ])
  await noteChange(tx, { what: "groups", place: null, numbers: [...changed], at })
  return result
}

/** Hides the things with these codes; codes nobody knows are passed over. Nothing is ever deleted. Answers how many were shown until now. */
export async function hideGroups(tx: Tx, { codes, at }: { codes: readonly string[]; at: Date }): Promise<number> {
  const hidden = await hideNamed(tx, [codes])
  await noteChange(tx, { what: "groups", place: null, numbers: hidden.map(({ no }) => no), at })
  return hidden.length
}

export type Rating = { no: number; sum: number; count: number }

/** What its buyers gave a thing in all: the sum of stars and of how many. Refuses `product_group_not_found`. */
export async function rateGroup(tx: Tx, { at, ...rating }: Rating & { at: Date }): Promise<void> {
  await rateGroups(tx, [rating], { at })
}

/** The same of many things with one statement. Refuses `product_group_not_found`: then none is rated. */
export async function rateGroups(tx: Tx, ratings: readonly Rating[], { at }: { at: Date }): Promise<void> {
  const numbers = ratings.map(({ no }) => no)
  const known = new Set((await rated(tx, [numbers, ratings.map(({ sum }) => sum), ratings.map(({ count }) => count)])).map(({ no }) => no))
  const unknown = numbers.find((no) => !known.has(no))
  if (unknown !== undefined) refuse("product_group_not_found", { no: unknown })
  await noteChange(tx, { what: "groups", place: null, numbers, at })
}

const missingBrands = statement<{ name: string }>(
  "catalog.brands_missing",
  "select name from unnest($1::text[]) name where not exists (select from catalog.brand known where known.name = name.name)",
)

async function addBrands(tx: Tx, names: readonly string[], at: Date): Promise<void> {
  const missing = await missingBrands(tx, [names])
  await putBrands(
    tx,
    missing.map(({ name }) => ({ name, country: null, spoken: [] })),
    { at },
  )
}

/** An address says the name and, where another has that already, the code too. */
async function slugsFor(
  tx: Tx,
  groups: readonly ProductGroup[],
): Promise<{ slugs: Map<string, string>; there: { no: number; code: string }[] }> {
  const wanted = groups.map(({ name }) => slugOf(name.ru) || "tovar")
  const rows = await known(tx, [groups.map(({ code }) => code), wanted])
  const kept = new Map(rows.map(({ code, slug }) => [code, slug]))
  const taken = new Set(rows.map(({ slug }) => slug))
  const slugs = new Map(
    groups.map(({ code }, place) => {
      const plain = wanted[place]!
      const slug = kept.get(code) ?? (taken.has(plain) ? freeSlug(`${plain}-${slugOf(code, 40) || "o"}`, taken) : plain)
      taken.add(slug)
      return [code, slug]
    }),
  )
  return { slugs, there: rows }
}

function rowOf(group: ProductGroup & { popularity?: number }, slug: string) {
  const { variants: _, shelfLifeMonths, openedMonths, madeOf, novelSince, ...same } = group
  return { ...same, slug, shelf_life_months: shelfLifeMonths, opened_months: openedMonths, made_of: madeOf, novel_since: novelSince }
}

function variantRow({ sku, label, attributes, net, picture = null }: Variant, { group, position }: { group: number; position: number }) {
  return { ...{ sku, label, attributes, position, picture }, group_no: group, net_amount: net?.amount ?? null, net_unit: net?.unit ?? null }
}
