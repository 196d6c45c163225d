import { type Day, points, type Tx } from "@mila/kernel"
import { type Balance, balancesOf, type Lot, lotsOf } from "@mila/ledger"

export type PointsOfDay = { day: Day; points: number }

/** What a member has, and the days that matter: when pending points come, when available ones end; nearest first. */
export type Standing = Balance & { activations: PointsOfDay[]; expiries: PointsOfDay[] }

const NOTHING: Balance = { pending: points(0), available: points(0), held: points(0), owed: points(0) }

/** A member's points now, and the days ahead. */
export async function standingOf(tx: Tx, memberId: number): Promise<Standing> {
  const balance = (await balancesOf(tx, [memberId])).get(memberId) ?? NOTHING
  const lots = await lotsOf(tx, memberId)
  const byDay = (state: Lot["state"], dayOf: (lot: Lot) => Day): PointsOfDay[] => {
    const days = new Map<Day, number>()
    for (const lot of lots) if (lot.state === state) days.set(dayOf(lot), (days.get(dayOf(lot)) ?? 0) + lot.remaining)
    return [...days].map(([day, sum]) => ({ day, points: sum })).toSorted((one, other) => (one.day < other.day ? -1 : 1))
  }
  return {
    ...balance,
    activations: byDay("pending", ({ activatesOn }) => activatesOn),
    expiries: byDay("available", ({ expiresOn }) => expiresOn),
  }
}

const OWN: ReadonlySet<string> = new Set(["pending", "available", "held"])

/** What a movement brought or took, of everything that is the member's. */
export const changeOf = (postings: readonly { source: string; target: string; points: number }[]): number =>
  postings.reduce((change, { source, target, points: moved }) => change + (OWN.has(target) ? moved : 0) - (OWN.has(source) ? moved : 0), 0)
