import { type Day, MINSK, startOfDay } from "@mila/kernel"
import { FIRST, type FirstDay, firstMemberOn } from "./first-member.ts"
import type { DemoMember } from "./make-members.ts"
import { SHOPS } from "./make-shops.ts"
import { seeded } from "./seeded.ts"

/** A year: long enough for points to become available, to be used and to end, and for levels to be reached. */
export const HISTORY_DAYS = 365
const SALES_A_DAY = 16
const HOME_SHOPS = 60 // members of the demo live near the first shops
const FIRST_REDEEMING = 16 // points wait before they are available
const HOUR = 3_600_000

/** The shift of a till on a day of the history. They begin far from 1, where whoever tries a till begins: a receipt's name is taken for ever. */
export const shiftOn = (passed: number): number => 1_001 + passed

export type Visit = {
  member: DemoMember
  /** the card that is shown */
  card: DemoMember["card"]
  shop: string
  soldAt: Date
  redeems: boolean
  returns: boolean
  number: number
  shift: number
  seed: number
}

/** Who comes in on a day. The same on every machine, whatever happened to the run before. */
export function visitsOn(members: readonly DemoMember[], { passed, today }: { passed: number; today: Day }): Visit[] {
  const dice = seeded(10_000 + passed)
  const opens = startOfDay(MINSK, today).getTime() + 9 * HOUR
  const minutes = Array.from({ length: SALES_A_DAY }, () => dice.between(0, 11 * 60)).toSorted((one, other) => one - other)
  const comers = new Set<DemoMember>([members[FIRST - 1]!])
  const visits = minutes.flatMap((minute, place): Visit[] => {
    const member = dice.pick(members)
    const fate = dice.next()
    if (comers.has(member)) return []
    comers.add(member)
    const when = { soldAt: new Date(opens + minute * 60_000), number: place + 1, shift: shiftOn(passed), seed: passed * 1_000 + place }
    const what = { redeems: passed >= FIRST_REDEEMING && member.device !== null && dice.chance(0.5), returns: fate < 0.04 }
    return [{ member, card: member.card, shop: shopOf(member), ...when, ...what }]
  })
  const hers = firstMemberOn(passed, { lastDay: HISTORY_DAYS })
  return hers === null ? visits : [...visits, visitOfFirst(members[FIRST - 1]!, hers, { passed, opens })]
}

/** The first member comes in the evening, after work. */
function visitOfFirst(member: DemoMember, does: FirstDay, { passed, opens }: { passed: number; opens: number }): Visit {
  const soldAt = new Date(opens + 9 * HOUR + (passed % 50) * 60_000)
  const card = does.partnerCard && member.partnerCard ? member.partnerCard : member.card
  const named = { number: 900, shift: shiftOn(passed), seed: 7_000_000 + passed }
  return { member, card, shop: shopOf(member), soldAt, ...named, redeems: does.redeems, returns: does.returns }
}

export const shopOf = ({ no }: { no: number }): string => String(1 + ((no * 7) % Math.min(HOME_SHOPS, SHOPS))).padStart(4, "0")
