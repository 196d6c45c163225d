import { type Points, statement, type Tx } from "@mila/kernel"
import type { Reference } from "./post.ts"
import type { MemberId } from "./purses.ts"

export type ClosedPurse = {
  status: "posted" | "already_posted" | "no_purse"
  /** what was cancelled: points that waited, and points that could be used, those set aside included */
  pending: Points
  available: Points
  /** a debt that stays, where everybody sees it */
  owed: Points
}

const close = statement<ClosedPurse>(
  "ledger.close_purse",
  "select status, pending, available, owed from ledger.close_purse($1::bigint, $2::text, $3::timestamptz)",
)

/**
 * Empties a purse for good: its open holds are voided, its points cancelled. Who may ask is the caller's business. Repeating the reference is
 * harmless and answers the same.
 */
export async function closePurse(
  tx: Tx,
  { memberId, reference, at }: { memberId: MemberId; reference: Reference; at: Date },
): Promise<ClosedPurse> {
  const [closed] = await close(tx, [memberId, reference, at])
  return closed!
}
