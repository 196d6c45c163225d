import { z } from "@hono/zod-openapi"
import { claimsOf, rejectClaim, upholdClaim } from "@mila/cards"
import { because } from "./cards.schemas.ts"
import { endPartnerConsent, tellMember } from "@mila/membership"
import { declare, type Office } from "./declare.ts"
import { idIn, instant, most } from "./schemas.ts"

/** Partner cards that two members say are theirs: who has them, who claims them, and a clerk's word, which both are told. */
export function declareClaims(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/card-claims",
      permission: "cards.read",
      tag: "Card supply",
      summary: "Partner cards that a second member says are theirs",
    },
    query: z.strictObject({ most }),
    answer: z.object({
      claims: z.array(
        z.object({
          claimId: z.number(),
          cardId: z.number(),
          holderId: z.number().nullable(),
          holderAssurance: z.string().nullable(),
          claimantId: z.number(),
          claimantAssurance: z.string(),
          claimedAt: instant,
          tries: z.number(),
        }),
      ),
    }),
    act: async ({ tx, query: { most } }) => ({ claims: await claimsOf(tx, { most }) }),
  })
  declareDecisions(office)
}

function declareDecisions(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/card-claims/{claimId}/uphold", permission: "cards.decide", tag: "Cards" },
    summary:
      "The card is the claimant's: it is unlinked from its holder and linked to them; both are told. Never by who wrote the claim down",
    params: byClaim,
    body: because,
    answer: Decided,
    async act({ tx, at, by, params: { claimId }, body: { reason }, note }) {
      const { card, holderId, claimantId, lastDigits } = await upholdClaim(tx, { claimId, reason, at, by })
      await note("card.claim-uphold", `claim:${claimId}`, { cardId: card.cardId, from: holderId, to: claimantId })
      await tellMember(tx, { memberId: holderId, template: "partner_card_unlinked", params: { lastDigits }, at })
      await tellMember(tx, { memberId: claimantId, template: "partner_card_linked", params: { lastDigits }, at })
      if (holderId !== null) await endPartnerConsent(tx, { memberId: holderId, door: "office", at, by })
      return { claimId, state: "upheld" as const, cardId: card.cardId, holderId: claimantId }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/card-claims/{claimId}/reject", permission: "cards.decide", tag: "Cards" },
    summary: "The card stays its holder's. Never by who wrote the claim down",
    params: byClaim,
    body: because,
    answer: Decided,
    async act({ tx, at, by, params: { claimId }, body: { reason }, note }) {
      const { holderId, claimantId, lastDigits } = await rejectClaim(tx, { claimId, reason, at, by })
      await note("card.claim-reject", `claim:${claimId}`, { claimantId })
      await endPartnerConsent(tx, { memberId: claimantId, door: "office", at, by })
      for (const memberId of [holderId, claimantId])
        await tellMember(tx, { memberId, template: "partner_card_claim_rejected", params: { lastDigits }, at })
      return { claimId, state: "rejected" as const, cardId: null, holderId }
    },
  })
}

const byClaim = z.object({ claimId: idIn })
const Decided = z
  .object({
    claimId: z.number(),
    state: z.enum(["upheld", "rejected"]),
    cardId: z.number().nullable().openapi({ description: "Of the new link, when the claim was upheld." }),
    holderId: z.number().nullable().openapi({ description: "Whose the card is now." }),
  })
  .openapi("DecidedClaim")
