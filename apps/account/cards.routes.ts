import { z } from "@hono/zod-openapi"
import { cardById, cardsOf, partnerSchemes, STEP_SECONDS } from "@mila/cards"
import { addDays, dayIn, inTransaction, MINSK, startOfDay } from "@mila/kernel"
import {
  attachOwnCard,
  blockOwnCard,
  enrolOwnDevice,
  linkOwnCard,
  nameOwnCard,
  removeOwnCard,
  replaceOwnCard,
  takeAttachTry,
  unblockOwnCard,
} from "@mila/membership"
import { currentTexts } from "@mila/privacy"
import { gainWithPartnerCard } from "@mila/tills"
import { CardShown, cardShown, isOpen, shownOf } from "./card-schemas.ts"
import { ConsentText } from "./consent-schemas.ts"
import { type Account, forMembers, no } from "./declare.ts"
import { idIn, minor, text, whole } from "./schemas.ts"

const tag = "Cards"
const of = { tag } as const
const params = z.object({ cardId: idIn })
const number = text(40).openapi({ description: "The 13 digits under the barcode; spaces are forgiven.", example: "2990000000017" })
const GAIN_DAYS = 90

/** The cards there are; one more, taken at a till. */
export function declareCards(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/cards", ...of, name: "listCards", summary: "The member's cards, oldest first" },
    answer: z.object({
      shown: z.number().int().nullable().openapi({ description: "`cardId` of the one to show at a till." }),
      cards: z.array(CardShown),
    }),
    async act({ tx, memberId }) {
      const cards = await cardsOf(tx, memberId)
      return { shown: shownOf(cards)?.cardId ?? null, cards: cards.filter(isOpen).map(cardShown) }
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/cards", ...of, name: "attachCard", status: 201 },
    codes: [
      "card_unknown",
      "card_taken",
      "card_number_invalid",
      "card_kind_unfit",
      "card_blocked",
      "card_replaced",
      "card_removed",
      "card_proof_wrong",
      "too_often",
    ],
    summary: "Add a plastic card taken at a till, with its receipts",
    description: "One that was shown at tills already is proven by the sum of its last receipt. Ten tries a day.",
    body: z.strictObject({ number, lastSumMinor: minor.min(0).nullable().default(null) }),
    answer: CardShown,
    async run({ memberId, body, at, context: { db } }) {
      const wait = await inTransaction(db, (tx) => takeAttachTry(tx, { memberId, at }))
      if (wait > 0) return no("too_often", { retryAfterSeconds: wait })
      const typed = { number: body.number.replace(/\s/g, ""), lastSumMinor: body.lastSumMinor }
      return cardShown(await inTransaction(db, (tx) => attachOwnCard(tx, { memberId, ...typed, at })))
    },
  })
}

/** What happens to a card: a name, a block, another in its place, its end, its key on this phone. */
export function declareCardLife(account: Account): void {
  forMembers(account, {
    ...{
      method: "patch",
      path: "/cards/{cardId}",
      ...of,
      name: "nameCard",
      codes: ["card_unknown"],
      summary: "Call a card something else",
    },
    params,
    body: z.strictObject({ label: z.string().trim().max(60) }),
    answer: CardShown,
    async act({ tx, memberId, params: { cardId }, body: { label }, at }) {
      await nameOwnCard(tx, { memberId, cardId, label, at })
      return cardShown(await cardById(tx, cardId))
    },
  })
  declareCardActs(account)
  declareKey(account)
}

function declareCardActs(account: Account): void {
  const acts = [
    ["block", blockOwnCard, "Stop a card at once; what was set aside with it is given back", ["card_replaced", "card_removed"]],
    ["unblock", unblockOwnCard, "It was found again, within 14 days", ["unblock_too_late", "card_replaced", "card_removed"]],
    ["replace", replaceOwnCard, "A virtual card in its place; the points stay", ["card_replaced", "card_removed", "card_kind_unfit"]],
  ] as const
  for (const [act, does, summary, codes] of acts)
    forMembers(account, {
      ...{ method: "post", path: `/cards/{cardId}/${act}`, ...of, name: `${act}Card`, summary, codes: ["card_unknown", ...codes] },
      ...(act === "replace" ? { key: "needed" as const } : {}),
      params,
      answer: CardShown,
      act: async ({ tx, memberId, params: { cardId }, at }) => cardShown(await does(tx, { memberId, cardId, at })),
    })
  forMembers(account, {
    ...{
      method: "delete",
      path: "/cards/{cardId}",
      ...of,
      name: "removeCard",
      codes: ["card_unknown", "card_replaced", "virtual_card_stays"],
    },
    summary: "Take a card from the account, or unlink a partner's; the points stay, with the last partner's card the consent to them ends",
    params,
    act: ({ tx, memberId, params: { cardId }, at }) => removeOwnCard(tx, { memberId, cardId, door: "app", at }),
  })
}

function declareKey(account: Account): void {
  forMembers(account, {
    ...{ method: "post", path: "/cards/{cardId}/key", ...of, name: "getCardKey", status: 201 },
    codes: ["card_unknown", "reauth_required", "card_blocked", "card_replaced", "card_removed", "card_kind_unfit", "too_many_devices"],
    summary: "The key of the card's rotating code, for this phone, once",
    description:
      "The code is the card's 13 digits, `deviceNo` in two, and eight digits of RFC 6238 (HMAC-SHA-256, `stepSeconds`, from 1970) over `secret` (base32): 23 digits, shown as a QR. It works without a network; points are spent with it. The key is over when the session is. 401 where only a password was typed on a phone that is new: prove first.",
    params,
    answer: z.object({
      deviceNo: z.number().int(),
      secret: z.string(),
      algorithm: z.literal("sha256"),
      digits: z.literal(8),
      stepSeconds: z.number().int(),
    }),
    async act({ tx, memberId, sessionId, session, params: { cardId }, at }) {
      const key = await enrolOwnDevice(tx, { memberId, cardId, deviceName: session.device.slice(0, 60), sessionId, at })
      return { ...key, algorithm: "sha256" as const, digits: 8 as const, stepSeconds: STEP_SECONDS }
    },
  })
}

const Partner = z
  .object({
    code: z.string(),
    name: z.string(),
    status: z.enum(["active", "no-new-issue", "closed"]).openapi({ description: "`no-new-issue`: cards there are may still be linked." }),
    linked: z.boolean(),
    gainMinor: minor.openapi({ description: "What the card would have brought for the purchases of the last 90 days." }),
    issuers: z.array(z.object({ prefix: z.string(), name: z.string() })),
    consent: ConsentText.openapi({ description: "To be agreed to before it is linked." }),
  })
  .openapi("PartnerScheme")

/** «Моцная картка»: what it would have brought, and linking it. */
export function declarePartnerCard(account: Account): void {
  declareSchemes(account)
  forMembers(account, {
    ...{ method: "post", path: "/partner-cards", ...of, name: "linkPartnerCard", status: 201 },
    codes: [
      "child_partner_card",
      "partner_card_taken",
      "partner_scheme_unknown",
      "partner_scheme_closed",
      "partner_card_expired",
      "card_number_invalid",
      "consent_text_outdated",
      "too_often",
    ],
    summary: "Link a partner's card by the 13 digits of the barcode on its back",
    description: "When it is somebody else's, the claim is written down and both are told: 409. Never the 16 digits of a bank card.",
    body: z.strictObject({
      number,
      scanned: z.boolean().openapi({ description: "Read by the camera, not typed." }),
      consentVersion: whole(1, 1_000_000).openapi({ description: "`version` of the text that was agreed to." }),
    }),
    answer: z.object({ linked: z.literal(true) }),
    async run({ memberId, session, body, ip, locale, at, context: { db } }) {
      const wait = await inTransaction(db, (tx) => takeAttachTry(tx, { memberId, at }))
      if (wait > 0) return no("too_often", { retryAfterSeconds: wait })
      const how = { locale, door: "app", origin: { ip, device: session.device } } as const
      const link = { memberId, ...body, number: body.number.replace(/\s/g, ""), ...how, at }
      const outcome = await inTransaction(db, (tx) => linkOwnCard(tx, link))
      return outcome === "linked" ? { linked: true as const } : no(outcome)
    },
  })
}

function declareSchemes(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/partner-cards",
      ...of,
      name: "listPartnerSchemes",
      summary: "Partners whose cards may be linked, and what one would bring",
    },
    answer: z.object({ schemes: z.array(Partner) }),
    async act({ tx, memberId, locale, at }) {
      const isLinked = (await cardsOf(tx, memberId)).some((card) => card.kind === "partner" && isOpen(card))
      const since = startOfDay(MINSK, addDays(dayIn(MINSK, at), -GAIN_DAYS))
      const consent = (await currentTexts(tx, locale, at)).get("partner_card")!
      const schemes = []
      for (const { code, name, status, ranges } of await partnerSchemes(tx)) {
        const gainMinor = isLinked || status === "closed" ? 0 : await gainWithPartnerCard(tx, { memberId, since, at })
        const issuers = new Map(ranges.flatMap(({ prefix, issuerName }) => (issuerName ? [[prefix, issuerName]] : [])))
        const given = [...issuers].map(([prefix, issuer]) => ({ prefix, name: issuer }))
        schemes.push({ code, name: name[locale], status, linked: isLinked, gainMinor, issuers: given, consent })
      }
      return { schemes }
    },
  })
}
