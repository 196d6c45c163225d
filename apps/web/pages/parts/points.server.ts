import { type Day, dayIn, dayText, type Locale, MINSK, money, points, pointsText, together, type Tx } from "@mila/kernel"
import { type Balance, balancesOf, type Lot, lotsOf } from "@mila/ledger"

const NOTHING: Balance = { pending: points(0), available: points(0), held: points(0), owed: points(0) }

/** What a member has, and the days that matter: when pending points come, when available ones end. */
export type Standing = Balance & {
  /** what is available as money, 1 point = 1 kopeck */
  worth: string
  activations: { day: Day; points: number }[]
  expiries: { day: Day; points: number }[]
}

export async function standingOf(tx: Tx, { memberId, locale }: { memberId: number; locale: Locale }): Promise<Standing> {
  const [balances, lots] = await together([balancesOf(tx, [memberId]), lotsOf(tx, memberId)])
  const balance = balances.get(memberId) ?? NOTHING
  const byDay = (state: Lot["state"], dayOf: (lot: Lot) => Day) => {
    const days = new Map<Day, number>()
    for (const lot of lots) if (lot.state === state) days.set(dayOf(lot), (days.get(dayOf(lot)) ?? 0) + lot.remaining)
    return [...days].map(([day, points]) => ({ day, points })).toSorted((one, other) => (one.day < other.day ? -1 : 1))
  }
  return {
    ...balance,
    worth: money(balance.available, locale),
    activations: byDay("pending", ({ activatesOn }) => activatesOn),
    expiries: byDay("available", ({ expiresOn }) => expiresOn),
  }
}

/** «5 бонусов» and «23 ноября»: without the year while it is this one. */
export function told({ day, points }: { day: Day; points: number }, locale: Locale, at: Date): { points: string; day: string } {
  return { points: pointsText(points, locale), day: dayText(day, locale, dayIn(MINSK, at)) }
}
