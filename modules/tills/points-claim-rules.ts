import { daysBetween, type Day } from "@mila/kernel"

/** How points of a receipt without a card are given afterwards (security, A23; domain, 5.9). */
export type PointsClaimPolicy = {
  /** a receipt sold earlier is not given any more */
  withinDays: number
  /** how long a receipt that no till has sent is waited for */
  waitDays: number
  /** asks of one member in 24 hours, whatever became of them */
  asksADay: number
  /** receipts given to one member in 30 days; the next one is looked at by a person */
  givenAMonth: number
}

export const POINTS_CLAIM_POLICY: PointsClaimPolicy = { withinDays: 14, waitDays: 3, asksADay: 10, givenAMonth: 5 }

/** Why an ask was refused, or why a person looks at it. Stable; part of the contract. */
export type PointsClaimReason =
  /** no till has sent such a receipt, or its day or sum are others: one answer for all of these */
  | "not_found"
  /** it is on the asker's account already */
  | "yours"
  /** somebody else has its points */
  | "claimed"
  | "cancelled"
  /** something of it came back already */
  | "returned"
  /** a card of nobody was shown: who attaches it has its receipts */
  | "card_shown"
  /** the member was given many receipts lately */
  | "many"
  /** the receipt itself waits for a person, or breaks a rule */
  | "odd"
  /** the asker says that somebody else took their receipt */
  | "disputed"
  /** a person looked at it and said no */
  | "staff"

/** What is known of the receipt somebody asks for. */
export type AskedReceipt = {
  state: "settled" | "quarantined" | "parked" | "cancelled"
  memberId: number | null
  cardId: number | null
  /** day of sale in Minsk */
  soldOn: Day
  totalMinor: number
  returned: boolean
}

/** What is asked, and `givenLately`: receipts the member was given in the last 30 days. */
export type Asked = { memberId: number; soldOn: Day; totalMinor: number; givenLately: number; disputed: boolean }

type Verdict = { state: "give" } | { state: "waiting" } | { state: "refused" | "with_staff"; reason: PointsClaimReason }

/**
 * What becomes of an ask. A receipt whose day or sum differ is answered as one that is not there: who did not hold it in hand learns nothing of it.
 */
export function verdictOn(receipt: AskedReceipt | undefined, { memberId, soldOn, totalMinor, givenLately, disputed }: Asked): Verdict {
  if (!receipt || receipt.soldOn !== soldOn || receipt.totalMinor !== totalMinor) return { state: "waiting" }
  if (receipt.state === "cancelled") return { state: "refused", reason: "cancelled" }
  if (receipt.memberId === memberId) return { state: "refused", reason: "yours" }
  if (receipt.memberId !== null) return disputed ? { state: "with_staff", reason: "disputed" } : { state: "refused", reason: "claimed" }
  if (receipt.state !== "settled") return { state: "with_staff", reason: "odd" }
  if (receipt.returned) return { state: "with_staff", reason: "returned" }
  if (receipt.cardId !== null) return { state: "with_staff", reason: "card_shown" }
  return givenLately >= POINTS_CLAIM_POLICY.givenAMonth ? { state: "with_staff", reason: "many" } : { state: "give" }
}

/** Whether a receipt of that day may still be asked for. */
export const tooOld = (soldOn: Day, today: Day): boolean => daysBetween(soldOn, today) > POINTS_CLAIM_POLICY.withinDays

/** What is printed as УИ, without what people add for the eye. */
export const plainUid = (uid: string): string => uid.replace(/[\s-]/g, "")

/** What is printed as УИ, as a till may have sent it: people add spaces and small letters. */
export function spellingsOf(uid: string): string[] {
  const plain = plainUid(uid)
  return [...new Set([uid.trim(), plain, plain.toUpperCase(), plain.toLowerCase()])]
}
