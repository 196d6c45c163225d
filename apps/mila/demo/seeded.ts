import { mulberry32 } from "@mila/kernel"

/** Random choices that come out the same on every machine: the demo chain is the same chain everywhere. Never for secrets. */
export type Dice = {
  /** from 0 up to, not including, 1 */
  next(): number
  /** a whole number between both, ends included */
  between(least: number, most: number): number
  pick<Thing>(from: readonly Thing[]): Thing
  /** whether something of this probability happens */
  chance(probability: number): boolean
}

export function seeded(seed: number): Dice {
  const next = mulberry32(seed)
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (probability) => next() < probability,
  }
}
