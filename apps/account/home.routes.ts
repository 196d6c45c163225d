import { z } from "@hono/zod-openapi"
import { cardsOf } from "@mila/cards"
import { hasPassword, leavingOf, newNumberOf, personOf } from "@mila/members"
import { ownSpending, standingOf } from "@mila/membership"
import { CardShown, cardShown, shownOf } from "./card-schemas.ts"
import { type Account, forMembers } from "./declare.ts"
import { Movement, movementsOf } from "./movements.ts"
import { provenUntil } from "./proof.routes.ts"
import { SpendingShown, spendingShown } from "./spending.routes.ts"
import { Balance, day, instantOrNull, locale, points } from "./schemas.ts"

export const PointsOfDay = z.object({ day, points }).openapi("PointsOfDay")
const NEWS = 4

/** Everything a thumb away: the card, the balance, what comes and what ends, what is new. */
export function declareHome(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me", tag: "Home", name: "getMe" },
    summary: "Who is signed in, the card to show, the points, what is new",
    answer: z.object({
      given: z.string().nullable().openapi({ description: "The given name." }),
      maskedPhone: z.string().nullable(),
      locale: locale.openapi({ description: "In which the member is written to." }),
      hasPassword: z.boolean(),
      provenUntil: instantOrNull.openapi({ description: "Until then what is grave needs no new proof." }),
      leavesAt: instantOrNull.openapi({ description: "The member asked to leave; until then one word takes it back." }),
      newNumberDueAt: instantOrNull.openapi({ description: "Somebody asked for another phone number; until then its owner may say no." }),
      balance: Balance,
      spending: SpendingShown,
      nextActivation: PointsOfDay.nullable().openapi({ description: "When the next pending points come." }),
      nextExpiry: PointsOfDay.nullable().openapi({ description: "When the next available points end." }),
      card: CardShown.nullable().openapi({ description: "The one to show at a till." }),
      news: z.array(Movement),
    }),
    async act({ tx, memberId, session, locale: read, at }) {
      const person = await personOf(tx, memberId)
      const { activations, expiries, ...balance } = await standingOf(tx, memberId)
      const shown = shownOf(await cardsOf(tx, memberId))
      return {
        ...{ given: person?.name?.given ?? null, maskedPhone: person?.maskedPhone ?? null, locale: person?.locale ?? read },
        ...{ hasPassword: await hasPassword(tx, memberId), provenUntil: provenUntil(session, at), balance },
        ...{
          leavesAt: (await leavingOf(tx, memberId))?.leavesAt ?? null,
          newNumberDueAt: (await newNumberOf(tx, memberId))?.dueAt ?? null,
        },
        spending: spendingShown(await ownSpending(tx, { memberId, at })),
        ...{ nextActivation: activations[0] ?? null, nextExpiry: expiries[0] ?? null },
        ...{ card: shown ? cardShown(shown) : null, news: await movementsOf(tx, { memberId, most: NEWS, locale: read }) },
      }
    },
  })
}
