import { z } from "@hono/zod-openapi"
import {
  batchNumbers,
  blockBatch,
  closeRange,
  defineRange,
  devicesOf,
  enrolDevice,
  issueBatch,
  listRanges,
  partnerSchemes,
  revokeDevice,
  setSchemeStatus,
} from "@mila/cards"
import { because, byCard } from "./cards.schemas.ts"
import { declare, type Office } from "./declare.ts"
import { id, idIn, instant, localized, text, whole } from "./schemas.ts"

const Range = z
  .object({ code: z.string(), kind: z.enum(["virtual", "plastic"]), prefix: z.string(), open: z.boolean() })
  .openapi("CardRange")
const rangeCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/)
const byBatch = z.object({ batchId: idIn })

/** Where our own numbers come from. */
export function declareRanges(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/card-ranges", permission: "cards.read", tag: "Card supply", summary: "Ranges of our own numbers" },
    answer: z.object({ ranges: z.array(Range) }),
    act: async ({ tx }) => ({ ranges: await listRanges(tx) }),
  })
  declare(office, {
    ...{ method: "post", path: "/card-ranges", permission: "cards.batch", tag: "Card supply", status: 201 },
    summary: "Open a range of numbers; a new virtual range closes the one before",
    body: z.strictObject({ code: rangeCode, kind: z.enum(["virtual", "plastic"]), prefix: z.string().regex(/^\d{2,4}$/) }),
    answer: Range,
    async act({ tx, at, by, body, note }) {
      await note("card-range.define", `card-range:${body.code}`, { kind: body.kind, prefix: body.prefix })
      return defineRange(tx, { ...body, at, by })
    },
  })
  declare(office, {
    ...{
      method: "post",
      path: "/card-ranges/{code}/close",
      permission: "cards.batch",
      tag: "Card supply",
      summary: "A range gives out no more numbers",
    },
    params: z.object({ code: rangeCode }),
    answer: z.object({ code: z.string() }),
    async act({ tx, params: { code }, note }) {
      await closeRange(tx, { code })
      await note("card-range.close", `card-range:${code}`)
      return { code }
    },
  })
}

/** Batches of plastic cards for the printer. */
export function declareBatches(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/card-batches", permission: "cards.batch", tag: "Card supply", status: 201, needsKey: true },
    summary: "Make plastic cards for the printer; anonymous until somebody attaches one",
    body: z.strictObject({ range: rangeCode, count: whole(1, 50_000) }),
    answer: z.object({ batchId: z.number(), numbers: z.array(z.string()) }).openapi("CardBatch"),
    async act({ tx, at, by, body, note }) {
      const batch = await issueBatch(tx, { ...body, at, by })
      await note("card-batch.issue", `card-batch:${batch.batchId}`, body)
      return batch
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/card-batches/{batchId}/numbers",
      permission: "cards.batch",
      tag: "Card supply",
      summary: "The numbers of a batch again, for the printer",
    },
    params: byBatch,
    answer: z.object({ numbers: z.array(z.string()) }),
    async act({ tx, params: { batchId }, note }) {
      await note("card-batch.numbers", `card-batch:${batchId}`)
      return { numbers: await batchNumbers(tx, { batchId }) }
    },
  })
  declare(office, {
    ...{
      method: "post",
      path: "/card-batches/{batchId}/block",
      permission: "cards.batch",
      tag: "Card supply",
      summary: "Block what nobody attached yet of a stolen batch",
    },
    params: byBatch,
    body: because,
    answer: z.object({ blocked: z.number() }),
    async act({ tx, at, by, params: { batchId }, body: { reason }, note }) {
      await note("card-batch.block", `card-batch:${batchId}`)
      return blockBatch(tx, { batchId, reason, at, by })
    },
  })
}

/** Phones that show a card's rotating code. */
export function declareDevices(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/cards/{cardId}/devices",
      permission: "cards.read",
      tag: "Cards",
      summary: "Phones that can show the card's code",
    },
    params: byCard,
    answer: z.object({ devices: z.array(z.object({ deviceNo: z.number(), name: z.string(), enrolledAt: instant })) }),
    act: async ({ tx, params: { cardId } }) => ({
      devices: (await devicesOf(tx, cardId)).map(({ deviceNo, name, enrolledAt }) => ({ deviceNo, name, enrolledAt })),
    }),
  })
  declare(office, {
    ...{ method: "post", path: "/cards/{cardId}/devices", permission: "cards.write", tag: "Cards", status: 201 },
    summary: "Let a phone show the card's rotating code; the secret (base32) is answered this once",
    params: byCard,
    body: z.strictObject({ name: text(60) }),
    answer: z.object({ deviceNo: z.number(), secret: z.string() }).openapi("DeviceSecret"),
    async act({ tx, at, by, params: { cardId }, body: { name: deviceName }, note }) {
      const { deviceNo, secret } = await enrolDevice(tx, { cardId, deviceName, at, by })
      await note("card.device-enrol", `card:${cardId}`, { deviceNo })
      return { deviceNo, secret }
    },
  })
  declare(office, {
    ...{
      method: "delete",
      path: "/cards/{cardId}/devices/{deviceNo}",
      permission: "cards.write",
      tag: "Cards",
      summary: "A phone shows no more valid codes",
    },
    params: z.object({ cardId: idIn, deviceNo: idIn }),
    answer: z.object({ deviceNo: id }),
    async act({ tx, at, by, params: { cardId, deviceNo }, note }) {
      await revokeDevice(tx, { cardId, deviceNo, at, by })
      await note("card.device-revoke", `card:${cardId}`, { deviceNo })
      return { deviceNo }
    },
  })
}

const status = z.enum(["active", "no-new-issue", "closed"])

/** Partner schemes. */
export function declareSchemes(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/card-schemes",
      permission: "cards.read",
      tag: "Card supply",
      summary: "Partner schemes with the ranges their issuers gave out",
    },
    answer: z.object({
      schemes: z.array(
        z.object({
          code: z.string(),
          name: localized,
          length: z.number(),
          status,
          rateNeeds: z.string(),
          redeemNeeds: z.string(),
          ranges: z.array(
            z.object({
              prefix: z.string(),
              issuer: z.string(),
              issuerName: z.string().nullable(),
              firstSerial: z.number(),
              lastSerial: z.number(),
            }),
          ),
        }),
      ),
    }),
    act: async ({ tx }) => ({ schemes: (await partnerSchemes(tx)).map(({ ranges, ...scheme }) => ({ ...scheme, ranges: [...ranges] })) }),
  })
  declare(office, {
    ...{
      method: "put",
      path: "/card-schemes/{code}/status",
      permission: "cards.batch",
      tag: "Card supply",
      summary: "Say whether a scheme's cards may be linked",
    },
    params: z.object({ code: rangeCode }),
    body: z.strictObject({ status }),
    answer: z.object({ code: z.string(), status }),
    async act({ tx, params: { code }, body: { status }, note }) {
      await setSchemeStatus(tx, { code, status })
      await note("card-scheme.status", `card-scheme:${code}`, { status })
      return { code, status }
    },
  })
}
