import { dayText, inTransaction, type Locale, numberText, pointsText, pointsWord, together, type Tx } from "@mila/kernel"
import { levelOf } from "../../parts/level.server.ts"
import { type Change, changesOf, movementsOf } from "../../parts/movements.server.ts"
import { standingOf, told } from "../../parts/points.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { POINTS } from "./words.ts"

const PAGE = 30
const MONTHS_DRAWN = 6
const DRAWN = 100 // movements at most

export type Filter = "all" | "plus" | "minus"

/** Balance, what comes and what ends, and a page of the history with its reasons. */
export async function myPoints(
  { db, clock, locale, session: { memberId } }: MemberVisit,
  { before, filter }: { before: number | undefined; filter: Filter },
) {
  const at = clock.now()
  const words = POINTS[locale]
  const read = (tx: Tx) =>
    together([
      standingOf(tx, { memberId, locale }),
      movementsOf(tx, { memberId, before, most: PAGE, locale, at }),
      before === undefined ? changesOf(tx, { memberId, most: DRAWN }) : null,
      before === undefined ? levelOf(tx, { memberId, locale, at }) : null,
    ])
  const [standing, movements, changes, level] = await inTransaction(db, read, { readsFirst: true })
  const shown = movements.filter(({ points }) => (filter === "plus" ? points > 0 : filter === "minus" ? points < 0 : true))
  return {
    words,
    filter,
    available: [numberText(standing.available, locale), pointsWord(standing.available, locale)] as const,
    activations: standing.activations.map((one) => told(one, locale, at)),
    expiries: standing.expiries.slice(0, 12).map((one) => told(one, locale, at)),
    level,
    movements: shown,
    next: movements.length === PAGE ? movements.at(-1)!.id : null,
    chart: changes && chartOf(changes, locale),
  }
}

type Bar = { x: number; y: number; height: number; kind: "earned" | "spent" }

/** Bars of the last months: drawn here, so that the page only shows them. */
function chartOf(changes: readonly Change[], locale: Locale) {
  const months = [...new Set(changes.map(({ day }) => day.slice(0, 7)))].toSorted().slice(-MONTHS_DRAWN)
  if (months.length < 2) return null
  const sums = months.map((month) => {
    const own = changes.filter(({ day }) => day.startsWith(month)).map(({ points }) => points)
    return {
      month,
      earned: own.reduce((sum, one) => sum + Math.max(0, one), 0),
      spent: -own.reduce((sum, one) => sum + Math.min(0, one), 0),
    }
  })
  const most = Math.max(1, ...sums.flatMap(({ earned, spent }) => [earned, spent]))
  const bars = sums.flatMap(({ earned, spent }, place): Bar[] =>
    (
      [
        ["earned", earned, 10],
        ["spent", spent, 30],
      ] as const
    ).map(([kind, value, shift]) => {
      const height = Math.ceil((value / most) * 90)
      return { kind, x: place * 60 + shift, y: 100 - height, height }
    }),
  )
  const labels = sums.map(({ month }, place) => ({
    x: place * 60 + 28,
    text: dayText(`${month}-01` as never, locale, `${month}-01` as never)
      .split("\u00a0")[1]!
      .slice(0, 3),
  }))
  const says = sums.map(({ month, earned, spent }) => `${month}: +${pointsText(earned, locale)}, −${pointsText(spent, locale)}`).join("; ")
  return { width: months.length * 60, bars, labels, says }
}
