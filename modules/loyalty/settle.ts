import { assert, type Minor, type Points, type Tx } from "@mila/kernel"
import { type Balance, openPurses, post, type PostingOutcome, type Reference } from "@mila/ledger"
import type { Basket, Earner } from "./basket.ts"
import { lockBudgets, takeFromBudgets } from "./budgets.ts"
import { calculate, type CalculatedLine, type Calculation } from "./calculate-rules.ts"
import type { Budgets } from "./campaign-rules.ts"
import { momentIn } from "./calendar-rules.ts"
import type { Explanation } from "./explanation.ts"
import { type Footing, footingsOf } from "./standings.ts"
import { tierFor } from "./tier-rules.ts"
import { addTurnover, tellStandings } from "./turnover.ts"

export type ReceiptToSettle = {
  /** names the receipt for ever; its points stand under `receipt:<it>/settled` */
  receipt: string
  earner: Earner
  basket: Basket
  /** what the receipt says was redeemed; `perLine` null: spread by the programme's rule */
  redeem: {
    points: Points
    perLine: readonly { line: number; points: Points }[] | null
    holdId: number | null
    shortage: "debt" | "exposure"
  }
}

export type SettledLine = Omit<CalculatedLine, "mostRedeemable">

export type Settlement = {
  status: "settled" | "settled_before"
  earned: Points
  redeemed: Points
  /** of the redeemed: what the member owes now, and what the house carries */
  owing: Points
  exposed: Points
  lines: SettledLine[]
  explanation: Explanation[]
  balance: Balance
  /** the level under which the receipt was counted */
  tier: string
  turnoverMinor: Minor
  programmeVersion: number
}

/** The reference under which a receipt's points stand in the ledger. */
export const settledReference = (receipt: string): Reference => `receipt:${receipt}/settled`

/**
 * Gives and takes the points of many receipts that happened, with a handful of statements: each by the programme of its own time of sale and
 * the level of that month. Nothing is refused: redeemed points that are not there become a debt, or the house carries them. At most 64 receipts, at
 * most one a member. The caller has claimed each receipt in this transaction; a repetition gives `settled_before` and changes nothing.
 * Locks budgets (only if a campaign with a budget concerns one of the receipts), then purses, then turnovers.
 */
export async function settleReceipts(tx: Tx, receipts: readonly ReceiptToSettle[], { at }: { at: Date }): Promise<Settlement[]> {
  if (receipts.length === 0) return []
  const footings = await footingsOf(
    tx,
    receipts.map(({ earner: { memberId }, basket: { soldAt } }) => ({ memberId, soldAt })),
  )
  const calculations = await calculateWithinBudgets(tx, receipts, footings)
  const outcomes = await postAll(tx, receipts, { calculations, at })
  const fresh = receipts.map((_, place) => place).filter((place) => outcomes[place]!.status === "posted")

  const given = new Map<string, number>()
  for (const place of fresh)
    for (const { campaign, given: points } of calculations[place]!.budgeted) given.set(campaign, (given.get(campaign) ?? 0) + points)
  await takeFromBudgets(tx, given)
  await addTurnover(
    tx,
    fresh.map((place) => boughtOf(receipts[place]!, { calculation: calculations[place]!, footing: footings[place]! })),
  )
  await tellRises(tx, fresh, { receipts, calculations, footings, at })
  return receipts.map((_, place) =>
    settlementOf({ calculation: calculations[place]!, footing: footings[place]!, outcome: outcomes[place]! }),
  )
}

/** First as if budgets had no end; where a campaign with a budget gives, once more with what is really left, receipt by receipt. */
async function calculateWithinBudgets(tx: Tx, receipts: readonly ReceiptToSettle[], footings: readonly Footing[]): Promise<Calculation[]> {
  const count = (place: number, budgets: Budgets) => calculationOf(receipts[place]!, { footing: footings[place]!, budgets })
  const calculations = receipts.map((_, place) => count(place, null))
  const campaigns = new Set<string>()
  for (const [place, { earnings }] of calculations.entries()) {
    if (earnings.length > 0) for (const campaign of budgetedIn(footings[place]!)) campaigns.add(campaign)
  }
  if (campaigns.size === 0) return calculations
  const concerned = calculations.map(
    ({ budgeted, explanation }) => budgeted.length > 0 || explanation.some(({ code }) => code === "outdone"),
  )
  if (!concerned.includes(true)) return calculations
  const left = await lockBudgets(tx, [...campaigns].toSorted())
  return calculations.map((unlimited, place) => {
    if (!concerned[place]) return unlimited
    const calculation = count(place, left)
    for (const { campaign, given } of calculation.budgeted) left.set(campaign, (left.get(campaign) ?? 0) - given)
    return calculation
  })
}

const budgetedIn = ({ inForce }: Footing): string[] =>
  inForce.programme.campaigns.flatMap(({ id, budgetPoints }) => (budgetPoints === null ? [] : [id]))

function calculationOf(
  { basket, earner, redeem }: ReceiptToSettle,
  { footing, budgets }: { footing: Footing; budgets: Budgets },
): Calculation {
  const { inForce, tier } = footing
  return calculate({
    ...{ basket, earner, tier, version: inForce.version, programme: inForce.programme, budgets },
    redeem: { happened: redeem.points, perLine: redeem.perLine },
  })
}

/** A member whom the ledger does not know yet gets a purse on the way: a fact is never lost for want of one. */
async function postAll(
  tx: Tx,
  receipts: readonly ReceiptToSettle[],
  { calculations, at }: { calculations: readonly Calculation[]; at: Date },
): Promise<PostingOutcome[]> {
  const requests = receipts.map(({ receipt, earner: { memberId }, basket: { soldAt }, redeem }, place) => ({
    ...{ reference: settledReference(receipt), memberId, kind: "receipt" as const, occurredAt: soldAt },
    ...{ earn: calculations[place]!.earnings, redeem: redeem.points, holdId: redeem.holdId, shortage: redeem.shortage },
  }))
  const outcomes = await post(tx, requests, { at })
  const purseless = requests.filter((_, place) => outcomes[place]!.status === "no_purse")
  if (purseless.length === 0) return outcomes
  await openPurses(tx, { memberIds: purseless.map(({ memberId }) => memberId) })
  const again = await post(tx, purseless, { at })
  return outcomes.map((outcome) => (outcome.status === "no_purse" ? again.shift()! : outcome))
}

function boughtOf({ earner: { memberId } }: ReceiptToSettle, { calculation, footing }: { calculation: Calculation; footing: Footing }) {
  return { memberId, month: footing.month, netMinor: calculation.turnoverMinor }
}

/** Who reaches another level with this receipt is told. */
async function tellRises(
  tx: Tx,
  fresh: readonly number[],
  {
    receipts,
    calculations,
    footings,
    at,
  }: { receipts: readonly ReceiptToSettle[]; calculations: readonly Calculation[]; footings: readonly Footing[]; at: Date },
): Promise<void> {
  const rises = fresh.flatMap((place) => {
    const { inForce, tier, turnoverMinor } = footings[place]!
    const reached = tierFor(inForce.programme.tiers.levels, turnoverMinor + calculations[place]!.turnoverMinor)
    return reached === tier ? [] : [{ memberId: receipts[place]!.earner.memberId, tier: reached }]
  })
  await tellStandings(tx, rises, { on: momentIn(at).day, cause: "receipt" })
}

function settlementOf({
  calculation,
  footing,
  outcome,
}: {
  calculation: Calculation
  footing: Footing
  outcome: PostingOutcome
}): Settlement {
  const { status, owing, exposed, balance } = outcome
  assert(status === "posted" || status === "already_posted", `a claimed receipt is settled once, with the same points: ${status}`)
  const { earned, redeemed, lines, explanation, turnoverMinor } = calculation
  return {
    ...{ status: status === "posted" ? "settled" : "settled_before", earned, redeemed, owing, exposed, balance },
    lines: lines.map(({ line, earned: of, redeemed: used, countedMinor, activatesOn, expiresOn }) => ({
      line,
      earned: of,
      redeemed: used,
      countedMinor,
      activatesOn,
      expiresOn,
    })),
    ...{ explanation, tier: footing.tier, turnoverMinor, programmeVersion: footing.inForce.version },
  }
}
