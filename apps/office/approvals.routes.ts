import { z } from "@hono/zod-openapi"
import { moveCards } from "@mila/cards"
import { mergePurses } from "@mila/ledger"
import { mergeStandings } from "@mila/loyalty"
import { mergeMembers } from "@mila/members"
import { tellMember } from "@mila/membership"
import { mergeConsents } from "@mila/privacy"
import { type Approval, approvals, askApproval, decideApproval, type Permission } from "@mila/staff"
import { type Adjustment, carryOutAdjustment, notTheirOwn } from "./adjust.ts"
import { carryOutWording, type NewWording } from "./consent-texts.routes.ts"
import type { Call } from "./context.ts"
import { answered, declare, type Office } from "./declare.ts"
import { byMember } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, most } from "./schemas.ts"

const Approval_ = z
  .object({
    approvalId: z.number(),
    kind: z.string(),
    object: z.string(),
    request: z.record(z.string(), z.unknown()),
    state: z.enum(["pending", "approved", "rejected"]),
    askedBy: z.number(),
    askedAt: instant,
    decidedBy: z.number().nullable(),
    decidedAt: instant.nullable(),
  })
  .openapi("Approval")

type Merge = { from: number; into: number }
type AnyCall = Call<unknown, unknown, unknown>

/** What may wait for a second person: the right of the act itself, which the second person needs too, and the act. */
const KINDS: Record<string, { permission: Permission; carryOut(call: AnyCall, approval: Approval): Promise<unknown> }> = {
  "points.adjust": {
    permission: "points.adjust",
    async carryOut({ tx, at, staff, note }, { request }) {
      const adjustment = request as Adjustment
      await carryOutAdjustment(tx, { adjustment, staff, at })
      await note("points.adjust", `adjustment:${adjustment.name}`, {
        memberId: adjustment.memberId,
        points: adjustment.points,
        reason: adjustment.reason,
      })
    },
  },
  "privacy.publish": {
    permission: "privacy.publish",
    carryOut: (call, { request }) => carryOutWording(call, request as NewWording),
  },
  "members.merge": {
    permission: "members.merge",
    async carryOut({ tx, at, by, staff, note }, { request }) {
      const { from, into } = request as Merge
      await notTheirOwn(tx, { memberId: from, staff })
      await notTheirOwn(tx, { memberId: into, staff })
      const outcome = await mergeMembers(tx, { from, into, at, by })
      await moveCards(tx, { from, into, at, by })
      await mergePurses(tx, { from, into, reference: `merge:${from}-${into}/moved`, at })
      await mergeStandings(tx, { from, into, at })
      await mergeConsents(tx, { from, into, at, by })
      await note("member.merge", `member:${into}`, { from })
      if (outcome === "merged") await tellMember(tx, { memberId: into, template: "memberships_joined", params: {}, at })
    },
  },
}

/** What waits for a second person, and the second person's word. */
export function declareApprovals(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/approvals",
      permission: "approvals.decide",
      tag: "Approvals",
      summary: "What waits, or was decided, oldest first",
    },
    query: z.strictObject({ state: z.enum(["pending", "approved", "rejected"]).default("pending"), after: idIn.optional(), most }),
    answer: z.object({ approvals: z.array(Approval_) }),
    act: async ({ tx, query: { state, after = 0, most } }) => ({ approvals: await approvals(tx, { state, after, most }) }),
  })
  for (const [verb, decision] of [
    ["approve", "approved"],
    ["reject", "rejected"],
  ] as const) {
    declare(office, {
      ...{ method: "post", path: `/approvals/{approvalId}/${verb}`, permission: "approvals.decide", tag: "Approvals" },
      summary: decision === "approved" ? "Approve what somebody else asked for; it is done at once" : "Reject what somebody else asked for",
      params: z.object({ approvalId: idIn }),
      answer: Approval_,
      async act(call) {
        const approval = await decideApproval(call.tx, {
          approvalId: call.params.approvalId,
          decision,
          by: call.staff.staffId,
          at: call.at,
        })
        const kind = KINDS[approval.kind] ?? refuse("approval_not_found", { approvalId: approval.approvalId })
        if (!call.staff.permissions.has(kind.permission)) refuse("not_allowed", { permission: kind.permission })
        await call.note(`approval.${verb}`, `approval:${approval.approvalId}`, { kind: approval.kind })
        if (decision === "approved") await kind.carryOut(call, approval)
        return approval
      },
    })
  }
}

/** Joining two memberships of one person always waits for a second one: it cannot be undone. */
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
      const request = { from, into } satisfies Merge
      const made = await askApproval(tx, { kind: "members.merge", object: `member:${into}`, request, by: staff.staffId, at })
      await note("member.merge-ask", `approval:${made.approvalId}`, request)
      return answered(202, made)
    },
  })
}
