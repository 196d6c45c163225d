import { assert, type Points, statement, type Tx } from "@mila/kernel"
import type { Reference } from "./post.ts"
import type { MemberId } from "./purses.ts"

const merge = statement<{ status: "posted" | "already_posted" }>(
  "ledger.merge_purses",
  "select ledger.merge_purses($1::bigint, $2::bigint, $3::text, $4::timestamptz) status",
)

/**
 * Two purses become one: lots keep their dates, open holds of `from` are voided, debts go along. Who may ask, and with what proof, is the
 * caller's business. Repeating the reference is harmless.
 */
export async function mergePurses(
  tx: Tx,
  { from, into, reference, at }: { from: MemberId; into: MemberId; reference: Reference; at: Date },
): Promise<"posted" | "already_posted"> {
  assert(from !== into, "a purse is not merged with itself")
  const [row] = await merge(tx, [from, into, reference, at])
  return row!.status
}

const unmerge = statement<Unmerged>(
  "ledger.unmerge_purses",
  "select * from ledger.unmerge_purses($1::bigint, $2::bigint, $3::text, $4::text, $5::timestamptz)",
)

/** What went home, in points. */
export type Unmerged = { status: "posted" | "already_posted"; pending: Points; available: Points; owed: Points }

/**
 * Takes the merge under `merge` back: whatever of it is still there goes home with its dates, a debt as far as it is still owed; what was used or expired
 * meanwhile is not made up for. Holds on those lots are voided. Repeating the reference is harmless.
 */
export async function unmergePurses(
  tx: Tx,
  { from, into, merge: merged, reference, at }: { from: MemberId; into: MemberId; merge: Reference; reference: Reference; at: Date },
): Promise<Unmerged> {
  const [row] = await unmerge(tx, [from, into, merged, reference, at])
  return row!
}
