import { type Localized, statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import { freeSlug, slugOf } from "./slug-rules.ts"

export type Brand = {
  name: string
  /** ISO 3166-1 alpha-2 */
  country: string | null
  /** how people say and write it otherwise: «лореаль» for L'Oréal */
  spoken: readonly string[]
}

export type Attribute = {
  /** `skin_type`, `shade` */
  code: string
  name: Localized
  /** whether shoppers choose by it */
  filtered: boolean
  position: number
  values: readonly { code: string; name: Localized; /** `#c2185b`, where the value is a colour */ swatch?: string | null }[]
}

/** A kind of goods and the attributes that belong to it. */
export type Family = { code: string; name: Localized; attributes: readonly string[] }

const brands = statement<never>(
  "catalog.put_brands",
  `insert into catalog.brand (name, slug, country, country_told, spoken)
   select name, slug, country, country is not null, array(select jsonb_array_elements_text(spoken))
   from jsonb_to_recordset($1::jsonb) as given(name text, slug text, country text, spoken jsonb)
   on conflict (name) do update set country = coalesce(excluded.country, brand.country), country_told = brand.country_told or excluded.country_told,
     spoken = case when excluded.spoken = '{}' then brand.spoken else excluded.spoken end`,
)
const slugsTaken = statement<{ slug: string; name: string }>("catalog.brand_slugs", "select slug, name from catalog.brand")
const attributes = statement<{ code: string }>(
  "catalog.put_attributes",
  `insert into catalog.attribute (code, name, filtered, position)
   select code, name, filtered, position from jsonb_to_recordset($1::jsonb) as given(code text, name jsonb, filtered boolean, position int)
   on conflict (code) do update set name = excluded.name, filtered = excluded.filtered, position = excluded.position
   where (attribute.name, attribute.filtered, attribute.position) is distinct from (excluded.name, excluded.filtered, excluded.position)
   returning code`,
)
const values = statement<{ code: string }>(
  "catalog.put_attribute_values",
  `insert into catalog.attribute_value (attribute, code, name, swatch, position)
   select attribute, code, name, swatch, position
   from jsonb_to_recordset($1::jsonb) as given(attribute text, code text, name jsonb, swatch text, position int)
   on conflict (attribute, code) do update set name = excluded.name, swatch = excluded.swatch, position = excluded.position
   where (attribute_value.name, attribute_value.swatch, attribute_value.position) is distinct from (excluded.name, excluded.swatch, excluded.position)
   returning code`,
)
const newAttributes = statement<{ code: string }>(
  "catalog.add_attributes",
  `insert into catalog.attribute (code, name, filtered, position)
   select code, name, filtered, position from jsonb_to_recordset($1::jsonb) as given(code text, name jsonb, filtered boolean, position int)
   on conflict (code) do nothing returning code`,
)
const newValues = statement<{ code: string }>(
  "catalog.add_attribute_values",
  `insert into catalog.attribute_value (attribute, code, name, swatch, position)
   select attribute, code, name, swatch, position
   from jsonb_to_recordset($1::jsonb) as given(attribute text, code text, name jsonb, swatch text, position int)
   on conflict (attribute, code) do nothing returning code`,
)
const families = statement<never>(
  "catalog.put_families",
  `insert into catalog.family (code, name, attributes)
   select code, name, array(select jsonb_array_elements_text(attributes))
   from jsonb_to_recordset($1::jsonb) as given(code text, name jsonb, attributes jsonb)
   on conflict (code) do update set name = excluded.name, attributes = excluded.attributes`,
)

/** Names the brands; one that is there gets the country and the spoken names given. Its address stays for ever. */
export async function putBrands(tx: Tx, given: readonly Brand[], { at }: { at: Date }): Promise<void> {
  if (given.length === 0) return
  const known = await slugsTaken(tx, [])
  const slugs = new Map(known.map(({ name, slug }) => [name, slug]))
  const taken = new Set(slugs.values())
  const rows = given.map((brand) => {
    const slug = slugs.get(brand.name) ?? freeSlug(slugOf(brand.name) || "brand", taken)
    taken.add(slug)
    return { ...brand, slug }
  })
  await brands(tx, [JSON.stringify(rows)])
  await noteChange(tx, { what: "words", place: null, numbers: null, at })
}

/** Names attributes and their values; what is there gets the new words, values that are not named stay. */
export async function putAttributes(tx: Tx, given: readonly Attribute[], { at }: { at: Date }): Promise<void> {
  if (given.length === 0) return
  const changed = [...(await attributes(tx, [JSON.stringify(given)])), ...(await values(tx, [valueRows(given)]))]
  if (changed.length > 0) await noteChange(tx, { what: "words", place: null, numbers: null, at })
}

/** Names those nobody named yet, as goods have them; what is there keeps its words and its place. */
export async function addAttributes(tx: Tx, given: readonly Attribute[], { at }: { at: Date }): Promise<void> {
  if (given.length === 0) return
  const added = [...(await newAttributes(tx, [JSON.stringify(given)])), ...(await newValues(tx, [valueRows(given)]))]
  if (added.length > 0) await noteChange(tx, { what: "words", place: null, numbers: null, at })
}

const valueRows = (given: readonly Attribute[]): string =>
  JSON.stringify(
    given.flatMap(({ code: attribute, values }) => values.map((value, position) => ({ attribute, swatch: null, ...value, position }))),
  )

/** Says which attributes belong to which kind of goods. */
export async function putFamilies(tx: Tx, given: readonly Family[]): Promise<void> {
  if (given.length > 0) await families(tx, [JSON.stringify(given)])
}
