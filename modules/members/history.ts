import type { Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { type MemberEventKind, members } from "./tables.ts"

export type MemberEvent = { what: MemberEventKind; at: Date; by: Actor; details: Readonly<Record<string, unknown>> }

export async function recordEvent(
  tx: Tx,
  {
    memberId,
    what,
    at,
    by,
    details = {},
  }: { memberId: number; what: MemberEventKind; at: Date; by: Actor; details?: Record<string, unknown> },
): Promise<void> {
  await members(tx)
    .insertInto("event")
    .values({ member_id: memberId, what, at, by, details: JSON.stringify(details) })
    .execute()
}

/** What happened to a member, oldest first; it carries no personal data. */
export async function memberHistory(tx: Tx, memberId: number): Promise<MemberEvent[]> {
  const rows = await members(tx)
    .selectFrom("event")
    .select(["what", "at", "by", "details"])
    .where("member_id", "=", memberId)
    .orderBy("id")
    .execute()
  return rows.map((row) => ({ ...row, by: row.by as Actor }))
}
