import { z } from "@hono/zod-openapi"
import { decidePointsClaim, pointsClaims, pointsClaimsOf } from "@mila/tills"
import { declare, type Office } from "./declare.ts"
import { byMember, knownMember } from "./members.routes.ts"
import { notTheirOwn } from "./adjust.ts"
import { day, idIn, instant, most } from "./schemas.ts"

const Claim = z
  .object({
    claimId: z.number(),
    memberId: z.number(),
    fiscalUid: z.string(),
    soldOn: day.openapi({ description: "The day of sale as the member read it, in Minsk." }),
    totalMinor: z.number().openapi({ description: "The receipt's sum as the member read it, in kopecks." }),
    askedAt: instant,
    state: z.enum(["waiting", "granted", "refused", "with_staff"]),
    reason: z.string().nullable().openapi({ description: "Why it was refused, or why a person looks at it." }),
    receiptId: z.string().nullable(),
    earned: z.number().nullable(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
  })
  .openapi("PointsClaim")

const byClaim = z.object({ claimId: idIn })

/** Points of receipts at which no card was shown: what members ask for, and what a person decides. */
export function declarePointsClaims(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/points-claims", permission: "receipts.read", tag: "Points" },
    summary: "Points of receipts without a card that members ask for, oldest first",
    query: z.strictObject({
      state: z.enum(["waiting", "granted", "refused", "with_staff"]).default("with_staff"),
      after: idIn.optional(),
      most,
    }),
    answer: z.object({ claims: z.array(Claim) }),
    act: async ({ tx, query: { state, after = 0, most } }) => ({ claims: await pointsClaims(tx, { state, after, most }) }),
  })
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/points-claims", permission: "receipts.read", tag: "Points" },
    summary: "What one member asked for, newest first",
    params: byMember,
    answer: z.object({ claims: z.array(Claim) }),
    async act({ tx, params }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return { claims: await pointsClaimsOf(tx, { memberId, most: 100 }) }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/points-claims/{claimId}/give", permission: "receipts.release", tag: "Points" },
    summary: "Count the receipt as if the member's card had been shown; they are told",
    params: byClaim,
    answer: Claim,
    async act({ tx, at, by, staff, params: { claimId }, note }) {
      const claim = await decidePointsClaim(tx, { claimId, give: true, by, at })
      await notTheirOwn(tx, { memberId: claim.memberId, staff })
      await note("points.claim-give", `member:${claim.memberId}`, { claimId })
      return claim
    },
  })
  declare(office, {
    ...{ method: "post", path: "/points-claims/{claimId}/refuse", permission: "receipts.release", tag: "Points" },
    summary: "Refuse it; the member is told",
    params: byClaim,
    answer: Claim,
    async act({ tx, at, by, params: { claimId }, note }) {
      const claim = await decidePointsClaim(tx, { claimId, give: false, by, at })
      await note("points.claim-refuse", `member:${claim.memberId}`, { claimId })
      return claim
    },
  })
}
