/** Normalised discounted cumulative gain of the first ten (Järvelin & Kekäläinen 2002), the mean over queries; `grades`: query → document → how good it is. */
export async function ndcgOf(
  grades: ReadonlyMap<string, ReadonlyMap<number, number>>,
  ask: (text: string) => Promise<readonly number[]>,
): Promise<number> {
  let sum = 0
  for (const [query, good] of grades) {
    const gained = gainOf((await ask(query)).slice(0, 10).map((no) => good.get(no) ?? 0))
    const best = gainOf([...good.values()].toSorted((one, other) => other - one).slice(0, 10))
    sum += best === 0 ? 0 : gained / best
  }
  return sum / grades.size
}

const gainOf = (list: readonly number[]): number =>
  list.reduce((before, grade, place) => before + (2 ** grade - 1) / Math.log2(place + 2), 0)
