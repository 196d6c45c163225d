import { z } from "@hono/zod-openapi"
import { closeShop, listShops, openShop, reopenShop, shopByCode } from "@mila/shops"
import { createTill, issueEnrolmentCode, listTills, revokeTill } from "@mila/tills"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, localized, most, shopCode, text, whole } from "./schemas.ts"

export const Shop = z
  .object({
    code: z.string(),
    name: localized,
    city: localized,
    address: localized,
    latitude: z.number(),
    longitude: z.number(),
    legalEntity: z.string().nullable(),
    state: z.enum(["open", "closed"]),
    openedAt: instant,
    closedAt: instant.nullable(),
    week: z.array(z.string()).readonly().nullable().openapi({ description: "Monday first, `09:00-21:00` or `closed`; null: not known." }),
    holiday: z.string(),
    phone: z.string().nullable(),
    services: z.array(z.string()).readonly(),
  })
  .openapi("Shop")

const NewShop = z.strictObject({
  code: shopCode,
  name: localized,
  city: localized,
  address: localized,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  legalEntity: text(300).optional(),
})

const Till = z
  .object({
    tillId: z.number(),
    shop: z.string(),
    till: z.number(),
    state: z.enum(["waiting", "enrolled", "revoked"]),
    createdAt: instant,
    enrolledAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .openapi("Till")

const byCode = z.object({ code: shopCode })
const byTill = z.object({ tillId: idIn })

/** Shops: see them, open, close. */
export function declareShops(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/shops", permission: "shops.read", tag: "Shops", summary: "Shops by code" },
    query: z.strictObject({ after: shopCode.optional(), state: z.enum(["open", "closed"]).optional(), most }),
    answer: z.object({ shops: z.array(Shop) }),
    act: async ({ tx, query: { after = "", state = null, most } }) => ({ shops: await listShops(tx, { after, state, most }) }),
  })
  declare(office, {
    ...{ method: "get", path: "/shops/{code}", permission: "shops.read", tag: "Shops", summary: "One shop" },
    params: byCode,
    answer: Shop,
    act: async ({ tx, params: { code } }) => (await shopByCode(tx, code)) ?? refuse("shop_not_found", { code }),
  })
  declare(office, {
    ...{ method: "post", path: "/shops", permission: "shops.write", tag: "Shops", summary: "Open a shop", status: 201 },
    body: NewShop,
    answer: Shop,
    async act({ tx, at, body: { legalEntity = null, ...shop }, note }) {
      await note("shop.open", `shop:${shop.code}`)
      return openShop(tx, { ...shop, legalEntity, at })
    },
  })
  declare(office, {
    ...{ method: "post", path: "/shops/{code}/close", permission: "shops.write", tag: "Shops", summary: "Close a shop" },
    params: byCode,
    answer: Shop,
    async act({ tx, at, params: { code }, note }) {
      await note("shop.close", `shop:${code}`)
      return closeShop(tx, { code, at })
    },
  })
  declare(office, {
    ...{ method: "post", path: "/shops/{code}/reopen", permission: "shops.write", tag: "Shops", summary: "Open a closed shop again" },
    params: byCode,
    answer: Shop,
    async act({ tx, params: { code }, note }) {
      await note("shop.reopen", `shop:${code}`)
      return reopenShop(tx, { code })
    },
  })
}

/** Tills: make the place, give out the code that enrols the machine, take the key away. */
export function declareTills(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/tills", permission: "shops.read", tag: "Tills", summary: "Tills, of one shop if named" },
    query: z.strictObject({ shop: shopCode.optional(), after: idIn.optional(), most }),
    answer: z.object({ tills: z.array(Till) }),
    act: async ({ tx, query: { shop = null, after = 0, most } }) => ({ tills: await listTills(tx, { shop, after, most }) }),
  })
  declare(office, {
    ...{
      method: "post",
      path: "/tills",
      permission: "tills.write",
      tag: "Tills",
      summary: "Make the place for a till in a shop",
      status: 201,
    },
    body: z.strictObject({ shop: shopCode, till: whole(1, 9_999) }),
    answer: Till,
    async act({ tx, at, body, note }) {
      const till = await createTill(tx, { ...body, at })
      await note("till.create", `till:${till.tillId}`, body)
      return till
    },
  })
  declare(office, {
    ...{ method: "post", path: "/tills/{tillId}/enrolment-codes", permission: "tills.write", tag: "Tills", status: 201 },
    summary: "A code that enrols the till once, within a day; an earlier unused one dies",
    params: byTill,
    answer: z.object({ tillId: id, code: z.string(), expiresAt: instant }).openapi("EnrolmentCode"),
    async act({ tx, at, params: { tillId }, note }) {
      await note("till.enrolment-code", `till:${tillId}`)
      return { tillId, ...(await issueEnrolmentCode(tx, { tillId, at })) }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/tills/{tillId}/revoke", permission: "tills.write", tag: "Tills", summary: "Take the till's key away" },
    params: byTill,
    answer: Till,
    async act({ tx, at, params: { tillId }, note }) {
      await note("till.revoke", `till:${tillId}`)
      return revokeTill(tx, { tillId, at })
    },
  })
}
