import { addDays, type Day, dayIn, inTransaction, type Db, later, MINSK, type Tx } from "@mila/kernel"
import { holdStill, livingMember } from "@mila/members"
import { judge, type SaleFact } from "./judge.ts"
import { TILL_POLICY } from "./policy.ts"
import { type AskedReceipt, POINTS_CLAIM_POLICY, type PointsClaimReason, tooOld, verdictOn } from "./points-claim-rules.ts"
import {
  askAlone,
  claimStillOpen,
  countAsks,
  type Decision,
  type FoundReceipt,
  insertClaim,
  lockAskedReceipt,
  lockClaim,
  type PointsClaim,
  pointsClaims,
  updateClaim,
} from "./points-claim-rows.ts"
import { recognise } from "./recognise.ts"
import { refuseClaim as refuse } from "./refusals.ts"
import { settleLate } from "./settle-late.ts"

/** Left when an ask that waited was decided: `{ memberId, state, earned, soldOn }`. Who hears it tells the member. */
export const POINTS_CLAIM_DECIDED = "tills.points-claim-decided"

export type PointsClaimDecided = Pick<PointsClaim, "memberId" | "earned" | "soldOn"> & { state: "granted" | "refused" }

type Asking = { memberId: number; fiscalUid: string; soldOn: Day; totalMinor: number; dispute?: boolean; at: Date }

/**
 * A member asks for the points of a purchase they showed no card at, with what only the holder of the receipt can read: УИ, day and sum in kopecks.
 * Given at once where the receipt is there and free; a receipt no till has sent yet is waited for; odd ones go to a person. With `dispute` so does one
 * whose points somebody else has. Asked again while it waits, it is the same claim. Every ask is kept, and counted. Refuses `receipt_too_old`, `too_often` (ten in a day), `malformed`, `member_left`.
 */
export async function claimPoints(
  tx: Tx,
  { memberId: asker, fiscalUid, soldOn, totalMinor, dispute = false, at }: Asking,
): Promise<PointsClaim> {
  const today = dayIn(MINSK, at)
  if (!/^[0-9A-Za-zА-Яа-яЁё\s-]{4,64}$/.test(fiscalUid)) refuse("malformed", { fields: ["fiscalUid"] })
  if (totalMinor <= 0) refuse("malformed", { fields: ["totalMinor"] })
  if (soldOn > today) refuse("malformed", { fields: ["soldOn"] })
  if (tooOld(soldOn, today)) refuse("receipt_too_old", { days: POINTS_CLAIM_POLICY.withinDays })
  const memberId = await livingMember(tx, asker)
  await askAlone(tx, memberId)
  const before = await claimStillOpen(tx, { memberId, fiscalUid, soldOn, totalMinor })
  if (before) return before
  const { asked, given } = await countAsks(tx, { memberId, at })
  if (asked >= POINTS_CLAIM_POLICY.asksADay) refuse("too_often", { seconds: 86_400 })
  const decision = await decide(tx, { memberId, fiscalUid, soldOn, totalMinor, dispute, givenLately: given, at })
  return insertClaim(tx, { memberId, fiscalUid: fiscalUid.trim(), soldOn, totalMinor, askedAt: at }, decision)
}

type Deciding = Omit<Asking, "dispute"> & { dispute: boolean; givenLately: number }

async function decide(tx: Tx, { memberId, fiscalUid, soldOn, totalMinor, dispute, givenLately, at }: Deciding): Promise<Decision> {
  const receipt = await lockAskedReceipt(tx, fiscalUid)
  const verdict = verdictOn(await ownerToday(tx, receipt), { memberId, soldOn, totalMinor, givenLately, disputed: dispute })
  const receiptId = verdict.state === "waiting" ? null : receipt!.id
  if (verdict.state === "give") return give(tx, { receipt: receipt!, memberId, by: "house", at })
  if (verdict.state === "waiting") return undecided("waiting", null, null)
  if (verdict.state === "with_staff") return undecided("with_staff", verdict.reason, receiptId)
  return { state: "refused", reason: verdict.reason, receiptId, earned: null, decidedAt: at, decidedBy: "house" }
}

const undecided = (state: "waiting" | "with_staff", reason: PointsClaimReason | null, receiptId: string | null): Decision => ({
  ...{ state, reason, receiptId, earned: null, decidedAt: null, decidedBy: null },
})

/** Whoever was merged into somebody bought as them. */
async function ownerToday<Receipt extends AskedReceipt>(tx: Tx, receipt: Receipt | undefined): Promise<Receipt | undefined> {
  if (!receipt || receipt.memberId === null) return receipt
  return { ...receipt, memberId: (await holdStill(tx, receipt.memberId))?.memberId ?? receipt.memberId }
}

/** Counts the receipt as if the member's own card had been shown; what breaks a rule waits for a person. */
async function give(
  tx: Tx,
  { receipt, memberId, by, at, looked = false }: { receipt: FoundReceipt; memberId: number; by: string; at: Date; looked?: boolean },
): Promise<Decision> {
  const { id, tillId, shop, till, soldAt, body } = receipt
  const fact: SaleFact = { till: { tillId, shop, till }, sale: { ...body, identifier: null }, id, soldAt, flags: [], released: looked }
  const [who] = await recognise(tx, [{ till: fact.till, note: { number: null, memberId, proof: null } }], { at })
  const [judged] = await judge(tx, [fact], { shown: new Map(who ? [[id, who]] : []), at, policy: TILL_POLICY })
  if (!judged?.toSettle) return undecided("with_staff", "odd", id)
  const settlement = await settleLate(tx, judged, { at })
  return { state: "granted", reason: null, receiptId: id, earned: settlement?.earned ?? 0, decidedAt: at, decidedBy: by }
}

/** Reasons a person may look past; the others have nothing left to count, or somebody else's points in it. */
const LOOKED_PAST: ReadonlySet<string> = new Set(["many", "odd"] satisfies PointsClaimReason[])

/**
 * A person's word about an ask that waits for one: given as if the card had been shown, or refused. Refuses `points_claim_not_found`,
 * `points_claim_decided`, and `points_claim_not_countable` where goods came back, a card of nobody was shown or somebody else has the points: then
 * points are adjusted by hand.
 */
export async function decidePointsClaim(
  tx: Tx,
  { claimId, give: gives, by, at }: { claimId: number; give: boolean; by: string; at: Date },
): Promise<PointsClaim> {
  const claim = (await lockClaim(tx, claimId)) ?? refuse("points_claim_not_found")
  if (claim.state !== "with_staff") return refuse("points_claim_decided", { state: claim.state })
  if (!gives) {
    return tell(tx, await updateClaim(tx, claimId, { ...claim, state: "refused", reason: "staff", decidedAt: at, decidedBy: by }))
  }
  const receipt = LOOKED_PAST.has(claim.reason!) ? await lockAskedReceipt(tx, claim.fiscalUid) : undefined
  if (receipt?.state !== "settled" || receipt.memberId !== null || receipt.returned) return refuse("points_claim_not_countable")
  const memberId = await livingMember(tx, claim.memberId)
  const decision = await give(tx, { receipt, memberId, by, at, looked: true })
  return decision.state === "granted" ? tell(tx, await updateClaim(tx, claimId, decision)) : refuse("points_claim_not_countable")
}

async function tell(tx: Tx, claim: PointsClaim): Promise<PointsClaim> {
  const { memberId, state, earned, soldOn } = claim
  if (state === "granted" || state === "refused") {
    await later(tx, POINTS_CLAIM_DECIDED, { memberId, state, earned, soldOn } satisfies PointsClaimDecided)
  }
  return claim
}

const AT_ONCE = 200

/**
 * Looks again for the receipts that asks wait for, one transaction each; after three days an ask ends and its member is told. Answers how many were
 * given, and how many ended. One that fails holds up none behind it; what failed is thrown when the others are through.
 */
export async function retryPointsClaims(db: Db, { at }: { at: Date }): Promise<{ given: number; ended: number }> {
  const done = { given: 0, ended: 0 }
  const failures: unknown[] = []
  for (let after = 0; ;) {
    const some = await inTransaction(db, (tx) => pointsClaims(tx, { state: "waiting", after, most: AT_ONCE }))
    for (const { claimId } of some) {
      const state = await inTransaction(db, (tx) => retryClaim(tx, { claimId, at })).catch((error: unknown) => void failures.push(error))
      if (state === "granted") done.given += 1
      if (state === "refused") done.ended += 1
    }
    if (some.length < AT_ONCE) break
    after = some.at(-1)!.claimId
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} asks failed, the first: ${String(failures[0])}`)
  return done
}

async function retryClaim(tx: Tx, { claimId, at }: { claimId: number; at: Date }): Promise<PointsClaim["state"]> {
  const claim = await lockClaim(tx, claimId)
  if (claim?.state !== "waiting") return "waiting"
  const { fiscalUid, soldOn, totalMinor, askedAt } = claim
  const alive = await holdStill(tx, claim.memberId)
  const ended: Decision = { ...undecided("waiting", null, null), state: "refused", reason: "not_found", decidedAt: at, decidedBy: "house" }
  if (alive?.state !== "active") return (await updateClaim(tx, claimId, ended)).state
  const { memberId } = alive
  await askAlone(tx, memberId)
  const { given } = await countAsks(tx, { memberId, at })
  const decision = await decide(tx, { memberId, fiscalUid, soldOn, totalMinor, dispute: false, givenLately: given, at })
  if (decision.state !== "waiting") return (await tell(tx, await updateClaim(tx, claimId, decision))).state
  if (dayIn(MINSK, at) <= addDays(dayIn(MINSK, askedAt), POINTS_CLAIM_POLICY.waitDays)) return "waiting"
  return (await tell(tx, await updateClaim(tx, claimId, ended))).state
}
