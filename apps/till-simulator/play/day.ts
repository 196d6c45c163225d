import type { Chance } from "../seeded.ts"

/** Shares of what happens at a till, of one. */
export type Habits = {
  /** receipts by a member who uses points */
  redeem: number
  /** receipts that come back, whole or in part */
  return: number
  /** receipts that are cancelled at once */
  cancel: number
  /** points set aside and then voided, or forgotten */
  changeOfMind: number
  /** receipts that are told a second time */
  repeat: number
  /** spells without a network: this share of receipts is told later, by journal, in any order */
  alone: number
  /** requests whose line is bad */
  badLine: number
}

export const HABITS: Habits = { redeem: 0.08, return: 0.08, cancel: 0.03, changeOfMind: 0.04, repeat: 0.1, alone: 0.2, badLine: 0.15 }

/** One thing at a till, in its turn. `of` is the place of the sale it is about. */
export type Step =
  | { do: "sale"; member: number; amounts: number[]; redeem: boolean; repeat: "none" | "same_key" | "other_key"; alone: boolean }
  | { do: "return"; of: number; whole: boolean; beforeSale: boolean }
  | { do: "cancel"; of: number }
  | { do: "changeOfMind"; member: number; voids: boolean }

/** The day of one till: the same chance writes the same day. A sale is taken back or cancelled at most once. */
export function dayOf(
  chance: Chance,
  { receipts, members, redeemers, habits }: { receipts: number; members: number; redeemers: number; habits: Habits },
): Step[] {
  const steps: Step[] = []
  let redeemed = 0
  for (let sold = 0; sold < receipts; sold += 1) {
    const redeem = redeemed < redeemers && chance.happens(habits.redeem)
    const alone = !redeem && chance.happens(habits.alone)
    const of = steps.length
    steps.push({
      do: "sale",
      member: redeem ? redeemed : (redeemers + sold) % members, // evenly, so that nobody has more receipts a day than one person may
      amounts: Array.from({ length: 1 + chance.below(4) }, () => 100 + chance.below(9_900)),
      redeem,
      repeat: chance.happens(habits.repeat) ? (chance.happens(0.5) ? "same_key" : "other_key") : "none",
      alone,
    })
    if (redeem) redeemed += 1
    if (chance.happens(habits.return)) steps.push({ do: "return", of, whole: alone || chance.happens(0.5), beforeSale: alone })
    else if (!alone && chance.happens(habits.cancel)) steps.push({ do: "cancel", of })
    if (redeemed < redeemers && chance.happens(habits.changeOfMind)) {
      steps.push({ do: "changeOfMind", member: redeemed, voids: chance.happens(0.5) })
      redeemed += 1
    }
  }
  return steps
}
