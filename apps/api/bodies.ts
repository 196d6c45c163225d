import { z } from "@hono/zod-openapi"

// What a till may send. Unknown fields are refused, so that a misspelt one is noticed in certification and not in a balance.
// The order of a sale's fields is part of its fingerprint: new ones go last, and none moves.
// Rules about facts (sums, signs, known goods) are not here: a fact that breaks them is quarantined, not refused.

const MOST_MINOR = 100_000_000_00
const MOST_MILLI = 1_000_000_000
const MOST_LINES = 10_000
const MOST_JOURNAL_ITEMS = 500

// neither control characters nor halves of a letter: the database keeps neither
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\u0000-\u001f\u007f\ud800-\udfff]*$/u)
const whole = (least: number, most: number) => z.number().int().min(least).max(most)
const instant = z.iso.datetime({ offset: true }).openapi({ example: "2026-11-23T12:31:07+03:00" })
const amount = whole(-MOST_MINOR, MOST_MINOR)

const Identifier = z
  .strictObject({
    type: z.enum(["card13", "rotating", "phone", "partner13", "cardStamp", "memberRef"]),
    value: text(512),
  })
  .openapi("Identifier", {
    description:
      "card13: our 13-digit card. rotating: the 23 digits a phone shows; proves presence. phone: earns only, unless confirmed by a code. " +
      "partner13: the 13-digit barcode of a partner card. cardStamp: the acquirer's fingerprint of a bank card. memberRef: from `identify`. " +
      "Never a bank card number.",
    example: { type: "card13", value: "2990000000017" },
  })

const Line = z
  .strictObject({
    no: whole(1, 1_000_000),
    sku: text(64),
    ean: text(14).optional(),
    name: text(256).optional(),
    quantityMilli: whole(-MOST_MILLI, MOST_MILLI).openapi({ description: "Thousandths: one piece is 1000.", example: 1000 }),
    priceMinor: amount.openapi({ description: "Of one unit, in kopecks." }),
    amountMinor: amount.openapi({ description: "Of the line after promotions and the card price, before points." }),
    regularMinor: amount.optional().openapi({ description: "Of the line at the shelf price; without it the line is not discounted." }),
    minPriceMinor: whole(0, MOST_MINOR)
      .optional()
      .openapi({ description: "No points below this price of a unit; without it the catalogue's." }),
    promo: z.boolean().optional(),
    excluded: z.boolean().optional(),
  })
  .openapi("Line")

const Tender = z
  .strictObject({ type: z.enum(["cash", "card", "installment", "certificate", "erip", "other"]), amountMinor: amount })
  .openapi("Tender")

const head = {
  storeCode: text(32).openapi({ example: "0412" }),
  tillNo: whole(1, 9_999).openapi({ example: 3 }),
  sequence: whole(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .openapi({ description: "Counts this till's facts without a hole: 1, 2, 3, …; a missing one is reported to you and to us." }),
  cashier: text(64).optional(),
}
const numbered = { shift: whole(0, 10_000_000), number: whole(0, 1_000_000_000) }
const fiscal = z.strictObject({ number: text(64).optional(), uid: text(64).optional(), date: text(40).optional() }).optional()
const coupons = z
  .array(text(64))
  .max(50)
  .optional()
  .openapi({
    description:
      "Points are given by campaigns, which need no coupon, so this version knows none: a calculation answers each one as rejected with the reason " +
      "`coupon_unknown`, and a receipt keeps them as they were told. Send them all the same, and read the answer: later versions may know some.",
  })
/** A wish in points. What is no whole amount is read all the same: it breaks a rule of the act, `points_out_of_range`, and is not unreadable. */
const wished = z.number().min(-MOST_MINOR).max(MOST_MINOR).openapi({
  type: "integer",
  description: "Whole, and not below zero; setting aside asks for one at least. Else 422 `points_out_of_range`.",
})
const purchaseId = text(64).openapi({ description: "Your own name for the purchase, from the first calculation to the receipt." })

export const IdentifyBody = z.strictObject({ ...head, identifier: Identifier, at: instant }).openapi("Identify")

export const CalculateBody = z
  .strictObject({
    ...head,
    purchaseId,
    identifier: Identifier.nullish(),
    at: instant,
    lines: z.array(Line).min(1).max(1_000),
    tenders: z
      .array(Tender)
      .max(20)
      .optional()
      .openapi({ description: "Planned ones, as far as known: an instalment card changes the answer." }),
    redeem: z
      .discriminatedUnion("mode", [
        z.strictObject({ mode: z.literal("none") }),
        z.strictObject({ mode: z.literal("max") }),
        z.strictObject({ mode: z.literal("amount"), points: wished }),
      ])
      .optional(),
    coupons,
  })
  .openapi("Calculate")

export const AuthoriseBody = z
  .strictObject({
    ...head,
    purchaseId,
    quoteId: text(200_000),
    points: wished,
    proof: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("rotating"), value: text(64) }),
        z.strictObject({ type: z.literal("code"), confirmationId: text(20), value: text(10) }),
      ])
      .optional()
      .openapi({ description: "Not needed when the purchase was identified by a rotating code." }),
    at: instant,
  })
  .openapi("Authorise")

export const VoidBody = z.strictObject({ ...head, voidedAt: instant, reason: text(200).optional() }).openapi("Void")

export const SaleBody = z
  .strictObject({
    ...head,
    ...numbered,
    soldAt: instant,
    purchaseId: purchaseId.optional(),
    quoteId: text(200_000).optional(),
    authId: text(20).optional(),
    identifier: Identifier.nullish(),
    fiscal,
    lines: z.array(Line).max(MOST_LINES),
    tenders: z.array(Tender).max(50),
    totalMinor: amount.openapi({ description: "The sum of the lines' amounts, before points." }),
    redeemed: z
      .strictObject({
        points: whole(0, MOST_MINOR),
        lines: z
          .array(z.strictObject({ no: whole(1, 1_000_000), points: whole(0, MOST_MINOR) }))
          .max(MOST_LINES)
          .optional(),
      })
      .optional(),
    coupons,
  })
  .openapi("Sale")

export const CancelBody = z.strictObject({ ...head, cancelledAt: instant, reason: text(200).optional() }).openapi("Cancel")

export const ReturnBody = z
  .strictObject({
    ...head,
    ...numbered,
    returnedAt: instant,
    original: z
      .strictObject({ receiptId: text(80).optional(), fiscalUid: text(64).optional(), purchaseId: text(64).optional() })
      .refine((words) => Object.values(words).filter((word) => word !== undefined).length === 1, "name the sale in exactly one way"),
    lines: z.array(z.strictObject({ no: whole(1, 1_000_000), quantityMilli: whole(-MOST_MILLI, MOST_MILLI) })).max(MOST_LINES),
    refunds: z.array(Tender).max(50).optional(),
    fiscal,
    reason: text(200).optional(),
  })
  .openapi("Return")

export const ConfirmationBody = z.strictObject({ ...head, identifier: Identifier, at: instant }).openapi("Confirmation")

export const GapsBody = z.strictObject({ ...head, upTo: whole(0, Number.MAX_SAFE_INTEGER) }).openapi("Gaps")

const JournalSale = SaleBody.extend({ type: z.literal("sale") }).openapi("JournalSale")
const JournalReturn = ReturnBody.safeExtend({ type: z.literal("return") }).openapi("JournalReturn")
const JournalCancel = CancelBody.extend({ type: z.literal("cancel"), receiptId: text(80) }).openapi("JournalCancel")
const JournalVoid = VoidBody.extend({ type: z.literal("void"), authId: text(20) }).openapi("JournalVoid")

/** One item of a journal; an item that is none of these is kept raw and quarantined. */
export const JournalItemBody = z.discriminatedUnion("type", [JournalSale, JournalReturn, JournalCancel, JournalVoid]).openapi("JournalItem")

/** The journal's own shape: its items are read one by one. */
export const JournalBody = z.strictObject({ ...head, items: z.array(z.unknown()).min(1).max(MOST_JOURNAL_ITEMS) })

/** As the document shows it to integrators. */
export const JournalBodyShown = z
  .strictObject({ ...head, items: z.array(JournalItemBody).min(1).max(MOST_JOURNAL_ITEMS) })
  .openapi("Journal", {
    description: "What happened while the till was alone, oldest first. An item we cannot read is kept and quarantined; the others go on.",
  })

export const EnrolBody = z
  .strictObject({
    code: text(64).openapi({ example: "K7QXM-3FZ2P-9TBVA-HD6WE" }),
    publicKey: z
      .strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: text(64) })
      .optional()
      .openapi({ description: "An Ed25519 key as JWK. Without it you get a shared secret for hmac-sha256." }),
  })
  .openapi("Enrol")

export type SaleBody = z.infer<typeof SaleBody>
export type ReturnBody = z.infer<typeof ReturnBody>
export type JournalItemBody = z.infer<typeof JournalItemBody>
