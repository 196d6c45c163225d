import { z } from "@hono/zod-openapi"
import { money, type Tx } from "@mila/kernel"
import { tellMember } from "@mila/membership"
import { queueMessage } from "@mila/messages"
import { answerPriceClaim, type PriceClaim, priceClaims, settleUnknownCode, unknownCodes } from "@mila/pricecheck"
import { declare, type Office } from "./declare.ts"
import { idIn, instant, localized, most, shopCode, text } from "./schemas.ts"

const UnknownCode = z
  .object({
    code: z.string(),
    shop: z.string().nullable(),
    times: z.number().openapi({ description: "How many times people looked for it." }),
    firstSeenAt: instant,
    lastSeenAt: instant,
    state: z.enum(["open", "settled"]),
    settledAt: instant.nullable(),
    settledBy: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi("UnknownCode")

const kopecks = z.number().int().openapi({ description: "Kopecks." })
const Claim = z
  .object({
    claimId: z.number(),
    ean: z.string(),
    shop: z.string(),
    shown: z.object({
      ...{ sku: z.string().nullable(), name: localized, regularMinor: kopecks, cardMinor: kopecks },
      ...{ promotion: z.string().nullable(), endsAt: z.string().nullable() },
    }),
    source: z
      .enum(["live", "kept"])
      .openapi({ description: "`live`: shown by us, proven by our seal. `kept`: what a phone without a network says." }),
    shownAt: instant,
    tillMinor: kopecks,
    memberId: z.number().nullable(),
    contact: z.string().nullable().openapi({ description: "Of a guest." }),
    words: z.string().nullable(),
    locale: z.enum(["ru", "be", "en"]),
    madeAt: instant,
    state: z.enum(["open", "answered"]),
    outcome: z.enum(["till_wrong", "page_wrong", "no_fault"]).nullable(),
    answer: z.string().nullable(),
    answeredAt: instant.nullable(),
    answeredBy: z.string().nullable(),
  })
  .openapi("PriceClaim")

/** What people tell about prices: codes nobody knows, and tills that asked something else than was shown. */
export function declarePriceChecks(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/unknown-codes", permission: "pricecheck.read", tag: "Price checks" },
    summary: "Barcodes people asked the price of and nobody knows, the most asked for first",
    query: z.strictObject({ state: z.enum(["open", "settled"]).optional(), shop: shopCode.optional(), most }),
    answer: z.object({ codes: z.array(UnknownCode) }),
    act: async ({ tx, query: { state = null, shop = null, most } }) => ({ codes: await unknownCodes(tx, { state, shop, most }) }),
  })
  declare(office, {
    ...{ method: "post", path: "/unknown-codes/{code}/settle", permission: "pricecheck.answer", tag: "Price checks" },
    summary: "Say what became of a code, for all shops; asked for again later, it comes back",
    params: z.object({ code: z.string().regex(/^\d{8,14}$/) }),
    body: z.strictObject({ note: text(500) }),
    answer: z.object({ codes: z.array(UnknownCode) }),
    async act({ tx, at, by, params: { code }, body, note }) {
      await note("unknown-code.settle", `barcode:${code}`)
      return { codes: await settleUnknownCode(tx, { code, note: body.note, at, by }) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/price-claims",
      permission: "pricecheck.read",
      tag: "Price checks",
      summary: "«На кассе другая цена», oldest first",
    },
    query: z.strictObject({ state: z.enum(["open", "answered"]).optional(), shop: shopCode.optional(), after: idIn.optional(), most }),
    answer: z.object({ claims: z.array(Claim) }),
    act: async ({ tx, query: { state = null, shop = null, after = 0, most } }) => ({
      claims: await priceClaims(tx, { state, shop, after, most }),
    }),
  })
  declare(office, {
    ...{ method: "post", path: "/price-claims/{claimId}/answer", permission: "pricecheck.answer", tag: "Price checks" },
    summary: "Answer a claim, once; the member, or the guest who left a contact, is told",
    params: z.object({ claimId: idIn }),
    body: z.strictObject({ outcome: z.enum(["till_wrong", "page_wrong", "no_fault"]), answer: text(1_000) }),
    answer: Claim,
    async act({ tx, at, by, params: { claimId }, body, note }) {
      const claim = await answerPriceClaim(tx, { claimId, ...body, at, by })
      await note("price-claim.answer", `price-claim:${claimId}`, { outcome: body.outcome })
      await tellAnswer(tx, claim, at)
      return claim
    },
  })
}

/** The member by their phone; a guest by what they left. An answer is a service message: they asked. */
async function tellAnswer(tx: Tx, { claimId, memberId, contact, locale, answer, shown }: PriceClaim, at: Date): Promise<void> {
  const params = { number: String(claimId), thing: shown.name[locale], price: money(shown.cardMinor, locale), answer: answer ?? "" }
  const template = "price_claim_answered" as const
  if (memberId !== null) return tellMember(tx, { memberId, template, params, at })
  if (contact === null) return
  await queueMessage(tx, { channel: contact.includes("@") ? "email" : "sms", to: contact, template, params, locale, at })
}
