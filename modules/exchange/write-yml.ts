import {
  catalogWords,
  type CatalogWords,
  type GroupPage,
  inStockOfZone,
  pictureUrl,
  placesToIndex,
  type ShownVariant,
  shownGroups,
} from "@mila/catalog"
import { type Db, inTransaction, type Minor } from "@mila/kernel"

type Shop = { name: string; publicUrl: string }

const THINGS_A_PAGE = 200
const MOST_DESCRIPTION = 3_000

/** Zones a feed can be asked of: the main one, and those of shops. */
export async function feedZones(db: Db): Promise<Set<string>> {
  const places = await inTransaction(db, placesToIndex)
  return new Set(["main", ...places.map(({ zone }) => zone)])
}

/**
 * A YML feed of what is shown, at a zone's prices without a card, told page by page: memory does not grow with the catalogue. A variant is an offer; those of one thing
 * share a `group_id`. `available` is what some shop of the zone has.
 */
export async function* ymlFeed(db: Db, { zone, shop, at }: { zone: string; shop: Shop; at: Date }): AsyncGenerator<string> {
  const words = await inTransaction(db, catalogWords)
  const numbers = new Map(words.categories.map(({ path }, place) => [path, place + 1]))
  yield headOf(words, { numbers, shop, at })
  const telling = { shop, numbers, other: words.categories.length + 1, params: paramsOf(words) }
  for (let after = 0; ;) {
    const groups = await inTransaction(db, (tx) => shownGroups(tx, { after, most: THINGS_A_PAGE, zone, at }))
    const products = groups.flatMap(({ variants }) => variants.map(({ no }) => no))
    const there = await inTransaction(db, (tx) => inStockOfZone(tx, { zone, products }))
    const text = groups.flatMap((group) =>
      group.variants.map((variant) => offerOf(group, variant, { ...telling, isThere: there.has(variant.no) })),
    )
    if (text.length > 0) yield text.join("")
    if (groups.length < THINGS_A_PAGE) break
    after = groups.at(-1)!.no
  }
  yield "</offers>\n</shop>\n</yml_catalog>\n"
}

function headOf(
  { categories }: CatalogWords,
  { numbers, shop, at }: { numbers: ReadonlyMap<string, number>; shop: Shop; at: Date },
): string {
  const named = categories.map(({ path, name }) => {
    const parent = numbers.get(path.slice(0, Math.max(0, path.lastIndexOf("/"))))
    return `<category id="${numbers.get(path)}"${parent === undefined ? "" : ` parentId="${parent}"`}>${escaped(name.ru)}</category>\n`
  })
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="${minskTime(at)}">\n<shop>\n`,
    `<name>${escaped(shop.name)}</name>\n<company>${escaped(shop.name)}</company>\n<url>${escaped(shop.publicUrl)}</url>\n`,
    `<currencies><currency id="BYN" rate="1"/></currencies>\n<categories>\n${named.join("")}`,
    `<category id="${categories.length + 1}">Прочее</category>\n</categories>\n<offers>\n`,
  ].join("")
}

type Telling = {
  shop: Shop
  numbers: ReadonlyMap<string, number>
  other: number
  params: ReadonlyMap<string, { name: string; values: ReadonlyMap<string, string> }>
  isThere: boolean
}

const countries = new Intl.DisplayNames(["ru"], { type: "region" })

/** Elements in the order the format names them; url, price, currencyId, categoryId and name are those it asks for. */
function offerOf(group: GroupPage, variant: ShownVariant, { shop, numbers, other, params, isThere }: Telling): string {
  const { price } = variant
  const several = group.variants.length > 1
  const name = several && variant.label ? `${group.name.ru}, ${variant.label.ru}` : group.name.ru
  const pictures = group.pictures.flatMap((picture, place) =>
    "file" in picture ? [shop.publicUrl + pictureUrl(group.no, place, picture)] : [],
  )
  const attributes = Object.entries({ ...group.attributes, ...variant.attributes }).flatMap(([code, values]) => {
    const param = params.get(code)
    return param ? values.map((value) => [param.name, param.values.get(value) ?? value] as const) : []
  })
  return [
    `<offer id="${variant.no}" available="${isThere}"${several ? ` group_id="${group.no}"` : ""}>\n`,
    element("name", name),
    element("vendor", group.brand?.name),
    element("vendorCode", variant.sku),
    element("url", `${shop.publicUrl}/p/${group.slug}`),
    element("price", roubles(price.regularMinor)),
    element("oldprice", price.beforeMinor !== null && price.beforeMinor > price.regularMinor ? roubles(price.beforeMinor) : undefined),
    "<currencyId>BYN</currencyId>\n",
    element("categoryId", String(numbers.get(group.category ?? "") ?? other)),
    ...pictures.slice(0, 20).map((url) => element("picture", url)),
    element("description", group.description?.ru.slice(0, MOST_DESCRIPTION)),
    ...variant.eans.map((ean) => element("barcode", ean)),
    element("country_of_origin", group.country === null ? undefined : countries.of(group.country)),
    ...attributes.map(([called, value]) => `<param name="${escaped(called)}">${escaped(value)}</param>\n`),
    "</offer>\n",
  ].join("")
}

const element = (name: string, text: string | undefined): string => (text ? `<${name}>${escaped(text)}</${name}>\n` : "")

function paramsOf({ attributes }: CatalogWords): Telling["params"] {
  return new Map(
    attributes.map(({ code, name, values }) => [
      code,
      { name: name.ru, values: new Map(values.map((value) => [value.code, value.name.ru])) },
    ]),
  )
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }

/** Text as XML 1.0 may hold it: its five signs written out, control signs left out. */
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign]!)

const roubles = (kopecks: Minor): string => `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, "0")}`

/** RFC 3339 with Minsk's offset, which has been +03:00 since 2011. */
const minskTime = (at: Date): string => `${new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`
