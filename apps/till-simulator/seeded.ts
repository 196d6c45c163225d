import { mulberry32 } from "@mila/kernel"

/** Chances that repeat: the same seed gives the same story. */
export type Chance = {
  /** in [0, 1) */
  next(): number
  /** true with probability `share` */
  happens(share: number): boolean
  /** a whole number in [0, below) */
  below(below: number): number
  pick<Thing>(things: readonly Thing[]): Thing
  /** an identifier in the shape of a UUID, as repeatable as everything else */
  id(): string
  /** an independent chance for a part of the story: what one till does never shifts what another does */
  fork(name: string | number): Chance
}

/** Chances from a seed, which is a number or any words. */
export function chanceOf(seed: number | string): Chance {
  const start = typeof seed === "number" ? seed >>> 0 : hashOf(seed)
  const next = mulberry32(start)
  const below = (limit: number) => Math.floor(next() * limit)
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join("")
  return {
    next,
    happens: (share) => next() < share,
    below,
    pick: (things) => things[below(things.length)]!,
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    fork: (name) => chanceOf(hashOf(`${start}/${name}`)),
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
