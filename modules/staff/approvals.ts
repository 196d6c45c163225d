import { type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"
import { staff } from "./tables.ts"

export type ApprovalState = "pending" | "approved" | "rejected"

export type Approval = {
  approvalId: number
  /** what is asked for, like `points.adjust`; who may decide is the door's rule */
  kind: string
  object: string
  /** what will be done when it is approved, exactly as it was asked */
  request: Record<string, unknown>
  state: ApprovalState
  askedBy: number
  askedAt: Date
  decidedBy: number | null
  decidedAt: Date | null
}

/** Writes down a request that a second person has to decide about. */
export async function askApproval(
  tx: Tx,
  { kind, object, request, by, at }: { kind: string; object: string; request: Record<string, unknown>; by: number; at: Date },
): Promise<{ approvalId: number }> {
  const { id } = await staff(tx)
    .insertInto("approval")
    .values({ kind, object, request: JSON.stringify(request), asked_by: by, asked_at: at, decided_by: null, decided_at: null })
    .returning("id")
    .executeTakeFirstOrThrow()
  return { approvalId: id }
}

/**
 * Decides about a request: once, and never by who asked. Whoever decides first wins; the answer says what is to be done now,
 * in the same transaction. Refusals, in order: approval_not_found, approval_own_request, approval_decided.
 */
export async function decideApproval(
  tx: Tx,
  { approvalId, decision, by, at }: { approvalId: number; decision: "approved" | "rejected"; by: number; at: Date },
): Promise<Approval> {
  const decided = await staff(tx)
    .updateTable("approval")
    .set({ state: decision, decided_by: by, decided_at: at })
    .where("id", "=", approvalId)
    .where("state", "=", "pending")
    .where("asked_by", "!=", by)
    .returningAll()
    .executeTakeFirst()
  if (decided) return approvalOf(decided)

  const there = await approvalById(tx, approvalId)
  if (!there) return refuse("approval_not_found", { approvalId })
  return refuse(there.askedBy === by ? "approval_own_request" : "approval_decided", { approvalId })
}

/** One request, whatever became of it. */
export async function approvalById(tx: Tx, approvalId: number): Promise<Approval | undefined> {
  const row = await staff(tx).selectFrom("approval").selectAll().where("id", "=", approvalId).executeTakeFirst()
  return row && approvalOf(row)
}

/** Requests in one state, oldest first, from the one after `after` on. */
export async function approvals(
  tx: Tx,
  { state, after = 0, most = 100 }: { state: ApprovalState; after?: number; most?: number },
): Promise<Approval[]> {
  const rows = await staff(tx)
    .selectFrom("approval")
    .selectAll()
    .where("state", "=", state)
    .where("id", ">", after)
    .orderBy("id")
    .limit(most)
    .execute()
  return rows.map(approvalOf)
}

type Row = {
  id: number
  kind: string
  object: string
  request: Record<string, unknown>
  state: ApprovalState
  asked_by: number
  asked_at: Date
  decided_by: number | null
  decided_at: Date | null
}

function approvalOf({ id, kind, object, request, state, asked_by, asked_at, decided_by, decided_at }: Row): Approval {
  return {
    approvalId: id,
    kind,
    object,
    request,
    state,
    askedBy: asked_by,
    askedAt: asked_at,
    decidedBy: decided_by,
    decidedAt: decided_at,
  }
}
