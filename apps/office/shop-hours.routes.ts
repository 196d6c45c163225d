import { z } from "@hono/zod-openapi"
import type { Day } from "@mila/kernel"
import {
  endSpecialHours,
  listServices,
  putService,
  putSpecialHours,
  setShopDetails,
  type ShopDetails,
  specialHoursOf,
  type WeekHours,
} from "@mila/shops"
import { declare, type Office } from "./declare.ts"
import { day, idIn, localized, shopCode, whole } from "./schemas.ts"
import { Shop } from "./shops.routes.ts"

const hours = z
  .string()
  .regex(/^(?:closed|\d\d:\d\d-\d\d:\d\d)$/)
  .openapi({ description: "Clock times of Minsk, or `closed`; an end before the beginning is after midnight.", example: "09:00-21:00" })

const Special = z
  .object({ id: z.number(), shop: z.string(), fromDay: z.string(), toDay: z.string(), hours: z.string(), reason: localized.nullable() })
  .openapi("SpecialHours")

const byCode = z.object({ code: shopCode })

/** When shops are open and what they offer: the week, holidays, days that differ, closings for a while, services. */
export function declareShopHours(office: Office): void {
  declare(office, {
    ...{ method: "patch", path: "/shops/{code}", permission: "shops.write", tag: "Shops" },
    summary: "Hours, phone and services of a shop; what is left out stays",
    params: byCode,
    body: z.strictObject({
      week: z.array(hours).length(7).nullable().optional().openapi({ description: "Monday first; null: not known." }),
      holiday: z
        .union([z.literal("usual"), hours])
        .optional()
        .openapi({ description: "On state holidays: as on that day of the week, or hours of their own." }),
      phone: z
        .string()
        .regex(/^\+\d{9,15}$/)
        .nullable()
        .optional(),
      services: z.array(z.string().max(32)).max(50).optional(),
    }),
    answer: Shop,
    async act({ tx, params: { code }, body: { week, holiday, phone, services }, note }) {
      const details: ShopDetails = {
        ...(week === undefined ? {} : { week: week as WeekHours | null }),
        ...(holiday === undefined ? {} : { holiday }),
        ...(phone === undefined ? {} : { phone }),
        ...(services === undefined ? {} : { services }),
      }
      await note("shop.details", `shop:${code}`, { set: Object.keys(details) })
      return setShopDetails(tx, { code, ...details })
    },
  })
  declareSpecialHours(office)
  declareServices(office)
}

function declareSpecialHours(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/shops/{code}/special-hours", permission: "shops.read", tag: "Shops" },
    summary: "Days of a shop that differ from its week and are not over on the day `from`",
    params: byCode,
    query: z.strictObject({ from: day }),
    answer: z.object({ specialHours: z.array(Special) }),
    act: async ({ tx, params: { code }, query: { from } }) => ({
      specialHours: await specialHoursOf(tx, { codes: [code], from: from as Day }),
    }),
  })
  declare(office, {
    ...{ method: "post", path: "/shops/{code}/special-hours", permission: "shops.write", tag: "Shops", status: 201 },
    summary: "Other hours for some days, or a closing for a while; the latest word about a day holds",
    params: byCode,
    body: z.strictObject({ fromDay: day, toDay: day, hours, reason: localized.optional() }),
    answer: Special,
    async act({ tx, at, by, params: { code: shop }, body: { fromDay, toDay, hours, reason = null }, note }) {
      const asked = { shop, fromDay: fromDay as Day, toDay: toDay as Day, hours, reason }
      const made = await putSpecialHours(tx, { ...asked, at, by })
      await note("shop.special-hours", `shop:${shop}`, { fromDay, toDay, hours })
      return made
    },
  })
  declare(office, {
    ...{ method: "post", path: "/shops/{code}/special-hours/{id}/end", permission: "shops.write", tag: "Shops" },
    summary: "Take special days back: the week holds again",
    params: byCode.extend({ id: idIn }),
    answer: Special,
    async act({ tx, at, params: { code: shop, id }, note }) {
      await note("shop.special-hours-end", `shop:${shop}`, { id })
      return endSpecialHours(tx, { shop, id, at })
    },
  })
}

function declareServices(office: Office): void {
  const Service = z.object({ code: z.string(), name: localized, position: z.number() }).openapi("ShopService")
  declare(office, {
    ...{ method: "get", path: "/shop-services", permission: "shops.read", tag: "Shops", summary: "What shops may offer besides goods" },
    answer: z.object({ services: z.array(Service) }),
    act: async ({ tx }) => ({ services: await listServices(tx) }),
  })
  declare(office, {
    ...{
      method: "put",
      path: "/shop-services/{code}",
      permission: "shops.write",
      tag: "Shops",
      summary: "Name a service, or name it anew",
    },
    params: z.object({ code: z.string().regex(/^[a-z0-9_]{1,32}$/) }),
    body: z.strictObject({ name: localized, position: whole(0, 1_000) }),
    answer: Service,
    async act({ tx, params: { code }, body, note }) {
      await note("shop.service", `service:${code}`)
      await putService(tx, { code, ...body })
      return { code, ...body }
    },
  })
}
