/** A cell as it is meant: Excel keeps digits as text by ="4810001", and LibreOffice by an apostrophe. */
export const unquoted = (cell: string): string =>
  cell
    .trim()
    .replace(/^="(.*)"$/s, "$1")
    .replace(/^'(?=[+\-\d])/, "")
    .trim()

/** Heads that stand over several columns, and what a name below them means. */
const OVER: readonly (readonly [over: RegExp, meant: (below: string) => string])[] = [
  [/^(?:остат(?:ок|ки)|наличие|stock)(?:\s|,|$)/i, (below) => `Остаток: ${below}`],
  [/^(?:свойства|характеристики|properties)(?:\s|,|$)/i, (below) => `Свойство: ${below}`],
  [
    /^(?:цен[аы]|prices?)(?:\s|,|$)/i,
    (below) => (/карт|card/i.test(below) ? "Цена по карте" : /розн|обычн|без карты|retail|regular/i.test(below) ? "Цена" : below),
  ],
]

/** Whether a row is the lower half of heads: it names columns under a wide head, and none under the others. */
export function isBeneath(upper: readonly string[], lower: readonly string[]): boolean {
  const named = lower.flatMap((cell, place) => (cell === "" ? [] : [place]))
  return named.length > 0 && named.every((place) => overAt(upper, place) !== undefined)
}

/** Two rows of heads as one. */
export function beneath(upper: readonly string[], lower: readonly string[]): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, place) => {
    const below = lower[place] ?? ""
    return below === "" ? (upper[place] ?? "") : (overAt(upper, place)?.(below) ?? below)
  })
}

/** The wide head a column stands under: a merged cell is written once, on the left. */
function overAt(upper: readonly string[], place: number): ((below: string) => string) | undefined {
  let from = place
  while (from > 0 && !upper[from]) from -= 1
  return OVER.find(([over]) => over.test(upper[from] ?? ""))?.[1]
}
