import { type Day, inTransaction, type Db } from "@mila/kernel"
import type { IndexData, SearchDocument, SearchPrice, SearchWords } from "@mila/search"
import { shownVersion } from "../changes.ts"
import { ingredientsOf } from "../ingredients.ts"
import { allStockToIndex, groupsToIndex, type GroupToIndex, placesToIndex, pricesToIndex, type PricesToIndex } from "../shown/to-index.ts"
import { type CatalogWords, catalogWords } from "../shown/words-of.ts"

const AT_ONCE = 4_000
const MOST_PRODUCTS = 2 ** 31 - 1

/** Everything a search index is made of. The version is read first: what changes meanwhile is read again, which is harmless. */
export async function readIndexData(db: Db, at: Date): Promise<IndexData> {
  const version = await inTransaction(db, shownVersion)
  const words = searchWords(await inTransaction(db, catalogWords))
  const documents: SearchDocument[] = []
  for (let after = 0; ;) {
    const groups = await inTransaction(db, (tx) => groupsToIndex(tx, { after, most: AT_ONCE }))
    documents.push(...groups.filter(({ state }) => state === "shown").map(documentOf))
    if (groups.length < AT_ONCE) break
    after = groups.at(-1)!.no
  }
  const prices = (await inTransaction(db, (tx) => pricesToIndex(tx, { after: 0, upTo: MOST_PRODUCTS, at }))).map(searchPrice)
  const [places, stockByPlace] = await inTransaction(db, async (tx) => [await placesToIndex(tx), await allStockToIndex(tx)] as const)
  const stock = new Map(places.map(({ no, shop }) => [shop, stockByPlace.get(no) ?? []]))
  return { documents, words, prices, stock, version }
}

export const searchPrice = ({ no, zone, regular, card, before }: PricesToIndex): SearchPrice => ({
  product: no,
  zone,
  regular,
  card,
  before,
})

function searchWords({ categories, brands, attributes }: CatalogWords): SearchWords {
  return { categories: categories.filter(({ isFilled }) => isFilled), brands, attributes }
}

/** How people say where a thing is from, in the languages they search in; a country nobody asks for by name is found by its filter. */
const ORIGINS: Readonly<Record<string, readonly string[]>> = {
  BY: ["белорусский", "беларускі", "Belarusian"],
  KR: ["корейский", "карэйскі", "Korean"],
  FR: ["французский", "французскі", "French"],
  DE: ["немецкий", "нямецкі", "German"],
  PL: ["польский", "польскі", "Polish"],
  IT: ["итальянский", "італьянскі", "Italian"],
  JP: ["японский", "японскі", "Japanese"],
  CN: ["китайский", "кітайскі", "Chinese"],
  TR: ["турецкий", "турэцкі", "Turkish"],
  RU: ["российский", "расійскі", "Russian"],
}

const originWords = (country: string | null): readonly string[] => (country === null ? [] : (ORIGINS[country] ?? []))

/** What a search keeps of a thing; values of its variants count as its own. */
function documentOf(group: GroupToIndex): SearchDocument {
  const { no, name, brand, category, country, popularity, stars, composition, novelSince, variants } = group
  const attributes: Record<string, string[]> = {}
  for (const of of [group.attributes, ...variants.map((variant) => variant.attributes)]) {
    for (const [code, values] of Object.entries(of)) attributes[code] = [...new Set([...(attributes[code] ?? []), ...values])]
  }
  return {
    ...{ no, name, brand, category, country, popularity, stars, attributes },
    labels: [...variants.flatMap(({ label }) => (label ? [...new Set(Object.values(label))] : [])), ...originWords(country)],
    eans: variants.flatMap(({ eans }) => eans),
    skus: variants.map(({ sku }) => sku),
    ingredients:
      composition === null ? [] : ingredientsOf(composition).map(({ name, called }) => (called === "" ? name : `${name}, ${called}`)),
    novelDay: novelSince === null ? null : dayNumber(novelSince),
    products: variants.map((variant) => variant.no),
  }
}

/** Days since 1970-01-01. */
export const dayNumber = (day: Day): number => Math.trunc(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
