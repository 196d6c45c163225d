import { statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"
import type { MemberState } from "./tables.ts"

type Lifeline = { id: number; state: MemberState; merged_into: number | null; spend_locked: boolean; spend_rests_until: Date | null }

const steady = statement<Lifeline>(
  "members.hold_still",
  "select id, state, merged_into, spend_locked, spend_rests_until from members.member where id = $1 for key share",
)
const alone = statement<Lifeline>(
  "members.lock",
  "select id, state, merged_into, spend_locked, spend_rests_until from members.member where id = any ($1::bigint[]) order by id for update",
)

/**
 * The member alive behind `memberId`, who until the transaction ends is neither merged nor leaves: what hangs something on a member asks here first.
 * Many may ask at once. Errors: `member_unknown`, `member_left`.
 */
export async function livingMember(tx: Tx, memberId: number): Promise<number> {
  const held = (await holdStill(tx, memberId)) ?? refuse("member_unknown")
  return held.state === "active" ? held.memberId : refuse("member_left")
}

/** As `livingMember`, for who must not mind whether the member left; nobody: undefined. */
export async function holdStill(tx: Tx, memberId: number): Promise<{ memberId: number; state: "active" | "left" } | undefined> {
  const [row] = await steady(tx, [memberId])
  if (!row) return undefined
  if (row.merged_into !== null) return holdStill(tx, row.merged_into)
  return { memberId: row.id, state: row.state === "left" ? "left" : "active" }
}

/** Locks members alone, always in the order of their ids, so that two merges crossing each other cannot wait for each other. */
export async function lockMembers(tx: Tx, memberIds: readonly number[]): Promise<Map<number, Lifeline>> {
  const rows = await alone(tx, [`{${memberIds.join(",")}}`])
  return new Map(rows.map((row) => [row.id, row]))
}
