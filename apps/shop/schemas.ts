import { z } from "@hono/zod-openapi"

const kopecks = z.number().int().openapi({ description: "In kopecks.", example: 1_490 })

export const Problem = z
  .object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string(), code: z.string(), requestId: z.string() })
  .openapi("Problem")

const PriceNow = z
  .object({
    regularMinor: kopecks,
    cardMinor: kopecks.openapi({ description: "With a bonus card, in kopecks; never above the other." }),
    beforeMinor: kopecks.nullable().openapi({ description: "What it was before a promotion, in kopecks." }),
    promotion: z.string().nullable(),
    endsAt: z.string().nullable().openapi({ description: "When the promotion is over, UTC." }),
  })
  .openapi("Price")

const Item = z
  .object({
    id: z.number().int().openapi({ description: "Number of the product group; stays for ever." }),
    slug: z.string(),
    url: z.string().openapi({ description: "Its page." }),
    name: z.string().openapi({ description: "In the language asked for (Accept-Language: ru, be, en)." }),
    brand: z.string().nullable(),
    category: z.string().nullable(),
    picture: z.string().nullable(),
    stars: z.object({ average: z.number().nullable(), count: z.number().int() }),
    variants: z.number().int(),
    price: PriceNow.extend({ from: z.boolean().openapi({ description: "Whether other variants cost more." }) }),
  })
  .openapi("Item")

const Facet = z
  .object({
    code: z.string(),
    name: z.string(),
    values: z.array(z.object({ code: z.string(), name: z.string(), count: z.number().int(), chosen: z.boolean() })),
  })
  .openapi("Facet")

const Understood = z
  .object({
    read: z.string().nullable().openapi({ description: "What was looked for, when that is not what was typed." }),
    leftOut: z.array(z.string()).openapi({ description: "Words nothing was found for." }),
  })
  .openapi("Understood")

export const Found = z
  .object({
    total: z.number().int(),
    items: z.array(Item),
    facets: z.array(Facet),
    price: z.object({ leastMinor: kopecks, mostMinor: kopecks }).nullable(),
    understood: Understood,
    heldByNone: z.array(z.string()).openapi({ description: "Words of `without` that are in no composition: they leave nothing out." }),
  })
  .openapi("Found")

export const Suggestion = z
  .object({
    queries: z.array(z.string()),
    brands: z.array(z.string()),
    categories: z.array(z.object({ path: z.string(), name: z.string() })),
    items: z.array(Item),
    understood: Understood,
  })
  .openapi("Suggestion")

const company = z.object({ name: z.string(), address: z.string() }).nullable()
const text = z.string().nullable()

export const Product = z
  .object({
    ...{ id: z.number().int(), code: z.string(), slug: z.string(), url: z.string(), name: z.string(), brand: text, category: text },
    ...{ description: text, application: text, composition: text, maker: company, importer: company, country: text },
    ...{
      shelfLifeMonths: z.number().nullable(),
      openedMonths: z.number().nullable(),
      returns: z.enum(["standard", "sealed_only", "never"]),
    },
    attributes: z.array(z.object({ code: z.string(), name: z.string(), values: z.array(z.string()) })),
    pictures: z.array(z.string()),
    stars: z.object({ average: z.number().nullable(), count: z.number().int() }),
    isSold: z.boolean().openapi({ description: "False: it is not sold any more; its page says so." }),
    variants: z.array(
      z.object({
        ...{ sku: z.string(), label: text, eans: z.array(z.string()), price: PriceNow },
        unitPrice: z
          .object({ minor: kopecks, per: z.string() })
          .nullable()
          .openapi({ description: "Card price of 100 ml, 100 g, a piece or a metre." }),
        shops: z.number().int().openapi({ description: "In how many shops there is a piece." }),
      }),
    ),
  })
  .openapi("Product")

export const CheckedPrice = z
  .object({
    ...{ ean: z.string(), sku: z.string(), name: z.string(), brand: text, url: text, picture: text, price: PriceNow },
    shop: z.string().nullable(),
    stock: z
      .object({ quantityMilli: z.number().int(), countedAt: z.string() })
      .nullable()
      .openapi({ description: "In the shop asked about: thousandths of a piece, and when it was counted (UTC)." }),
    others: z
      .array(z.object({ sku: z.string(), name: z.string(), brand: text, url: text, price: PriceNow }))
      .openapi({ description: "Other products with this barcode, mostly none: ask which one is meant, then name its `sku`." }),
  })
  .openapi("CheckedPrice")

const hours = z
  .string()
  .openapi({ description: "Clock times of Minsk, or `closed`; an end before the beginning is after midnight.", example: "09:00-21:00" })
const geo = z.object({ latitude: z.number(), longitude: z.number() })

export const Shop = z
  .object({
    id: z.string(),
    ...{ name: z.string(), city: z.string(), address: z.string(), latitude: z.number(), longitude: z.number(), geo, phone: text },
    state: z.enum(["open", "closed"]).openapi({ description: "`closed`: for good, or until somebody opens it again." }),
    hours: z.array(hours).nullable().openapi({ description: "The week, Monday first; null where nobody has said." }),
    holidayHours: z.string().openapi({ description: "On state holidays: `usual`, `closed` or hours of their own." }),
    today: hours.nullable(),
    openNow: z.boolean().nullable().openapi({ description: "By the clocks of Minsk; null where nobody knows the hours." }),
    openUntil: text.openapi({ description: "Of an open shop; null round the clock." }),
    opensNext: z.object({ day: z.string(), from: z.string() }).nullable().openapi({ description: "Of a closed one, within a fortnight." }),
    services: z.array(z.object({ code: z.string(), name: z.string() })),
    distanceMetres: z.number().int().nullable().openapi({ description: "As the crow flies, from the place asked about." }),
    url: z.string(),
  })
  .openapi("Shop")

export const ShopWithDays = Shop.extend({
  days: z.array(
    z.object({
      ...{ day: z.string(), hours },
      holiday: text.openapi({ description: "The state holiday the day is (Decree 157): `new_year`, `radunitsa` …" }),
      reason: text.openapi({ description: "Why the day differs, where somebody has said." }),
      isSpecial: z.boolean(),
    }),
  ),
}).openapi("ShopWithDays")
