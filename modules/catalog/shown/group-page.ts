import { type Day, type Localized, statement, type Tx } from "@mila/kernel"
import type { Company, NetUnit, Picture } from "../put-groups.ts"
import type { ProductKind } from "../put-products.ts"
import { PRICE_OBJECT, type PriceNow, priceNow, withInstants } from "./price-now.ts"

export type ShownVariant = {
  no: number
  sku: string
  kind: ProductKind
  label: Localized | null
  attributes: Readonly<Record<string, readonly string[]>>
  eans: readonly string[]
  net: { amount: number; unit: NetUnit } | null
  picture: Picture | null
  price: PriceNow
}

/** Everything a page about one thing shows but its stock, its history and its reviews. */
export type GroupPage = {
  no: number
  code: string
  slug: string
  name: Localized
  brand: { name: string; slug: string; country: string | null } | null
  category: string | null
  description: Localized | null
  application: Localized | null
  composition: string | null
  maker: Company | null
  importer: Company | null
  country: string | null
  shelfLifeMonths: number | null
  openedMonths: number | null
  returns: "standard" | "sealed_only" | "never"
  attributes: Readonly<Record<string, readonly string[]>>
  pictures: readonly Picture[]
  madeOf: readonly { sku: string; pieces: number }[]
  state: "shown" | "hidden"
  novelSince: Day | null
  stars: { sum: number; count: number }
  variants: readonly ShownVariant[]
}

const SELECT = `select item.no, item.code, item.slug, item.name, item.category, description, application, composition, maker, importer, item.country,
    shelf_life_months as "shelfLifeMonths", opened_months as "openedMonths", returns, item.attributes, coalesce(chosen_pictures, pictures) as pictures, made_of as "madeOf", state,
    novel_since as "novelSince", jsonb_build_object('sum', stars_sum, 'count', stars_count) as stars,
    (select jsonb_build_object('name', brand.name, 'slug', brand.slug, 'country', brand.country) from catalog.brand where brand.name = item.brand) as brand,
    (select coalesce(jsonb_agg(jsonb_build_object('no', product.no, 'sku', product.sku, 'kind', product.kind, 'label', product.label,
        'attributes', product.attributes, 'picture', product.picture,
        'eans', (select coalesce(jsonb_agg(ean order by ean), '[]') from catalog.barcode where barcode.sku = product.sku),
        'net', case when net_amount is not null then jsonb_build_object('amount', net_amount, 'unit', net_unit) end,
        'price', ${PRICE_OBJECT}) order by product.position, product.no), '[]')
     from catalog.product cross join lateral (${priceNow("$2", "$3::timestamptz")}) price
     where product.group_no = item.no and not product.hidden) as variants
  from catalog.product_group item`

const bySlug = statement<GroupPage>("catalog.group_by_slug", `${SELECT} where item.slug = $1`)
const byNo = statement<GroupPage>("catalog.group_by_no", `${SELECT} where item.no = $1`)
const shownAfter = statement<GroupPage>(
  "catalog.shown_groups",
  `${SELECT} where item.no > $1 and item.state = 'shown' order by item.no limit $4`,
)
const byCode = statement<GroupPage>("catalog.group_by_code", `${SELECT} where item.code = $1`)

type Asked = { zone?: string; at: Date }

/** The thing at this address with its prices in a zone; undefined when there never was one. A hidden one is answered too: the page says it is gone. */
export async function groupBySlug(tx: Tx, { slug, zone = "main", at }: Asked & { slug: string }): Promise<GroupPage | undefined> {
  return first(await bySlug(tx, [slug, zone, at]))
}

/** The same by number. */
export async function groupByNo(tx: Tx, { no, zone = "main", at }: Asked & { no: number }): Promise<GroupPage | undefined> {
  return first(await byNo(tx, [no, zone, at]))
}

/** The same by the code it has where it comes from. */
export async function groupByCode(tx: Tx, { code, zone = "main", at }: Asked & { code: string }): Promise<GroupPage | undefined> {
  return first(await byCode(tx, [code, zone, at]))
}

/** What is shown, by number, from the thing after `after` on: for who reads everything, like a feed. */
export async function shownGroups(
  tx: Tx,
  { after, most, zone = "main", at }: Asked & { after: number; most: number },
): Promise<GroupPage[]> {
  const groups = await shownAfter(tx, [after, zone, at, most])
  return groups.map((group) => ({ ...group, variants: group.variants.map(withInstants) }))
}

function first([group]: GroupPage[]): GroupPage | undefined {
  return group && { ...group, variants: group.variants.map(withInstants) }
}
