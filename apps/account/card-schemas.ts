import { z } from "@hono/zod-openapi"
import type { CardView } from "@mila/cards"
import { instantOrNull } from "./schemas.ts"

export const CardShown = z
  .object({
    cardId: z.number().int(),
    kind: z.enum(["virtual", "plastic", "partner"]),
    state: z.string().openapi({ description: "`active` or `blocked`, while it is a card of the member's." }),
    number: z.string().nullable().openapi({ description: "13 digits, drawn as EAN-13." }),
    label: z.string().nullable(),
    issuer: z.string().nullable().openapi({ description: "The partner who gave it out." }),
    assurance: z.string().nullable().openapi({ description: "How sure we are that a partner's card is the member's." }),
    blockedAt: instantOrNull,
  })
  .openapi("Card")

/** A card as its member sees it. */
export const cardShown = ({ cardId, kind, state, number, label, issuer, assurance, blockedAt }: CardView): z.input<typeof CardShown> => ({
  ...{ cardId, kind, state, number, label, issuer, assurance, blockedAt },
})

export const isOpen = ({ state }: CardView): boolean => state === "active" || state === "blocked"

/** The card to show at a till: the virtual one that works, else one of ours. */
export function shownOf(cards: readonly CardView[]): CardView | undefined {
  const open = cards.filter(isOpen)
  return open.findLast(({ kind, state }) => kind === "virtual" && state === "active") ?? open.find(({ kind }) => kind !== "partner")
}
