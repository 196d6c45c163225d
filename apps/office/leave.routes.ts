import { z } from "@hono/zod-openapi"
import { endMembership } from "@mila/membership"
import { notTheirOwn } from "./adjust.ts"
import { declare, type Office } from "./declare.ts"
import { byMember } from "./members.routes.ts"
import { whole } from "./schemas.ts"

/** Leaving the programme, at the person's own wish. */
export function declareLeaving(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/leave", permission: "members.leave", tag: "Members" },
    summary:
      "End a membership for good: points are given up, cards removed, the person forgotten. `givesUp` is what they were shown (pending, available " +
      "and held together); when it is no longer so, 409 says what there is now, and nothing happens",
    params: byMember,
    body: z.strictObject({
      givesUp: whole(0, Number.MAX_SAFE_INTEGER),
      keepsReviews: z.boolean().default(false).openapi({ description: "Published reviews stay, without their author; else they go." }),
    }),
    answer: z
      .object({
        memberId: z.number(),
        pending: z.number(),
        available: z.number().openapi({ description: "Cancelled, those set aside at a till included." }),
        owed: z.number().openapi({ description: "A debt stays in the ledger, under a number that names nobody." }),
        cardsRemoved: z.number(),
      })
      .openapi("LeftMember"),
    async act({ tx, at, by, staff, params, body: { givesUp, keepsReviews }, note }) {
      const memberId = await notTheirOwn(tx, { memberId: params.memberId, staff })
      const left = await endMembership(tx, { memberId, givesUp, keepsReviews, door: "office", at, by })
      await note("member.leave", `member:${memberId}`, left)
      return { memberId, ...left }
    },
  })
}
