import { z } from "@hono/zod-openapi"
import type { SearchFilters } from "@mila/search"

const SORTS = ["relevance", "popular", "cheap", "dear", "new", "rating", "discount"] as const

const many = (description: string) =>
  z
    .union([z.string().max(200), z.array(z.string().max(200)).max(50)])
    .optional()
    .openapi({ description: `${description} Repeated for several.` })
const yes = z.enum(["1", "true", "0", "false"]).optional()
const kopecks = z.coerce.number().int().min(0).max(1_000_000_000).optional()

/** What may be asked of a list. Attributes come as `attr.<code>=<value>`, repeated for several. */
export const Asked = z.looseObject({
  q: z
    .string()
    .max(300)
    .optional()
    .openapi({ description: "What people type: words, a brand as it sounds, a barcode. Without it the whole catalogue." }),
  brand: many("A brand's name."),
  category: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: "Path of a category; what is under it counts too.", example: "face/creams" }),
  country: many("ISO 3166-1 alpha-2."),
  price_from: kopecks.openapi({ description: "Card price in kopecks, included." }),
  price_to: kopecks.openapi({ description: "Card price in kopecks, included." }),
  discounted: yes,
  novel: yes,
  stars: z.coerce.number().int().min(1).max(5).optional(),
  shop: z.string().max(32).optional().openapi({ description: "Only what this shop has; at its prices." }),
  available: yes,
  without: many(
    "An ingredient nothing may hold: its INCI name or what people call it, or a part of that. Things whose composition is unknown are left out too.",
  ),
  sort: z.enum(SORTS).optional(),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(24),
})

const list = (given: string | readonly string[] | undefined): string[] =>
  given === undefined ? [] : typeof given === "string" ? [given] : [...given]
const isYes = (given: string | undefined): boolean => given === "1" || given === "true"

export function filtersOf(asked: z.output<typeof Asked>): SearchFilters {
  const attributes = Object.entries(asked).flatMap(([key, value]) =>
    key.startsWith("attr.") ? [[key.slice(5), list(value as string | string[]).slice(0, 50)] as const] : [],
  )
  return {
    ...{ brand: list(asked.brand), country: list(asked.country), without: list(asked.without), attributes: Object.fromEntries(attributes) },
    ...(asked.category === undefined ? {} : { category: asked.category }),
    ...(asked.price_from === undefined ? {} : { priceFrom: asked.price_from }),
    ...(asked.price_to === undefined ? {} : { priceTo: asked.price_to }),
    ...(asked.stars === undefined ? {} : { stars: asked.stars }),
    ...(asked.shop === undefined ? {} : { shop: asked.shop }),
    ...{ discounted: isYes(asked.discounted), novel: isYes(asked.novel), available: isYes(asked.available) },
  }
}
