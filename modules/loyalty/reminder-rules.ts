/** Of one lot: how many days are left, and at which distances its member was told of that day already. */
export type LotToRemind = { left: number; told: readonly number[] }

/** What is told along: a distance of thirty days also covers what ends within sixty, so that who shops every week is not written to every week. */
const TOLD_ALONG = 2

/** The farthest last day a notice may speak of, in days from today. */
export const farthestTold = (daysBefore: readonly number[]): number => TOLD_ALONG * Math.max(...daysBefore)

/**
 * Which of one member's lots to tell of today, and at which of the programme's distances. A lot within a distance it was not told at is due, and
 * takes along what ends within twice that distance. What was told at a distance is not told again at it, nor at a farther one.
 */
export function dueOf<Lot extends LotToRemind>(lots: readonly Lot[], daysBefore: readonly number[]): (Lot & { daysBefore: number })[] {
  const nearest = daysBefore.toSorted((one, other) => one - other)
  const at = (lot: Lot, reach: (distance: number) => number): number | undefined => {
    const distance = nearest.find((days) => lot.left <= reach(days))
    return distance !== undefined && lot.told.every((told) => told > distance) ? distance : undefined
  }
  const distances = new Set(lots.map((lot) => at(lot, (days) => days)))
  const along = (days: number): number => (distances.has(days) ? TOLD_ALONG * days : days)
  return lots.flatMap((lot) => {
    const distance = at(lot, along)
    return distance === undefined ? [] : [{ ...lot, daysBefore: distance }]
  })
}
