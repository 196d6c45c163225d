import { type GroupPage, type InShop, pictureUrl } from "@mila/catalog"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"

/** schema.org Product with its offers, for search engines. */
export function thingOf({ site, locale }: Visit, group: GroupPage, stock: readonly InShop[]): object {
  const url = site.publicUrl + pathIn(locale, `/p/${group.slug}`)
  const there = new Set(stock.map(({ sku }) => sku))
  const offers = group.variants.map((variant) => ({
    "@type": "Offer",
    ...{ url, priceCurrency: "BYN", price: (variant.price.cardMinor / 100).toFixed(2), sku: variant.sku },
    ...(variant.eans[0] === undefined ? {} : { gtin: variant.eans[0] }),
    availability: there.has(variant.sku) ? "https://schema.org/InStoreOnly" : "https://schema.org/OutOfStock",
  }))
  return {
    "@type": "Product",
    ...{ name: group.name[locale], url, offers },
    ...(group.brand ? { brand: { "@type": "Brand", name: group.brand.name } } : {}),
    ...(group.description ? { description: group.description[locale] } : {}),
    ...(group.pictures[0] ? { image: site.publicUrl + pictureUrl(group.no, 0, group.pictures[0]) } : {}),
    ...(group.stars.count > 0
      ? {
          aggregateRating: {
            "@type": "AggregateRating",
            ratingValue: (group.stars.sum / group.stars.count).toFixed(1),
            reviewCount: group.stars.count,
          },
        }
      : {}),
  }
}
