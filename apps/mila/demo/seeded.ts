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

/** Mulberry32: small, fast, and good enough for a make-believe chain. */
export function seeded(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (probability) => next() < probability,
  }
}
