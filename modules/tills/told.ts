import type { CardKind, CardState } from "@mila/cards"
import type { RedemptionRefusal } from "@mila/loyalty"
import type { Day } from "@mila/kernel"
import type { TillRefusal } from "./refusals.ts"

// What a till is told. Points are whole; days are in Minsk; texts are in the language the till asked for.

export type BalanceShown = { pending: number; available: number; held: number; owed: number }

export type Identified = {
  /** stands for this person and this proof in the next calls of this till, for a quarter of an hour */
  memberRef: string
  maskedName: string
  card: { kind: CardKind; state: CardState } | null
  status: { earn: boolean; redeem: boolean; blocked: boolean }
  balance: BalanceShown
  tier: string
  coupons: readonly string[]
  needs: { confirmation: boolean }
  cashierMessages: readonly string[]
}

/** One number explained: which rule of which version made it. */
export type ExplanationShown = { line: number | null; code: string; rule: string | null; version: number; points: number; text: string }

export type Calculated = {
  purchaseId: string
  /** null when nobody earns or redeems */
  quoteId: string | null
  validUntil: string | null
  lines: readonly { no: number; earned: number; redeemed: number; mostRedeemable: number }[]
  earned: number
  redeemed: number
  /** the most points this basket takes */
  mostRedeemable: number
  /** why the wish to redeem would be refused */
  refusal: RedemptionRefusal | null
  totalMinor: number
  payableMinor: number
  balance: BalanceShown | null
  maskedName: string | null
  coupons: { applied: readonly string[]; rejected: readonly { coupon: string; reason: string }[] }
  explanation: readonly ExplanationShown[]
  cashierMessages: readonly string[]
}

export type Authorised = {
  authId: string
  points: number
  lines: readonly { no: number; points: number }[]
  expiresAt: string
  balance: BalanceShown
}

export type ReceiptStatus = "accepted" | "quarantined" | "parked" | "conflict" | "cancelled"

export type ReceiptAnswer = {
  receiptId: string
  status: ReceiptStatus
  /** why it waits for a person; empty when accepted */
  reasons: readonly string[]
  /** noticed, with no effect on the answer */
  flags: readonly string[]
  earned: number
  redeemed: number
  /** of the redeemed: what the member owes, and what the house carries */
  owing: number
  exposed: number
  balance: BalanceShown | null
  lines: readonly { no: number; earned: number; redeemed: number; activatesOn: Day | null; expiresOn: Day | null }[]
  slip: readonly string[]
  cashierMessages: readonly string[]
}

export type ReturnAnswer = {
  receiptId: string
  status: ReceiptStatus
  reasons: readonly string[]
  flags: readonly string[]
  sale: string | null
  clawed: number
  restored: number
  /** of the clawed: what the member now owes, and what the house carries */
  owing: number
  exposed: number
  lines: readonly { no: number; clawed: number; restored: number }[]
  slip: readonly string[]
}

export type CancelAnswer = {
  receiptId: string
  status: "cancelled" | "parked"
  clawed: number
  restored: number
}

export type VoidAnswer = { authId: string; status: "voided" | "already_ended" }

export type JournalResult = {
  index: number
  status: "accepted" | "duplicate" | "conflict" | "quarantined" | "parked"
  receiptId: string | null
  reasons: readonly string[]
  earned: number
  redeemed: number
}

export type Gap = { from: number; to: number }

export type JournalAnswer = { results: readonly JournalResult[]; gaps: readonly Gap[] }

/** An answer as it is kept and given again, word for word. `mismatch`: the key was used for other content. */
export type Given = { outcome: "given"; status: ReceiptStatus; repeated: boolean; answer: string } | { outcome: "mismatch" }

/** A no whose trace must stay: a wrong code was counted, a look-up that found nobody too. The door commits first, and refuses then. */
export type RefusedAfterAll = {
  refused: TillRefusal | "rotating_code_invalid" | "rotating_code_used" | "rotating_code_locked"
  details: Record<string, unknown>
}
