import { type Localized, statement, type Tx } from "@mila/kernel"

/** `isFilled`: something that is shown lies in it or under it; the others lead nowhere. */
export type ShownCategory = { path: string; name: Localized; position: number; family: string | null; isFilled: boolean }
export type ShownBrand = { name: string; slug: string; country: string | null; spoken: readonly string[] }
export type ShownAttribute = {
  code: string
  name: Localized
  filtered: boolean
  position: number
  values: readonly { code: string; name: Localized; swatch: string | null }[]
}

/** A kind of goods, with the attributes that belong to it in their order. */
type ShownFamily = { code: string; attributes: readonly string[] }

const families = statement<ShownFamily>("catalog.shown_families", "select code, attributes from catalog.family order by code")
const categories = statement<ShownCategory>(
  "catalog.shown_categories",
  `with filled as materialized (
     select path from catalog.category where exists (select from catalog.product_group item where item.category = category.path and item.state = 'shown'))
   select path, name, position, family,
     exists (select from filled where filled.path = category.path or starts_with(filled.path, category.path || '/')) as "isFilled"
   from catalog.category order by position, path`,
)
const brands = statement<ShownBrand>("catalog.shown_brands", "select name, slug, country, spoken from catalog.brand order by name")
const attributes = statement<ShownAttribute>(
  "catalog.shown_attributes",
  `select code, name, filtered, position,
     (select coalesce(jsonb_agg(jsonb_build_object('code', value.code, 'name', value.name, 'swatch', value.swatch) order by value.position, value.code), '[]')
      from catalog.attribute_value value where value.attribute = attribute.code) as values
   from catalog.attribute order by position, code`,
)

/** The words of the catalogue: categories, brands, attributes with their values. Few and slow to change: kept in memory by whoever shows them. */
export type CatalogWords = { categories: ShownCategory[]; brands: ShownBrand[]; attributes: ShownAttribute[]; families: ShownFamily[] }

/** All the words at this moment, in the order they are shown. */
export async function catalogWords(tx: Tx): Promise<CatalogWords> {
  return {
    categories: await categories(tx, []),
    brands: await brands(tx, []),
    attributes: await attributes(tx, []),
    families: await families(tx, []),
  }
}
