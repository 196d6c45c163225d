/**
 * How many slips of a finger are between two words: a letter left out, added, changed, or two swapped (Damerau, optimal string alignment); stops counting past
 * `most` and answers `most + 1`.
 */
export function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, place) => place)
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row]
    let best = row
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      let cost = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, before[column - 2]! + 1)
      }
      next.push(cost)
      if (cost < best) best = cost
    }
    if (best > most) return most + 1
    before = last
    last = next
  }
  return Math.min(last[other.length]!, most + 1)
}
