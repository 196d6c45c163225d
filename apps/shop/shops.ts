import { createRoute, z } from "@hono/zod-openapi"
import { stockOfEan } from "@mila/catalog"
import { addDays, dayIn, inTransaction, type Locale, MINSK } from "@mila/kernel"
import {
  daysOf,
  findShops,
  type FoundShop,
  hoursOn,
  listServices,
  openingAt,
  type Schedule,
  schedulesOf,
  type Service,
  shopByCode,
} from "@mila/shops"
import type { Context } from "hono"
import type { ShopContext, ShopEnv } from "./context.ts"
import { answers, type Door, SHORTLY } from "./answers.ts"
import { problem } from "./problem.ts"
import { Shop, ShopWithDays } from "./schemas.ts"

const DAYS_AHEAD = 14

const AskedShops = z.object({
  q: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: "Town or street, in any of our languages; a town without a shop means the shops around it." }),
  near: z
    .string()
    .regex(/^-?\d{1,2}(?:\.\d{1,8})?,-?\d{1,3}(?:\.\d{1,8})?$/)
    .optional()
    .openapi({
      description: "Latitude and longitude, WGS 84: the nearest shops come first, with their distance.",
      example: "53.9023,27.5619",
    }),
  stock: z
    .string()
    .regex(/^\d{8,14}$/)
    .optional()
    .openapi({ description: "A barcode: only shops that have a piece of it." }),
  open: z.enum(["now"]).optional().openapi({ description: "Only shops that are open at this moment." }),
  service: z
    .union([z.string().max(32), z.array(z.string().max(32)).max(20)])
    .optional()
    .openapi({ description: "Code of a service; repeated for several, all of which are wanted." }),
})

/** Shops with their hours and services; found by place, stock, being open. */
export function declareShops(app: Door, context: ShopContext): void {
  const all = createRoute({
    ...{
      method: "get",
      path: "/shops",
      operationId: "listShops",
      tags: ["Shops"],
      summary: "Shops: all that are not closed for good, or those asked for",
    },
    request: { query: AskedShops },
    responses: answers(z.array(Shop), "The shops"),
  })
  app.openapi(all, (async (c: Context<ShopEnv>) => {
    const { q, near, stock, open, service } = c.req.valid("query" as never) as z.output<typeof AskedShops>
    const point = pointOf(near)
    if (point === null) return problem(c, "malformed", { fields: ["near"] })
    const at = context.clock.now()
    const [found, services] = await inTransaction(context.db, async (tx) => {
      const codes = stock === undefined ? null : new Set((await stockOfEan(tx, { ean: stock })).map(({ shop }) => shop))
      const wanted = { onlyOpen: open === "now", services: service === undefined ? [] : [service].flat(), codes, at }
      const { shops } = await findShops(tx, { ...(q === undefined ? {} : { text: q }), ...(point ? { near: point } : {}), ...wanted })
      return [shops, await listServices(tx)] as const
    })
    const telling = { locale: c.get("locale"), publicUrl: context.publicUrl, services }
    const isFresh = open !== undefined || stock !== undefined
    return c.json(
      found.map((shop) => shopTold(shop, telling)),
      200,
      isFresh ? SHORTLY : { "cache-control": "public, max-age=60" },
    )
  }) as never)
  declareOneShop(app, context)
}

function declareOneShop(app: Door, context: ShopContext): void {
  const one = createRoute({
    ...{
      method: "get",
      path: "/shops/{id}",
      operationId: "getShop",
      tags: ["Shops"],
      summary: "One shop, also a closed one, with its next two weeks",
    },
    request: { params: z.object({ id: z.string().min(1).max(32) }) },
    responses: answers(ShopWithDays, "The shop"),
  })
  app.openapi(one, (async (c: Context<ShopEnv>) => {
    const { id } = c.req.valid("param" as never) as { id: string }
    const at = context.clock.now()
    const today = dayIn(MINSK, at)
    const found = await inTransaction(context.db, async (tx) => {
      const shop = await shopByCode(tx, id)
      if (!shop) return undefined
      const schedule = (await schedulesOf(tx, { shops: [shop], from: addDays(today, -1) })).get(id)!
      return { shop, schedule, services: await listServices(tx) }
    })
    if (!found) return problem(c, "shop_not_found")
    const { shop, schedule, services } = found
    const seen = { ...shop, opening: openingAt(schedule, at), today: hoursOn(schedule, today), kilometres: null }
    const told = shopTold(seen, { locale: c.get("locale"), publicUrl: context.publicUrl, services })
    return c.json({ ...told, days: daysTold(schedule, today, c.get("locale")) }, 200, SHORTLY)
  }) as never)
}

/** Undefined when nothing was said, null when it is no place on Earth. */
function pointOf(near: string | undefined): { latitude: number; longitude: number } | null | undefined {
  if (near === undefined) return undefined
  const [latitude = NaN, longitude = NaN] = near.split(",").map(Number)
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

const METRES = 1_000

type Telling = { locale: Locale; publicUrl: string; services: readonly Service[] }

function shopTold(shop: FoundShop, { locale, publicUrl, services }: Telling) {
  const { code: id, name, city, address, latitude, longitude, state, week, holiday, phone, opening, today, kilometres } = shop
  return {
    ...{ id, name: name[locale], city: city[locale], address: address[locale], latitude, longitude, state, phone },
    geo: { latitude, longitude },
    ...{ hours: week, holidayHours: holiday, today: today?.hours ?? null },
    ...{ openNow: opening.isOpen, openUntil: opening.until, opensNext: opening.opensNext },
    services: services.filter(({ code }) => shop.services.includes(code)).map(({ code, name: said }) => ({ code, name: said[locale] })),
    distanceMetres: kilometres === null ? null : Math.trunc(kilometres * METRES),
    url: `${publicUrl}/shops/${id}`,
  }
}

const daysTold = (schedule: Schedule, from: ReturnType<typeof dayIn>, locale: Locale) =>
  daysOf(schedule, { from, days: DAYS_AHEAD }).map(({ reason, ...day }) => ({ ...day, reason: reason?.[locale] ?? null }))
