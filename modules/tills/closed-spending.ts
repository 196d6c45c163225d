import type { MemberProfile } from "@mila/members"
import { refuse } from "./refusals.ts"

/** Why nothing of a member's is spent at this instant; undefined where it may be. A lock is told before a rest. */
export function whySpendingIsClosed(profile: MemberProfile | null | undefined, at: Date): "spend_locked" | "spend_rests" | undefined {
  if (!profile?.spendClosed(at)) return undefined
  return profile.spendLocked ? "spend_locked" : "spend_rests"
}

/** Refuses `spend_locked` where spending is locked, `spend_rests` where it rests. */
export function refuseClosedSpending(profile: MemberProfile | null | undefined, at: Date): void {
  const why = whySpendingIsClosed(profile, at)
  if (why) refuse(why)
}
