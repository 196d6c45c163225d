import { assert, type Points, points, type Tx } from "@mila/kernel"
import { type Balance, hold, type HoldOutcome, voidHold } from "@mila/ledger"
import { spreadWithin } from "./apportion-rules.ts"
import type { Presence } from "./basket.ts"
import type { RedemptionLimits } from "./quote.ts"
import { whyNot } from "./redemption-rules.ts"
import type { RedemptionRefusal } from "./refusals.ts"
import { programmeOf } from "./versions.ts"

export type RedemptionToHold = {
  /** names the wish; the points stand under `redemption:<it>/held` */
  redemption: string
  memberId: number
  points: Points
  presence: Presence
  /** of the quote */
  limits: RedemptionLimits
  programmeVersion: number
  lapsesAt: Date
}

export type HeldRedemption =
  | { status: "held" | "already_held"; holdId: number; points: Points; perLine: { line: number; points: Points }[]; balance: Balance }
  | { status: "refused"; refusal: RedemptionRefusal; most: Points; balance: Balance | null }

/**
 * Sets points aside for many baskets at once, each with its own answer: all of what it asks, spread over its lines, or a refusal that writes
 * nothing. Repeating a redemption answers `already_held`. At most 64, at most one a member. The hold lapses by itself after `lapsesAt`.
 */
export async function holdRedemptions(tx: Tx, requests: readonly RedemptionToHold[], { at }: { at: Date }): Promise<HeldRedemption[]> {
  const refusals: (RedemptionRefusal | null)[] = []
  for (const request of requests) refusals.push(await refusalOf(tx, request))
  const accepted = requests.filter((_, place) => refusals[place] === null)
  const held = await hold(
    tx,
    accepted.map(({ redemption, memberId, points: asked, lapsesAt }) => ({
      reference: `redemption:${redemption}/held` as const,
      memberId,
      points: asked,
      lapsesAt,
    })),
    { at },
  )
  const outcomes = new Map(accepted.map((request, place) => [request, held[place]!]))
  return requests.map((request, place) => {
    const refusal = refusals[place] ?? null
    if (refusal) return { status: "refused", refusal, most: request.limits.most, balance: null }
    return answerOf(request, outcomes.get(request)!)
  })
}

/** Gives a redemption's points back to the lots they came from. Repeating it, or coming after the hold ended, is harmless: `already_ended`. */
export async function voidRedemption(
  tx: Tx,
  { holdId, at }: { holdId: number; memberId: number; at: Date },
): Promise<"voided" | "already_ended"> {
  return voidHold(tx, { holdId, at })
}

async function refusalOf(
  tx: Tx,
  { points: wished, presence, limits, programmeVersion }: RedemptionToHold,
): Promise<RedemptionRefusal | null> {
  assert(Number.isSafeInteger(wished), "points are whole")
  const { redemption } = (await programmeOf(tx, programmeVersion)).programme
  if (!redemption.presence.includes(presence)) return "proof_needed"
  const takes = limits.lines.some(({ most }) => most > 0)
  return whyNot(wished, { usable: limits.most, basketMost: limits.most, takes, rules: redemption })
}

function answerOf({ points: asked, limits }: RedemptionToHold, { status, holdId, balance }: HoldOutcome): HeldRedemption {
  switch (status) {
    case "held":
    case "already_held": {
      const parts = spreadWithin(
        asked,
        limits.lines.map(({ most, amountMinor }) => (most > 0 ? amountMinor : 0)),
        limits.lines.map(({ most }) => most),
      )
      const perLine = limits.lines.map(({ line }, place) => ({ line, points: points(parts[place]!) })).filter((part) => part.points > 0)
      return { status, holdId, points: asked, perLine, balance }
    }
    case "insufficient":
    case "no_purse":
      return { status: "refused", refusal: "not_enough_points", most: points(Math.min(limits.most, balance.available)), balance }
    case "conflict":
      return { status: "refused", refusal: "redemption_conflict", most: limits.most, balance }
  }
}
