import { assert, type Points, points, share } from "@mila/kernel"

/** `share` of the kernel, with plain numbers as long as they stay exact: the same parts for a tenth of the time. */
export function spread(whole: number, weights: readonly number[]): number[] {
  let total = 0
  let heaviest = 0
  for (const weight of weights) {
    total += weight
    if (weight > heaviest) heaviest = weight
  }
  if (total === 0 || whole * heaviest > Number.MAX_SAFE_INTEGER || total > Number.MAX_SAFE_INTEGER) return share(points(whole), weights)
  assert(Number.isSafeInteger(whole) && whole >= 0, "only what is whole and not negative is shared out")
  const parts = new Array<number>(weights.length)
  const rests = new Array<number>(weights.length)
  let left = whole
  for (let place = 0; place < weights.length; place += 1) {
    const product = whole * weights[place]!
    const rest = product % total
    left -= parts[place] = (product - rest) / total
    rests[place] = rest
  }
  while (left > 0) {
    let best = 0
    for (let place = 1; place < rests.length; place += 1) if (rests[place]! > rests[best]!) best = place
    parts[best]! += 1
    rests[best] = -1
    left -= 1
  }
  return parts
}

/**
 * Spreads `whole` by `weights`, no part above its cap: what a full line cannot take goes to the others in proportion, until all of it lies
 * somewhere. The caps together hold the whole. The same input always gives the same parts; ties go to the earlier line.
 */
export function spreadWithin(whole: number, weights: readonly number[], caps: readonly number[]): number[] {
  const parts = weights.map(() => 0)
  let open = weights.map((_, place) => place).filter((place) => weights[place]! > 0 && caps[place]! > 0)
  let left = whole
  while (left > 0) {
    assert(open.length > 0, "the caps hold the whole")
    const offered = spread(
      left,
      open.map((place) => weights[place]!),
    )
    const full = open.filter((place, nth) => offered[nth]! >= caps[place]!)
    if (full.length === 0) {
      open.forEach((place, nth) => (parts[place] = offered[nth]!))
      return parts
    }
    for (const place of full) {
      parts[place] = caps[place]!
      left -= caps[place]!
    }
    open = open.filter((place) => !full.includes(place))
  }
  return parts
}

/** The sum of `numbers`, as points. */
export function totalPoints(numbers: readonly number[]): Points {
  let total = 0
  for (const number of numbers) total += number
  return points(total)
}
