import { adjust, openPurses, type PostingOutcome } from "@mila/ledger"
import { addMonths, assert, type Day, dayIn, MINSK, type Tx } from "@mila/kernel"
import { type ADJUSTMENT_REASONS, tellMember } from "@mila/membership"
import { livingMember, profilesOf } from "@mila/members"
import type { SignedIn } from "@mila/staff"
import { ADJUSTMENT_LIMITS } from "./context.ts"
import { refuse } from "./refusals.ts"

/** A correction as somebody asked for it. It is kept as it is until a second person decides, if one is needed. */
export type Adjustment = {
  /** names the correction for ever; the ledger posts it once */
  name: string
  memberId: number
  /** above zero they are given, below they are taken */
  points: number
  reason: (typeof ADJUSTMENT_REASONS)[number]
  /** the last usable day of points that are given, in Minsk */
  expiresOn: string
}

const POINTS_LIVE_MONTHS = 6

/** The last usable day of given points when nobody says another. */
export const usualExpiry = (at: Date): Day => addMonths(dayIn(MINSK, at), POINTS_LIVE_MONTHS)

/** Whether this much needs a second person. */
export const needsSecondPerson = (points: number): boolean => Math.abs(points) > ADJUSTMENT_LIMITS.alonePoints

/**
 * Posts a correction. Taking stops at what is available: nobody is put into debt by hand.
 * Refusals, in order: member_unknown, member_left, own_points, not_enough_points.
 */
export async function carryOutAdjustment(
  tx: Tx,
  { adjustment, staff, at }: { adjustment: Adjustment; staff: SignedIn; at: Date },
): Promise<PostingOutcome> {
  const memberId = await notTheirOwn(tx, { memberId: await livingMember(tx, adjustment.memberId), staff })
  await openPurses(tx, { memberIds: [memberId] })
  const outcome = await adjust(tx, {
    ...{ reference: `adjustment:${adjustment.name}/settled`, memberId, points: adjustment.points, at, occurredAt: at },
    ...{ expiresOn: adjustment.expiresOn as Day, shortage: "refuse" },
  })
  if (outcome.status === "insufficient") refuse("not_enough_points", { available: outcome.balance.available })
  assert(outcome.status === "posted", "a correction has a name of its own")
  await tellMember(tx, { memberId, template: "points_adjusted", params: { points: adjustment.points }, at })
  return outcome
}

/**
 * The member alive behind the number, who is not the staff member themselves. Nobody is locked: what goes on to lock members alone (merging,
 * leaving) must not hold a weaker lock before, or a crowd of them waits for each other. Refuses member_unknown, member_left, own_points.
 */
export async function notTheirOwn(tx: Tx, { memberId, staff }: { memberId: number; staff: SignedIn }): Promise<number> {
  const profiles = await profilesOf(tx, staff.memberId === null ? [memberId] : [memberId, staff.memberId])
  const living = profiles.get(memberId) ?? refuse("member_unknown", { memberId })
  if (living.state === "left") refuse("member_left")
  if (staff.memberId !== null && profiles.get(staff.memberId)?.memberId === living.memberId) refuse("own_points")
  return living.memberId
}
