import { z } from "@hono/zod-openapi"

// What a till is told, for the document; tests hold every answer against it.

const whole = z.number().int()
const points = whole.min(0).openapi({ description: "Whole points." })
const day = z.iso.date()
const instant = z.iso.datetime()
const texts = z.array(z.string())

export const Problem = z
  .looseObject({
    type: z.string().openapi({ example: "urn:mila:problem:card_blocked" }),
    title: z.string(),
    status: whole,
    detail: z.string().openapi({ description: "For a person, in the language of Accept-Language: ru, be, en." }),
    code: z.string().openapi({ description: "Stable; decide by it.", example: "card_blocked" }),
    requestId: z.string().optional(),
  })
  .openapi("Problem")

const Balance = z.strictObject({ pending: points, available: points, held: points, owed: points }).openapi("Balance")
const Explanation = z
  .strictObject({ line: whole.nullable(), code: z.string(), rule: z.string().nullable(), version: whole, points: whole, text: z.string() })
  .openapi("Explanation")
const Key = z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), kid: z.string(), x: z.string() }).openapi("VerificationKey")
const Gap = z.strictObject({ from: whole, to: whole }).openapi("Gap")
const status = z.enum(["accepted", "quarantined", "parked", "conflict", "cancelled"])

export const Enrolled = z
  .strictObject({
    keyId: z.string(),
    secret: z
      .string()
      .nullable()
      .openapi({ description: "base64url, 32 bytes, for hmac-sha256; shown this once. null when you brought a key." }),
    storeCode: z.string(),
    tillNo: whole,
    verificationKey: Key,
  })
  .openapi("Enrolled")

export const Identified = z
  .strictObject({
    memberRef: z.string(),
    maskedName: z.string(),
    card: z
      .strictObject({
        kind: z.enum(["virtual", "plastic", "partner"]),
        state: z.enum(["issued", "active", "blocked", "replaced", "removed"]),
      })
      .nullable(),
    status: z.strictObject({ earn: z.boolean(), redeem: z.boolean(), blocked: z.boolean() }),
    balance: Balance,
    tier: z.string(),
    coupons: texts,
    needs: z.strictObject({ confirmation: z.boolean() }),
    cashierMessages: texts,
  })
  .openapi("Identified")

export const ConfirmationSent = z.strictObject({ confirmationId: z.string(), expiresAt: instant }).openapi("ConfirmationSent")

export const Calculated = z
  .strictObject({
    purchaseId: z.string(),
    quoteId: z.string().nullable(),
    validUntil: instant.nullable(),
    lines: z.array(z.strictObject({ no: whole, earned: points, redeemed: points, mostRedeemable: points })),
    earned: points,
    redeemed: points,
    mostRedeemable: points,
    refusal: z.string().nullable().openapi({ description: "The code with which setting the wished points aside would be refused." }),
    totalMinor: whole,
    payableMinor: whole,
    balance: Balance.nullable(),
    maskedName: z.string().nullable(),
    coupons: z.strictObject({
      applied: texts,
      rejected: z.array(z.strictObject({ coupon: z.string(), reason: z.string().openapi({ example: "coupon_unknown" }) })),
    }),
    explanation: z.array(Explanation),
    cashierMessages: texts,
  })
  .openapi("Calculated")

export const Authorised = z
  .strictObject({ authId: z.string(), points, lines: z.array(z.strictObject({ no: whole, points })), expiresAt: instant, balance: Balance })
  .openapi("Authorised")

export const Voided = z.strictObject({ authId: z.string(), status: z.enum(["voided", "already_ended"]) }).openapi("Voided")

export const ReceiptRecorded = z
  .strictObject({
    receiptId: z.string().openapi({ example: "0412-3-17-9001" }),
    status,
    reasons: texts.openapi({ description: "Why it waits for a person; empty when accepted." }),
    flags: texts,
    earned: points,
    redeemed: points,
    owing: points,
    exposed: points,
    balance: Balance.nullable(),
    lines: z.array(z.strictObject({ no: whole, earned: points, redeemed: points, activatesOn: day.nullable(), expiresOn: day.nullable() })),
    slip: texts.openapi({
      description: "Print these lines as they are: none is longer than 32 signs.",
      example: ["Начислено бонусов: 1,23 BYN,", "доступны с 15.05"],
    }),
    cashierMessages: texts,
  })
  .openapi("ReceiptRecorded")

export const ReturnRecorded = z
  .strictObject({
    receiptId: z.string(),
    status,
    reasons: texts,
    flags: texts,
    sale: z.string().nullable(),
    clawed: points,
    restored: points,
    owing: points,
    exposed: points,
    lines: z.array(z.strictObject({ no: whole, clawed: points, restored: points })),
    slip: texts,
  })
  .openapi("ReturnRecorded")

export const Cancelled = z
  .strictObject({ receiptId: z.string(), status: z.enum(["cancelled", "parked"]), clawed: points, restored: points })
  .openapi("Cancelled")

export const Receipt = z
  .strictObject({
    receiptId: z.string(),
    shop: z.string(),
    till: whole,
    kind: z.enum(["sale", "return"]),
    state: z.enum(["settled", "quarantined", "parked", "cancelled"]),
    soldAt: instant,
    recordedAt: instant,
    totalMinor: whole,
    earned: points,
    redeemed: points,
    flags: texts,
    explanation: z.array(Explanation),
  })
  .openapi("Receipt")

export const JournalRecorded = z
  .strictObject({
    results: z.array(
      z.strictObject({
        index: whole,
        status: z.enum(["accepted", "duplicate", "conflict", "quarantined", "parked"]),
        receiptId: z.string().nullable(),
        reasons: texts,
        earned: whole,
        redeemed: whole,
      }),
    ),
    gaps: z.array(Gap),
  })
  .openapi("JournalRecorded")

export const Gaps = z.strictObject({ gaps: z.array(Gap) }).openapi("GapsShown")

export const Pack = z
  .strictObject({
    version: z.string(),
    storeCode: z.string(),
    tillNo: whole,
    denyList: z.strictObject({
      version: z.string(),
      salt: z.string(),
      bloom: z.strictObject({ bits: whole, hashes: whole, count: whole, data: z.string() }),
      recent: z.array(z.strictObject({ mark: z.string(), reason: z.enum(["blocked", "replaced", "removed"]), since: instant })),
    }),
    ownPrefixes: texts,
    schemes: z.array(z.looseObject({ code: z.string(), length: whole, status: z.string() })),
    programme: z.strictObject({ version: whole, digest: z.string() }),
    prices: z.strictObject({ version: whole }),
    allowance: z.strictObject({ pointsADay: points, proof: z.literal("rotating") }),
    gaps: z.array(Gap),
    verificationKeys: z.array(Key),
  })
  .openapi("OfflinePack")
