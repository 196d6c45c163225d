import { minor, type Minor, type Points, points, together, type Tx } from "@mila/kernel"
import { type Balance, balancesOf } from "@mila/ledger"
import type { Basket, Earner, Presence, Wish } from "./basket.ts"
import { budgetsLeft } from "./budgets.ts"
import { calculate, type Calculation } from "./calculate-rules.ts"
import { momentIn } from "./calendar-rules.ts"
import { footingsOf } from "./standings.ts"
import type { Programme } from "./programme.ts"

/** How many points a basket takes, and where; `holdRedemptions` keeps to it. Small enough to travel in a sealed note. */
export type RedemptionLimits = { most: Points; lines: { line: number; most: Points; amountMinor: Minor }[] }

export type Quote = Omit<Calculation, "budgeted" | "earnings"> & {
  balance: Balance
  tier: string
  programmeVersion: number
  /** what is left to pay beside points */
  payableMinor: Minor
  limits: RedemptionLimits
}

const NOTHING: Balance = { pending: points(0), available: points(0), held: points(0), owed: points(0) }

/**
 * What a basket would earn and redeem now, line by line, and why. Promises nothing: no lock is taken, nothing is written. `refusal` says why
 * `holdRedemptions` would refuse the wish. Without proof of presence the points are shown all the same, with `proof_needed`.
 */
export async function quote(
  tx: Tx,
  { earner, basket, redeem, presence = "static", at }: { earner: Earner; basket: Basket; redeem: Wish; presence?: Presence; at: Date },
): Promise<Quote> {
  const [[footing], balances] = await together([
    footingsOf(tx, [{ memberId: earner.memberId, soldAt: at }]),
    balancesOf(tx, [earner.memberId]),
  ])
  const { inForce, tier } = footing!
  const balance = balances.get(earner.memberId) ?? NOTHING
  const budgets = await budgetsToday(tx, inForce.programme, at)
  const {
    budgeted: _,
    earnings: __,
    ...calculation
  } = calculate({
    ...{ basket: { ...basket, soldAt: at }, earner, tier, version: inForce.version, programme: inForce.programme, budgets },
    redeem: { wish: redeem, available: balance.available, presence },
  })
  const total = basket.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    ...calculation,
    ...{ balance, tier, programmeVersion: inForce.version },
    payableMinor: minor(total - calculation.redeemed * inForce.programme.pointWorthMinor),
    limits: {
      most: calculation.basketMost,
      lines: calculation.lines.map(({ line, mostRedeemable }, place) => ({
        line,
        most: mostRedeemable,
        amountMinor: basket.lines[place]!.amountMinor,
      })),
    },
  }
}

async function budgetsToday(tx: Tx, { campaigns }: Programme, at: Date): Promise<Map<string, number>> {
  const { day } = momentIn(at)
  const running = campaigns.filter(({ budgetPoints, from, to }) => budgetPoints !== null && day >= from && day <= to).map(({ id }) => id)
  return running.length === 0 ? new Map() : budgetsLeft(tx, running)
}
