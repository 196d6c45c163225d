import { z } from "@hono/zod-openapi"
import {
  acknowledgeGaps,
  bindCardStamp,
  dismissFromQuarantine,
  gapsOf,
  listGaps,
  lookUpMisses,
  quarantined,
  releaseFromQuarantine,
  tillById,
} from "@mila/tills"
import { looksLikeBankCardNumber } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, instantIn, most, shopCode, text } from "./schemas.ts"
import { cardNumber } from "./cards.schemas.ts"

const Fact = z
  .object({
    id: z.number(),
    tillId: z.number(),
    shop: z.string(),
    till: z.number(),
    kind: z.enum(["sale", "return", "cancel", "void", "unreadable"]),
    reasons: z.array(z.string()),
    receiptId: z.string().nullable(),
    arrivedAt: instant,
    state: z.enum(["open", "released", "dismissed"]),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    note: z.string().nullable(),
    body: z.unknown(),
  })
  .openapi("QuarantinedFact")

const byId = z.object({ id: idIn })
const why = z.strictObject({ note: text(500) })

/** Facts that break a rule wait here for a person; they are never refused and never lost. */
export function declareQuarantine(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/quarantine",
      permission: "receipts.read",
      tag: "Quarantine",
      summary: "What waits for a person, oldest first",
    },
    query: z.strictObject({
      state: z.enum(["open", "released", "dismissed", "all"]).default("open"),
      shop: shopCode.optional(),
      after: idIn.optional(),
      most,
    }),
    answer: z.object({ facts: z.array(Fact) }),
    act: async ({ tx, query: { state, shop = null, after = 0, most } }) => ({
      facts: await quarantined(tx, { state: state === "all" ? null : state, shop, after, most }),
    }),
  })
  declare(office, {
    ...{ method: "post", path: "/quarantine/{id}/release", permission: "receipts.release", tag: "Quarantine" },
    summary: "Let a sale pass: it is settled as it stands, by the rules of the day it was sold",
    params: byId,
    body: why,
    answer: z.object({ receiptId: z.string(), earned: z.number(), redeemed: z.number() }),
    async act({ tx, at, by, params: { id }, body, note }) {
      await note("quarantine.release", `quarantine:${id}`)
      return releaseFromQuarantine(tx, { id, by, note: safe(body.note), at })
    },
  })
  declare(office, {
    ...{ method: "post", path: "/quarantine/{id}/dismiss", permission: "receipts.release", tag: "Quarantine" },
    summary: "Lay it aside for good: nothing is settled, the fact stays",
    params: byId,
    body: why,
    answer: z.object({ id }),
    async act({ tx, at, by, params: { id }, body, note }) {
      await note("quarantine.dismiss", `quarantine:${id}`)
      await dismissFromQuarantine(tx, { id, by, note: safe(body.note), at })
      return { id }
    },
  })
}

const safe = (note: string): string => (looksLikeBankCardNumber(note) ? refuse("bank_card_number") : note)

const Gap = z.object({ from: z.number(), to: z.number() })

/** What tills counted and we never got, and which tills ask about too many unknown cards. */
export function declareGaps(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/gaps", permission: "receipts.read", tag: "Tills", summary: "Facts that tills counted and we never got" },
    query: z.strictObject({ after: z.coerce.number().int().min(0).default(0), most }),
    answer: z.object({ gaps: z.array(Gap.extend({ tillId: z.number(), shop: z.string(), till: z.number() })) }),
    act: async ({ tx, query: { after, most } }) => ({ gaps: await listGaps(tx, { after, most }) }),
  })
  declare(office, {
    ...{
      method: "get",
      path: "/tills/{tillId}/gaps",
      permission: "receipts.read",
      tag: "Tills",
      summary: "What one till counted and we never got",
    },
    params: z.object({ tillId: idIn }),
    answer: z.object({ gaps: z.array(Gap) }),
    async act({ tx, params: { tillId } }) {
      await tillById(tx, tillId)
      return { gaps: await gapsOf(tx, { tillId }) }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/tills/{tillId}/gaps/acknowledge", permission: "tills.write", tag: "Tills" },
    summary: "Give up what is missing up to a number; it is not reported again, and still taken when it comes",
    params: z.object({ tillId: idIn }),
    body: z.strictObject({ upTo: id }),
    answer: z.object({ gaps: z.array(Gap) }),
    async act({ tx, params: { tillId }, body: { upTo }, note }) {
      await tillById(tx, tillId)
      await acknowledgeGaps(tx, { tillId, upTo })
      await note("till.gaps-acknowledge", `till:${tillId}`, { upTo })
      return { gaps: await gapsOf(tx, { tillId }) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/look-up-misses",
      permission: "receipts.read",
      tag: "Tills",
      summary: "Tills that asked about cards nobody has, most misses first",
    },
    query: z.strictObject({ since: instantIn, most }),
    answer: z.object({ tills: z.array(z.object({ tillId: z.number(), misses: z.number() })) }),
    act: async ({ tx, query }) => ({ tills: await lookUpMisses(tx, query) }),
  })
  declare(office, {
    ...{ method: "post", path: "/card-stamps", permission: "cards.write", tag: "Cards" },
    summary: "Let an acquirer's fingerprint of a bank card stand for a loyalty card; never the bank card's number",
    body: z.strictObject({ stamp: text(200), number: cardNumber }),
    answer: z.object({ bound: z.literal(true) }),
    async act({ tx, at, by, body: { stamp, number }, note }) {
      await bindCardStamp(tx, { stamp: safe(stamp), cardNumber: number, at, by })
      await note("card.stamp", "card-stamp")
      return { bound: true as const }
    },
  })
}
