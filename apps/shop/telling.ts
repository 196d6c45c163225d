import type { Found, GroupPage, PriceNow, Tile, Words } from "@mila/catalog"
import { pictureUrl, unitPriceOf } from "@mila/catalog"
import type { Locale } from "@mila/kernel"

export type Telling = { locale: Locale; publicUrl: string; words: Words }

const FACETS: Readonly<Record<string, Record<Locale, string>>> = {
  category: { ru: "Категория", be: "Катэгорыя", en: "Category" },
  brand: { ru: "Бренд", be: "Брэнд", en: "Brand" },
  country: { ru: "Страна", be: "Краіна", en: "Country" },
  stars: { ru: "Оценка", be: "Ацэнка", en: "Rating" },
  discounted: { ru: "Со скидкой", be: "Са зніжкай", en: "On sale" },
  novel: { ru: "Новинки", be: "Навінкі", en: "New" },
  shop: { ru: "В выбранном магазине", be: "У выбранай краме", en: "In the chosen shop" },
  available: { ru: "Есть в магазинах", be: "Ёсць у крамах", en: "In stock" },
}

export const priceTold = ({ endsAt, ...price }: PriceNow) => ({ ...price, endsAt: endsAt?.toISOString() ?? null })

const starsTold = ({ sum, count }: { sum: number; count: number }) => ({
  average: count === 0 ? null : Math.trunc((sum * 10) / count) / 10,
  count,
})

export function itemOf(tile: Tile, { locale, publicUrl }: Telling) {
  const { no, slug, name, brand, category, pictures, stars, variants, price } = tile
  return {
    ...{ id: no, slug, url: `${publicUrl}/p/${slug}`, name: name[locale], brand, category, stars: starsTold(stars), variants },
    picture: pictures[0] ? publicUrl + pictureUrl(no, 0, pictures[0]) : null,
    price: { ...priceTold(price), from: price.from },
  }
}

const toldItems = new WeakMap<Tile, Map<string, string>>()

/** A list's things as JSON, told once for each language: the catalogue keeps its tiles, and they do not change. */
export function itemsTold(tiles: readonly Tile[], telling: Telling): string {
  return `[${tiles.map((tile) => itemTold(tile, telling)).join(",")}]`
}

function itemTold(tile: Tile, telling: Telling): string {
  const inLanguages = toldItems.get(tile) ?? new Map<string, string>()
  toldItems.set(tile, inLanguages)
  const key = `${telling.locale} ${telling.publicUrl}`
  const known = inLanguages.get(key) ?? JSON.stringify(itemOf(tile, telling))
  inLanguages.set(key, known)
  return known
}

export function facetsOf(facets: Found["facets"], { locale, words }: Telling) {
  return facets.map(({ code, values }) => ({
    code,
    name: FACETS[code]?.[locale] ?? words.facet(code)?.[locale] ?? code,
    values: values.map(({ code: value, count, chosen }) => ({ code: value, count, chosen, name: words.value(code, value, locale) })),
  }))
}

export function productOf(group: GroupPage, inShops: ReadonlyMap<string, number>, { locale, publicUrl, words }: Telling) {
  const { no, code, slug, name, brand, category, pictures, stars, variants, state, attributes, description, application } = group
  const { composition, maker, importer, country, shelfLifeMonths, openedMonths, returns } = group
  return {
    ...{ id: no, code, slug, url: `${publicUrl}/p/${slug}`, name: name[locale], brand: brand?.name ?? null, category },
    ...{ description: description?.[locale] ?? null, application: application?.[locale] ?? null, composition, maker, importer, country },
    ...{ shelfLifeMonths, openedMonths, returns, stars: starsTold(stars), isSold: state === "shown" },
    attributes: Object.entries(attributes).map(([attribute, values]) => ({
      ...{ code: attribute, name: words.facet(attribute)?.[locale] ?? attribute },
      values: values.map((value) => words.value(attribute, value, locale)),
    })),
    pictures: pictures.map((picture, place) => publicUrl + pictureUrl(no, place, picture)),
    variants: variants.map((variant) => ({
      ...{ sku: variant.sku, label: variant.label?.[locale] ?? null, eans: [...variant.eans], price: priceTold(variant.price) },
      unitPrice: unitPriceOf(variant, locale),
      shops: inShops.get(variant.sku) ?? 0,
    })),
  }
}
