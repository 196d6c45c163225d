import { z } from "@hono/zod-openapi"
import { mergesInto, UNMERGE_DAYS } from "@mila/members"
import { undoMerge } from "@mila/membership"
import { askApproval } from "@mila/staff"
import { notTheirOwn } from "./adjust.ts"
import { answered, declare, type Office } from "./declare.ts"
import { byMember } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant } from "./schemas.ts"

/** What waits for a second person: whose membership is joined to whose. */
export type MergeAsked = { from: number; into: number }

/** Joining two memberships of one person always waits for a second one; it can be undone for fourteen days. */
export function declareMerge(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/merge", permission: "members.merge", tag: "Members", status: 202 },
    summary: "Ask for this membership to be joined to another of the same person, who proved both phones",
    params: byMember,
    body: z.strictObject({ into: id }),
    answer: z.object({ approvalId: z.number() }),
    async act({ tx, at, staff, params: { memberId: from }, body: { into }, note }) {
      if (from === into) refuse("same_member")
      await notTheirOwn(tx, { memberId: from, staff })
      await notTheirOwn(tx, { memberId: into, staff })
      const request = { from, into } satisfies MergeAsked
      const made = await askApproval(tx, { kind: "members.merge", object: `member:${into}`, request, by: staff.staffId, at })
      await note("member.merge-ask", `approval:${made.approvalId}`, request)
      return answered(202, made)
    },
  })
}

/** What was joined, and how it comes apart again. */
export function declareUnmerge(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/merges", permission: "members.read", tag: "Members" },
    summary: "Memberships that were joined to this one, the newest first",
    params: byMember,
    answer: z.object({
      merges: z.array(
        z.object({
          mergeId: z.number(),
          from: z.number(),
          mergedAt: instant,
          by: z.string(),
          undoUntil: instant,
          undoneAt: instant.nullable(),
        }),
      ),
    }),
    async act({ tx, params: { memberId } }) {
      const undoUntil = (mergedAt: Date) => new Date(mergedAt.getTime() + UNMERGE_DAYS * 86_400_000)
      const merges = await mergesInto(tx, memberId)
      return {
        merges: merges.map(({ mergeId, from, mergedAt, by, undoneAt }) => ({
          mergeId,
          from,
          mergedAt,
          by,
          undoUntil: undoUntil(mergedAt),
          undoneAt,
        })),
      }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/merges/{mergeId}/undo", permission: "members.merge", tag: "Members" },
    summary: "Undo a merge at the person's wish: what came along and is still there goes back; both are told",
    params: byMember.extend({ mergeId: idIn }),
    answer: z.object({ pending: z.number(), available: z.number(), owed: z.number() }),
    async act({ tx, at, by, staff, params: { memberId, mergeId }, note }) {
      await notTheirOwn(tx, { memberId, staff })
      const { pending, available, owed } = await undoMerge(tx, { mergeId, memberId, door: "office", at, by })
      await note("member.merge-undo", `member:${memberId}`, { mergeId })
      return { pending, available, owed }
    },
  })
}
