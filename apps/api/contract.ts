import type { z } from "@hono/zod-openapi"
import * as answers from "./answers.ts"
import * as bodies from "./bodies.ts"
import type { ApiCode } from "./refusals.ts"

export type Route = {
  method: "get" | "post"
  /** below /pos/v1 */
  path: string
  tag: "Enrolment" | "Purchase" | "Facts" | "Alone"
  summary: string
  description: string
  body?: z.ZodType
  answers: Readonly<Record<number, { means: string; shape?: z.ZodType }>>
  /** codes of its own, beside those every signed call may get */
  codes: readonly ApiCode[]
  /** whether the Idempotency-Key has to be there; `none` for reads */
  key: "needed" | "optional" | "none"
  signed: boolean
}

/** Every signed call may be answered with these. */
export const SIGNED_CODES: readonly ApiCode[] = [
  "signature_missing",
  "signature_malformed",
  "signature_incomplete",
  "signature_expired",
  "signature_wrong",
  "digest_wrong",
  "key_unknown",
  "too_many_requests",
  "unavailable",
  "internal",
]

/** And those with a body with these. */
export const BODY_CODES: readonly ApiCode[] = [
  "unreadable",
  "idempotency_key_missing",
  "idempotency_mismatch",
  "in_flight",
  "not_your_shop",
  "bank_card_number",
  "body_too_large",
  "media_type_unsupported",
]

const post = { method: "post", signed: true } as const
const get = { method: "get", signed: true, key: "none", codes: [] } as const

/** The contract, route by route, in the order a till meets them. */
export const ROUTES: readonly Route[] = [
  {
    ...{ method: "post", path: "/enrol", tag: "Enrolment", signed: false, key: "none" },
    summary: "Get this till's key for a one-time code",
    description: "The back office makes the code; it is good for 24 hours and once. Bring an Ed25519 public key, or get a shared secret.",
    ...{ body: bodies.EnrolBody, answers: { 201: { means: "The key", shape: answers.Enrolled } } },
    codes: [
      "enrolment_code_invalid",
      "public_key_invalid",
      "unreadable",
      "media_type_unsupported",
      "too_many_requests",
      "unavailable",
      "internal",
    ],
  },
  {
    ...{ ...post, path: "/identify", tag: "Purchase", key: "optional" },
    summary: "Who is at the till",
    description:
      "A masked name, the balance, and what may be done. A rotating code is burnt and proves presence for this purchase: carry `memberRef` on as the " +
      "identifier. With an Idempotency-Key a repetition is given the same answer. Time-out for tills: 1 s; sell without loyalty then.",
    ...{ body: bodies.IdentifyBody, answers: { 200: { means: "Found", shape: answers.Identified } } },
    codes: ["card_unknown", "look_up_budget_spent", "rotating_code_invalid", "rotating_code_used", "rotating_code_locked"],
  },
  {
    ...{ ...post, path: "/confirmations", tag: "Purchase", key: "needed" },
    summary: "Send a five-digit code to the member's phone",
    description:
      "Said aloud at this till within three minutes it proves presence: pass it as `proof` when points are set aside. Five tries.",
    ...{ body: bodies.ConfirmationBody, answers: { 201: { means: "Sent", shape: answers.ConfirmationSent } } },
    codes: ["card_unknown", "look_up_budget_spent", "confirmation_too_soon"],
  },
  {
    ...{ ...post, path: "/calculate", tag: "Purchase", key: "optional" },
    summary: "What the basket would earn and may redeem",
    description:
      "Ask again at every change of the basket; nothing is kept. Planned tenders matter: an instalment card changes the answer. Time-out: 1.5 s.",
    ...{ body: bodies.CalculateBody, answers: { 200: { means: "Calculated", shape: answers.Calculated } } },
    codes: ["card_unknown", "card_blocked", "spend_locked", "spend_rests", "look_up_budget_spent", "points_out_of_range"],
  },
  {
    ...{ ...post, path: "/redemptions", tag: "Purchase", key: "needed" },
    summary: "Set points aside",
    description:
      "Held for five minutes, then they return by themselves. Asking again for the same purchase replaces what was held. A confirmation after the " +
      "hold lapsed is still accepted.",
    ...{ body: bodies.AuthoriseBody, answers: { 201: { means: "Set aside", shape: answers.Authorised } } },
    codes: [
      ...([
        "quote_invalid",
        "quote_expired",
        "card_blocked",
        "spend_locked",
        "spend_rests",
        "confirmation_required",
        "confirmation_invalid",
        "rotating_code_invalid",
      ] as const),
      ...(["rotating_code_used", "rotating_code_locked", "points_out_of_range", "points_below_minimum", "points_not_in_step"] as const),
      ...(["nothing_redeemable", "tender_cannot_redeem", "too_many_points_for_basket", "not_enough_points"] as const),
    ],
  },
  {
    ...{ ...post, path: "/redemptions/{id}/void", tag: "Purchase", key: "needed" },
    summary: "Give points back that were set aside",
    description: "Repeating it, or coming after the hold lapsed, is harmless.",
    ...{
      body: bodies.VoidBody,
      answers: { 200: { means: "Given back", shape: answers.Voided } },
      codes: ["redemption_not_found", "redemption_captured"],
    },
  },
  {
    ...{ ...post, path: "/receipts", tag: "Facts", key: "needed", codes: [] },
    summary: "A sale happened",
    description:
      "Send it after the fiscal close; queue it when we are away, and send it unchanged. It is never refused for what it says: what breaks a rule is " +
      "kept and `quarantined` with its reasons. Shop, till, shift and number name it for ever: the same content again is given the first answer word " +
      "for word, other content is kept as a `conflict`.",
    body: bodies.SaleBody,
    answers: {
      201: { means: "Settled", shape: answers.ReceiptRecorded },
      202: { means: "Kept: quarantined, or a conflict", shape: answers.ReceiptRecorded },
    },
  },
  {
    ...{ ...get, path: "/receipts/{id}", tag: "Facts" },
    summary: "A receipt of this till, with the reason of every number",
    description: "Sentences in the language of Accept-Language.",
    ...{ answers: { 200: { means: "The receipt", shape: answers.Receipt } }, codes: ["receipt_not_found"] },
  },
  {
    ...{ ...post, path: "/receipts/{id}/cancel", tag: "Facts", key: "needed" },
    summary: "A sale was annulled",
    description: "What it earned is taken back, what it redeemed given back. A sale we have not got yet is annulled when it comes.",
    ...{ body: bodies.CancelBody, codes: ["receipt_not_found", "receipt_is_a_return"] },
    answers: { 200: { means: "Annulled", shape: answers.Cancelled }, 202: { means: "Waits for its sale", shape: answers.Cancelled } },
  },
  {
    ...{ ...post, path: "/returns", tag: "Facts", key: "needed", codes: [] },
    summary: "Goods came back",
    description:
      "Points the lines earned are taken back, points they were paid with are given back, in proportion; slices add up to the whole exactly. A return " +
      "whose sale we have not got is `parked` and settles by itself. Any shop may take goods back.",
    body: bodies.ReturnBody,
    answers: {
      201: { means: "Settled", shape: answers.ReturnRecorded },
      202: { means: "Kept: parked, quarantined, or a conflict", shape: answers.ReturnRecorded },
    },
  },
  {
    ...{ ...post, path: "/journal", tag: "Alone", key: "needed", codes: [] },
    summary: "What happened while the till was alone",
    description:
      "At most 500 facts, oldest first, each with an answer of its own: accepted, duplicate, conflict, quarantined or parked. Points redeemed alone need a " +
      "rotating code as the identifier; its moment is the time of sale. Keep an item until it was answered here.",
    ...{ body: bodies.JournalBodyShown, answers: { 200: { means: "Every item is kept", shape: answers.JournalRecorded } } },
  },
  {
    ...{ ...get, path: "/offline-pack", tag: "Alone" },
    summary: "What a till carries to work alone",
    description:
      "Deny-list, prefixes, the digest of the rules, the version of prices, the day's allowance for redeeming alone, and what we miss from you. Ask every five " +
      "minutes with If-None-Match. The answer is signed (label `mila`, over @status and content-digest) with the key you got at enrolment.",
    answers: { 200: { means: "The pack", shape: answers.Pack }, 304: { means: "Yours is the newest" } },
  },
  {
    ...{ ...get, path: "/gaps", tag: "Alone" },
    summary: "Facts you counted and we never got",
    ...{ description: "Ranges of `sequence`, oldest first.", answers: { 200: { means: "The gaps", shape: answers.Gaps } } },
  },
  {
    ...{ ...post, path: "/gaps/acknowledge", tag: "Alone", key: "needed", codes: [] },
    summary: "Give missing facts up",
    description: "Up to and including `upTo` nothing is reported any more; what still comes is still taken.",
    ...{ body: bodies.GapsBody, answers: { 200: { means: "What is still missing", shape: answers.Gaps } } },
  },
]
