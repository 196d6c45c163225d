import { catalogWords, type CatalogWords, inStockOfZone, placesToIndex, shownGroups } from "@mila/catalog"
import { clockIn, type Db, inTransaction, MINSK } from "@mila/kernel"
import { categoryNumber, element, escaped, offerOf, type Shop, type Telling } from "./yml-offer.ts"

const THINGS_A_PAGE = 200

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
  yield headOf(words, { shop, at })
  const telling = { shop, zone, categories: new Set(words.categories.map(({ path }) => path)), params: paramsOf(words) }
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

function headOf({ categories }: CatalogWords, { shop, at }: { shop: Shop; at: Date }): string {
  const known = new Set(categories.map(({ path }) => path))
  const named = categories.map(({ path, name }) => {
    const above = path.slice(0, Math.max(0, path.lastIndexOf("/")))
    const parent = known.has(above) ? ` parentId="${categoryNumber(above)}"` : ""
    return `<category id="${categoryNumber(path)}"${parent}>${escaped(name.ru)}</category>\n`
  })
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="${clockIn(MINSK, at)}+03:00">\n<shop>\n`,
    element("name", shop.name) + element("company", shop.name) + element("url", shop.publicUrl),
    `<currencies>\n<currency id="BYN" rate="1"/>\n</currencies>\n<categories>\n${named.join("")}`,
    `<category id="${categoryNumber("")}">Прочее</category>\n</categories>\n<offers>\n`,
  ].join("")
}

function paramsOf({ attributes }: CatalogWords): Telling["params"] {
  return new Map(
    attributes.map(({ code, name, values }) => [
      code,
      { name: name.ru, values: new Map(values.map((value) => [value.code, value.name.ru])) },
    ]),
  )
}
