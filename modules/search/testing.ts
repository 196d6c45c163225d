import { NOVEL_DAYS, type SearchDocument, type SearchFilters, type SearchPrice, type SearchWords } from "./document.ts"

let made = 0
const same = (text: string) => ({ ru: text, be: text, en: text })

/** A cream of no brand with one variant; say only what matters. */
export function aDocument(wishes: Partial<SearchDocument> = {}): SearchDocument {
  made += 1
  return {
    ...{ no: made, name: same("Крем для рук"), brand: null, category: null, country: null, attributes: {}, labels: [], eans: [], skus: [] },
    ...{ ingredients: [], novelDay: null, popularity: 0, stars: { sum: 0, count: 0 }, products: [made] },
    ...wishes,
  }
}

export const someWords: SearchWords = {
  categories: [
    { path: "face", name: same("Уход за лицом") },
    { path: "face/creams", name: same("Кремы") },
    { path: "hair", name: same("Волосы") },
  ],
  brands: [
    { name: "Garnier", spoken: [] },
    { name: "L'Oréal Paris", spoken: ["лореаль"] },
  ],
  attributes: [
    {
      code: "skin",
      filtered: true,
      values: [
        { code: "dry", name: same("сухая") },
        { code: "oily", name: same("жирная") },
      ],
    },
    { code: "good", filtered: true, values: [{ code: "vegan", name: same("веган") }] },
  ],
}

/** The same filters, asked of each document by itself: what an index must agree with. Prices are those of the zone. */
export function passes(
  document: SearchDocument,
  filters: SearchFilters,
  of: { price: SearchPrice | undefined; shops: readonly string[]; today: number },
): boolean {
  const { price, shops, today } = of
  const {
    brand,
    category,
    country,
    attributes = {},
    priceFrom = 0,
    priceTo = Infinity,
    discounted,
    novel,
    stars,
    shop,
    available,
    without = [],
  } = filters
  const card = price?.card ?? -1
  const dearest = Math.max(price?.regular ?? 0, price?.before ?? 0)
  const average = document.stars.count === 0 ? 0 : document.stars.sum / document.stars.count
  return (
    (!brand?.length || (document.brand !== null && brand.includes(document.brand))) &&
    (category === undefined || document.category === category || (document.category?.startsWith(`${category}/`) ?? false)) &&
    (!country?.length || (document.country !== null && country.includes(document.country))) &&
    Object.entries(attributes).every(
      ([code, values]) => values.length === 0 || values.some((value) => document.attributes[code]?.includes(value)),
    ) &&
    ((priceFrom <= 0 && priceTo === Infinity) || (card >= 0 && card >= priceFrom && card <= priceTo)) &&
    (!discounted || (dearest > 0 && Math.floor(((dearest - card) * 100) / dearest) > 0)) &&
    (!novel || (document.novelDay !== null && document.novelDay > today - NOVEL_DAYS)) &&
    (stars === undefined || Math.floor(average * 10) >= stars * 10) &&
    (shop === undefined || shops.includes(shop)) &&
    (!available || shops.length > 0) &&
    (without.length === 0 ||
      (document.ingredients.length > 0 &&
        !without.some((word) => document.ingredients.some((name) => name.toLowerCase().includes(word.toLowerCase())))))
  )
}
