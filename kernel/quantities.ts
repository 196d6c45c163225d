import { assert } from "./assert.ts"

/** Money in the smallest unit: kopecks of BYN. */
export type Minor = number & { readonly unit: "kopeck" }

/** Loyalty points, whole. What one is worth is the programme's decision. */
export type Points = number & { readonly unit: "point" }

export function minor(amount: number): Minor {
  assert(Number.isSafeInteger(amount), `kopecks are whole: ${amount}`)
  return amount as Minor
}

export function points(amount: number): Points {
  assert(Number.isSafeInteger(amount), `points are whole: ${amount}`)
  return amount as Points
}

export function sum<Quantity extends number>(amounts: readonly Quantity[]): Quantity {
  let total = 0
  for (const amount of amounts) total += amount
  assert(Number.isSafeInteger(total), "a sum stays exact")
  return total as Quantity
}

/** `amount × part / whole`, exact and rounded down; bigint inside, so that no product loses a kopeck. */
export function portion<Quantity extends number>(amount: Quantity, part: number, whole: number): Quantity {
  assert(whole > 0, "a portion is of something")
  const product = BigInt(amount) * BigInt(part)
  const quotient = product / BigInt(whole)
  const down = product < 0n && product % BigInt(whole) !== 0n ? quotient - 1n : quotient
  return Number(down) as Quantity
}

/**
 * Splits `whole` by `weights` with the largest remainder method: the parts always add up to the whole, each is within
 * one unit of its exact share, and ties go to the earlier line. All-zero weights can carry only zero.
 */
export function share<Quantity extends number>(whole: Quantity, weights: readonly number[]): Quantity[] {
  const total = weights.reduce((before, weight) => before + BigInt(weight), 0n)
  assert(whole >= 0 && weights.every((weight) => weight >= 0), "only what is not negative is shared out")
  if (total === 0n) {
    assert(whole === 0, "nothing to carry the share")
    return weights.map(() => 0 as Quantity)
  }
  const parts = weights.map((weight, place) => {
    const product = BigInt(whole) * BigInt(weight)
    return { place, floor: Number(product / total), rest: product % total }
  })
  let left = whole - parts.reduce((given, { floor }) => given + floor, 0)
  const byRest = parts.toSorted((one, other) => (one.rest === other.rest ? one.place - other.place : one.rest < other.rest ? 1 : -1))
  for (const part of byRest) {
    if (left === 0) break
    part.floor += 1
    left -= 1
  }
  return parts.map(({ floor }) => floor as Quantity)
}
