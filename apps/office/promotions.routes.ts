import { z } from "@hono/zod-openapi"
import { announcePromotion, endPromotion, listPromotions, promotionWithGoods } from "@mila/catalog"
import { dayIn, day as dayOf, MINSK, minor } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { day, instant, localized, most, text, whole } from "./schemas.ts"

const kopecks = whole(1, 1_000_000_000).transform(minor)
const byCode = z.object({
  code: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .openapi({ description: "Part of the promotion's address in the shop.", example: "black-friday" }),
})
const LOOKS = ["rose", "mint", "sky", "gold"] as const

const Off = z.strictObject({ sku: text(64), percent: whole(1, 99) })
const Priced = z.strictObject({
  sku: text(64),
  priceMinor: kopecks.optional().openapi({ description: "In kopecks. Left out: only the card's price is lowered." }),
  cardMinor: kopecks.optional().openapi({ description: "With a bonus card, in kopecks. Left out: the promotion's price." }),
})
const NewPromotion = z.strictObject({
  name: localized,
  terms: localized.openapi({ description: "What holds in it, for a shopper." }),
  look: z.enum(LOOKS).default("rose").openapi({ description: "Which of the shop's banners it has." }),
  firstDay: day,
  lastDay: day.openapi({ description: "The last day it holds on, in Minsk." }),
  goods: z
    .array(z.union([Off, Priced]))
    .min(1)
    .max(5_000)
    .refine((goods) => new Set(goods.map(({ sku }) => sku)).size === goods.length, "each product once"),
})

const Promotion = z
  .object({
    code: z.string(),
    name: localized,
    terms: localized,
    look: z.string(),
    firstDay: z.string(),
    lastDay: z.string().nullable().openapi({ description: "Null: until the feed it comes from says otherwise." }),
    startsAt: instant,
    endsAt: instant.nullable(),
    state: z.enum(["ahead", "running", "over"]),
    goods: z.number().openapi({ description: "How many products it lowers." }),
  })
  .openapi("Promotion")
const WithGoods = Promotion.extend({
  prices: z.array(z.object({ sku: z.string(), priceMinor: z.number().nullable(), cardMinor: z.number() })),
}).openapi("PromotionWithGoods")

type Listed = Awaited<ReturnType<typeof listPromotions>>[number]

const shown = (promotion: Listed, at: Date): z.input<typeof Promotion> => ({
  ...promotion,
  firstDay: dayIn(MINSK, promotion.startsAt),
  lastDay: promotion.endsAt && dayIn(MINSK, new Date(promotion.endsAt.getTime() - 1)),
  state: promotion.endsAt !== null && promotion.endsAt <= at ? "over" : promotion.startsAt <= at ? "running" : "ahead",
})

/** Lower prices for some time: what ran, runs and will run, and how staff announce it. */
export function declarePromotions(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/promotions", permission: "catalog.read", tag: "Catalogue" },
    summary: "Promotions, those that began last first; also those ahead and those over",
    query: z.strictObject({ most }),
    answer: z.object({ promotions: z.array(Promotion) }),
    act: async ({ tx, at, query }) => ({ promotions: (await listPromotions(tx, query)).map((one) => shown(one, at)) }),
  })
  declare(office, {
    ...{ method: "get", path: "/promotions/{code}", permission: "catalog.read", tag: "Catalogue" },
    summary: "A promotion with what its goods cost in it",
    params: byCode,
    answer: WithGoods,
    async act({ tx, at, params: { code } }) {
      const { promotion, prices } = await promotionWithGoods(tx, code)
      return { ...shown(promotion, at), prices }
    },
  })
  declare(office, {
    ...{ method: "put", path: "/promotions/{code}", permission: "catalog.write", tag: "Catalogue" },
    summary:
      "Announce a promotion, or say it anew: its goods are exactly those given, all or none, each with percents off or with a price, a card price, or both",
    params: byCode,
    body: NewPromotion,
    answer: WithGoods,
    async act({ tx, at, params: { code }, body: { firstDay, lastDay, ...said }, note }) {
      await announcePromotion(tx, { code, ...said, firstDay: dayOf(firstDay), lastDay: dayOf(lastDay) }, { at })
      await note("promotion.put", `promotion:${code}`, { firstDay, lastDay, goods: said.goods.length })
      const { promotion, prices } = await promotionWithGoods(tx, code)
      return { ...shown(promotion, at), prices }
    },
  })
}

export function declareEndOfPromotion(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/promotions/{code}/end", permission: "catalog.write", tag: "Catalogue" },
    summary: "End a promotion now; one that has not begun is taken back whole",
    params: byCode,
    answer: z.object({ code: z.string(), ended: z.boolean().openapi({ description: "False: it had not begun and is gone." }) }),
    async act({ tx, at, params: { code }, note }) {
      const done = await endPromotion(tx, { code, at })
      await note("promotion.end", `promotion:${code}`, done)
      return { code, ...done }
    },
  })
}
