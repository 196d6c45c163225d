import type { Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { restSpendingUntil } from "./change-person.ts"
import { recordEvent } from "./history.ts"
import { lockMembers } from "./lock.ts"
import { refuse } from "./refusals.ts"
import { endSignIns } from "./sign-in/end-sign-ins.ts"
import { lockSpending, spendLockerOf } from "./spend-lock.ts"
import { members } from "./tables.ts"

/**
 * Makes `from` the same person as `into`, for good: phones, cards and receipts of `from` lead to `into` from now on, and spending stays locked, or
 * rests, if it did for one of them, by the hand that locked it. Whoever was merged into `from` before is pointed at `into` as well, so that no chain forms. The caller moves the points (ledger) and the cards in the same transaction, and has
 * proof of both phones. Repeating it is harmless.
 * Errors: `same_member`, `member_unknown`, `member_merged` (one of them, with somebody else), `member_left`.
 */
export async function mergeMembers(
  tx: Tx,
  { from, into, at, by }: { from: number; into: number; at: Date; by: Actor },
): Promise<"merged" | "already_merged"> {
  if (from === into) refuse("same_member")
  const locked = await lockMembers(tx, [from, into])
  const donor = locked.get(from) ?? refuse("member_unknown")
  const heir = locked.get(into) ?? refuse("member_unknown")
  if (donor.merged_into === into) return "already_merged"
  if (donor.state === "merged" || heir.state === "merged") refuse("member_merged")
  if (donor.state === "left" || heir.state === "left") refuse("member_left")

  // Every reason to refuse is behind us.
  await members(tx).updateTable("member").set({ merged_into: into }).where("merged_into", "=", from).execute()
  if (donor.spend_rests_until) await restSpendingUntil(tx, into, donor.spend_rests_until)
  if (donor.spend_locked) await lockSpending(tx, { memberId: into, locked: true, at, by: (await spendLockerOf(tx, from)) ?? by })
  await members(tx).updateTable("member").set({ state: "merged", merged_into: into }).where("id", "=", from).execute()
  await endSignIns(tx, from)
  await recordEvent(tx, { memberId: from, what: "merged", at, by, details: { into } })
  await recordEvent(tx, { memberId: into, what: "took_over", at, by, details: { from } })
  return "merged"
}
