import { z } from "@hono/zod-openapi"
import { lockOwnSpending, ownSpending, type Spending, unlockOwnSpending } from "@mila/membership"
import { type Account, forMembers, forProven } from "./declare.ts"
import { instantOrNull } from "./schemas.ts"

const of = { path: "/me/spend-lock", tag: "Cards" } as const

export const SpendingShown = z
  .object({
    state: z.enum(["open", "locked", "rests"]).openapi({
      description:
        "`locked`: whatever card is shown, points are only earned. `rests`: for a day after a change of phone, e-mail or password.",
    }),
    until: instantOrNull.openapi({ description: "Of a rest: from then on points may be spent." }),
    ownLock: z.boolean().openapi({ description: "The member locked it and may unlock it; otherwise the back office does." }),
  })
  .openapi("Spending")

export const spendingShown = (spending: Spending) => ({
  state: spending.state,
  until: spending.state === "rests" ? spending.until : null,
  ownLock: spending.state === "locked" && spending.own,
})

/** A member closes spending by one touch, and opens it when they have proven that it is them. */
export function declareSpending(account: Account): void {
  forMembers(account, {
    ...{ method: "put", ...of, name: "lockSpending", summary: "Close spending at once, whatever card is shown; earning goes on" },
    answer: SpendingShown,
    async act({ tx, memberId, at }) {
      await lockOwnSpending(tx, { memberId, at })
      return spendingShown(await ownSpending(tx, { memberId, at }))
    },
  })
  forProven(account, {
    ...{ method: "delete", ...of, name: "unlockSpending", codes: ["spend_lock_of_staff"] },
    summary: "Open spending again; the member is told at every address, a rest goes on",
    answer: SpendingShown,
    async act({ tx, memberId, at }) {
      await unlockOwnSpending(tx, { memberId, at })
      return spendingShown(await ownSpending(tx, { memberId, at }))
    },
  })
}
