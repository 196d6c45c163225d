import { z } from "@hono/zod-openapi"
import {
  ASSURANCES,
  attachCard,
  blockCard,
  cardById,
  cardsOf,
  type CardView,
  historyOf,
  identifyCards,
  issueVirtualCard,
  linkPartnerCard,
  removeCard,
  replaceCard,
  unblockCard,
} from "@mila/cards"
import { assert } from "@mila/kernel"
import { voidRedemptionsOfCard } from "@mila/tills"
import { because, byCard, Card, CardEvent, CardHandedOut, cardNumber, shown } from "./cards.schemas.ts"
import { endPartnerConsent, tellMember } from "@mila/membership"
import { answered, declare, type Office } from "./declare.ts"
import { byMember, knownMember } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { day, id } from "./schemas.ts"

/** Cards of a member: see, issue. */
export function declareCards(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/members/{memberId}/cards",
      permission: "cards.read",
      tag: "Cards",
      summary: "All cards of a member, oldest first",
    },
    params: byMember,
    answer: z.object({ cards: z.array(Card) }),
    async act({ tx, params }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return { cards: (await cardsOf(tx, memberId)).map(shown) }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/cards", permission: "cards.write", tag: "Cards", status: 201 },
    summary: "Give a member a virtual card, active at once; who has one gets the same again",
    params: byMember,
    answer: CardHandedOut,
    async act({ tx, at, by, params: { memberId }, note }) {
      const card = await issueVirtualCard(tx, { memberId, at, by })
      await note("card.issue", `card:${card.cardId}`, { memberId })
      return handedOut(card)
    },
  })
}

/** Cards that come from elsewhere: plastic in the hand, a partner's card, a number somebody reads out. */
export function declareCardLinks(office: Office): void {
  declare(office, {
    ...{
      method: "post",
      path: "/cards/attach",
      permission: "cards.write",
      tag: "Cards",
      summary: "Attach a plastic card to the member who holds it",
    },
    body: z.strictObject({ number: cardNumber, memberId: id }),
    answer: Card,
    async act({ tx, at, by, body, note }) {
      const card = await attachCard(tx, { ...body, at, by })
      await note("card.attach", `card:${card.cardId}`, { memberId: body.memberId })
      return shown(card)
    },
  })
  declare(office, {
    ...{ method: "post", path: "/cards/link-partner", permission: "cards.write", tag: "Cards" },
    summary:
      "Link a partner's card by the 13-digit barcode on its back; 409 when it is somebody else's, whose claim then waits for a decision",
    body: z.strictObject({ number: cardNumber, memberId: id, assurance: z.enum(ASSURANCES).default("typed"), validUntil: day.optional() }),
    answer: z.union([Card, z.object({ code: z.literal("partner_card_taken"), claimId: z.number() })]),
    async act({ tx, at, by, body: { validUntil = null, ...link }, note }) {
      const outcome = await linkPartnerCard(tx, { ...link, validUntil: validUntil as never, at, by })
      if (outcome.status !== "linked") {
        const { claimId, holderId, claimantId, lastDigits, isNew } = outcome
        await note("card.claim", `claim:${claimId}`, { memberId: claimantId })
        for (const memberId of isNew ? [holderId, claimantId] : [])
          await tellMember(tx, { memberId, template: "partner_card_claimed", params: { lastDigits }, at })
        return answered(409, { code: outcome.status, claimId })
      }
      const card = shown(outcome.card)
      await note("card.link", `card:${card.cardId}`, { memberId: link.memberId, assurance: link.assurance })
      await tellMember(tx, { memberId: card.memberId, template: "partner_card_linked", params: { lastDigits: card.lastDigits ?? "" }, at })
      return card
    },
  })
  declare(office, {
    ...{ method: "post", path: "/cards/search", permission: "cards.read", tag: "Cards", summary: "The card with this number" },
    body: z.strictObject({ number: cardNumber }),
    answer: Card,
    async act({ tx, body: { number }, note }) {
      const found = (await identifyCards(tx, [number])).get(number) ?? refuse("card_unknown")
      await note("card.search", `card:${found.cardId}`)
      return shown(await cardById(tx, found.cardId))
    },
  })
}

/** One card, and everything that happened to it. */
export function declareCardViews(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/cards/{cardId}", permission: "cards.read", tag: "Cards", summary: "One card" },
    params: byCard,
    answer: Card,
    act: async ({ tx, params: { cardId } }) => shown(await cardById(tx, cardId)),
  })
  declare(office, {
    ...{
      method: "get",
      path: "/cards/{cardId}/history",
      permission: "cards.read",
      tag: "Cards",
      summary: "Everything that happened to a card, oldest first",
    },
    params: byCard,
    answer: z.object({ events: z.array(CardEvent) }),
    async act({ tx, params: { cardId } }) {
      await cardById(tx, cardId)
      return { events: (await historyOf(tx, cardId)).map(({ details, ...event }) => ({ ...event, details: { ...details } })) }
    },
  })
}

/** A lost card is stopped at once, a found one works again. */
export function declareBlocking(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/cards/{cardId}/block", permission: "cards.write", tag: "Cards", summary: "Stop a card at once" },
    params: byCard,
    body: because,
    answer: Card,
    async act({ tx, at, by, params: { cardId }, body: { reason }, note }) {
      const card = shown(await blockCard(tx, { cardId, reason, at, by }))
      await note("card.block", `card:${cardId}`, await voidRedemptionsOfCard(tx, { cardId, at }))
      await tellMember(tx, { memberId: card.memberId, template: "card_blocked", params: { lastDigits: card.lastDigits ?? "" }, at })
      return card
    },
  })
  declare(office, {
    ...{ method: "post", path: "/cards/{cardId}/unblock", permission: "cards.write", tag: "Cards", summary: "A card was found again" },
    params: byCard,
    body: because,
    answer: Card,
    async act({ tx, at, by, params: { cardId }, body: { reason }, note }) {
      const card = shown(await unblockCard(tx, { cardId, reason, at, by }))
      await note("card.unblock", `card:${cardId}`)
      await tellMember(tx, { memberId: card.memberId, template: "card_unblocked", params: { lastDigits: card.lastDigits ?? "" }, at })
      return card
    },
  })
}

/** Replaced or removed for good; points are the member's and stay. */
export function declareCardEnds(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/cards/{cardId}/replace", permission: "cards.write", tag: "Cards", status: 201 },
    summary: "Put another card in its place for ever: a plastic one in hand, or else a virtual one; answers the new card",
    params: byCard,
    body: because.extend({ plastic: cardNumber.optional() }),
    answer: CardHandedOut,
    async act({ tx, at, by, params: { cardId }, body: { reason, plastic }, note }) {
      const card = handedOut(await replaceCard(tx, { cardId, reason, at, by, ...(plastic === undefined ? {} : { plastic }) }))
      await voidRedemptionsOfCard(tx, { cardId, at })
      await note("card.replace", `card:${cardId}`, { successorId: card.cardId })
      await tellMember(tx, { memberId: card.memberId, template: "card_replaced", params: { lastDigits: card.lastDigits ?? "" }, at })
      return card
    },
  })
  declare(office, {
    ...{
      method: "post",
      path: "/cards/{cardId}/remove",
      permission: "cards.write",
      tag: "Cards",
      summary: "Take a card from its member for good",
    },
    params: byCard,
    body: because,
    answer: Card,
    async act({ tx, at, by, params: { cardId }, body: { reason }, note }) {
      const card = shown(await removeCard(tx, { cardId, reason, at, by }))
      await note("card.remove", `card:${cardId}`, await voidRedemptionsOfCard(tx, { cardId, at }))
      if (card.kind === "partner" && card.memberId !== null)
        await endPartnerConsent(tx, { memberId: card.memberId, door: "office", at, by })
      return card
    },
  })
}

function handedOut(card: CardView) {
  assert(card.number !== null, "a card just handed out has a number")
  return { ...shown(card), number: card.number }
}
