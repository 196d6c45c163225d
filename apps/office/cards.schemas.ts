import { z } from "@hono/zod-openapi"
import { ASSURANCES, type CardView } from "@mila/cards"
import { day, idIn, instant, text } from "./schemas.ts"

const state = z.enum(["issued", "active", "blocked", "replaced", "removed"])

export const Card = z
  .object({
    cardId: z.number(),
    kind: z.enum(["virtual", "plastic", "partner"]),
    state,
    lastDigits: z.string().nullable(),
    memberId: z.number().nullable(),
    schemeCode: z.string().nullable(),
    issuer: z.string().nullable(),
    assurance: z.enum(ASSURANCES).nullable(),
    validUntil: day.nullable(),
    batchId: z.number().nullable(),
    issuedAt: instant,
    activatedAt: instant.nullable(),
    blockedAt: instant.nullable(),
    endedAt: instant.nullable(),
    successorId: z.number().nullable().openapi({ description: "The card that stands in for a replaced one." }),
  })
  .openapi("Card")

/** A card handed out: the one answer that carries the whole number. */
export const CardHandedOut = Card.extend({ number: z.string().openapi({ description: "13 digits (EAN-13)." }) }).openapi("CardHandedOut")

export const CardEvent = z
  .object({
    what: z.string(),
    from: state.nullable(),
    to: state,
    memberId: z.number().nullable(),
    at: instant,
    by: z.string(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi("CardEvent")

export const byCard = z.object({ cardId: idIn })
export const cardNumber = text(40).openapi({ example: "2990000000017" })
export const because = z.strictObject({ reason: text(200) })

export type CardShown = Omit<CardView, "number"> & { lastDigits: string | null }

export function shown({ number, ...card }: CardView): CardShown {
  return { ...card, lastDigits: number?.slice(-4) ?? null }
}
