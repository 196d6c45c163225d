import { inTransaction, type Locale, numberText, pointsText, pointsWord, together, type Tx } from "@mila/kernel"
import { levelOf } from "../../parts/level.server.ts"
import { type Change, changesOf, type Movement, movementsOf } from "../../parts/movements.server.ts"
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
      pageOf(tx, { memberId, before, filter, locale, at }),
      before === undefined ? changesOf(tx, { memberId, most: DRAWN }) : null,
      before === undefined ? levelOf(tx, { memberId, locale, at }) : null,
    ])
  const [standing, { movements, next }, changes, level] = await inTransaction(db, read, { readsFirst: true })
  return {
    words,
    filter,
    available: [numberText(standing.available, locale), pointsWord(standing.available, locale)] as const,
    activations: standing.activations.map((one) => told(one, locale, at)),
    expiries: standing.expiries.slice(0, 12).map((one) => told(one, locale, at)),
    level,
    movements,
    next,
    chart: changes && chartOf(changes, locale),
  }
}

type Asked = { memberId: number; before: number | undefined; filter: Filter; locale: Locale; at: Date }

/** A page of what was asked for, read on until it is full; `next` is where the following one begins. */
async function pageOf(tx: Tx, { filter, ...asked }: Asked): Promise<{ movements: Movement[]; next: number | null }> {
  const movements: Movement[] = []
  for (let before = asked.before; ;) {
    const read = await movementsOf(tx, { ...asked, before, most: PAGE })
    movements.push(...read.filter(({ came, went }) => (filter === "plus" ? came > 0 : filter === "minus" ? went > 0 : true)))
    before = read.length === PAGE ? read.at(-1)!.id : undefined
    if (before === undefined || movements.length >= PAGE) return { movements, next: before ?? null }
  }
}

type Bar = { x: number; y: number; height: number; kind: "earned" | "spent"; text: string }

const [MONTH_WIDE, BAR_WIDE, TALL, FLOOR] = [84, 30, 84, 104]

/** Bars of the last months: drawn here, so that the page only shows them. */
function chartOf(changes: readonly Change[], locale: Locale) {
  const months = [...new Set(changes.map(({ day }) => day.slice(0, 7)))].toSorted().slice(-MONTHS_DRAWN)
  if (months.length < 2) return null
  const sums = months.map((month) => {
    const own = changes.filter(({ day }) => day.startsWith(month))
    const sum = (of: (one: Change) => number) => own.reduce((all, one) => all + of(one), 0)
    return { month, earned: sum(({ came }) => came), spent: sum(({ went }) => went) }
  })
  const most = Math.max(1, ...sums.flatMap(({ earned, spent }) => [earned, spent]))
  const bars = sums.flatMap(({ earned, spent }, place): Bar[] =>
    (
      [
        ["earned", earned, 8],
        ["spent", spent, 10 + BAR_WIDE],
      ] as const
    ).map(([kind, value, shift]) => {
      const height = Math.ceil((value / most) * TALL)
      return { kind, x: place * MONTH_WIDE + shift, y: FLOOR - height, height, text: value > 0 ? numberText(value, locale) : "" }
    }),
  )
  const name = (month: string, length: "short" | "long") =>
    new Intl.DateTimeFormat(locale, { month: length, timeZone: "UTC" }).format(new Date(`${month}-01`))
  const labels = sums.map(({ month }, place) => ({ x: place * MONTH_WIDE + 9 + BAR_WIDE, text: name(month, "short").replace(".", "") }))
  const { earned: came, spent: went } = POINTS[locale]
  const says = sums.map(
    ({ month, earned, spent }) => `${name(month, "long")}: ${came} ${pointsText(earned, locale)}, ${went} ${pointsText(spent, locale)}`,
  )
  return { width: months.length * MONTH_WIDE, barWide: BAR_WIDE, bars, labels, says: says.join("; ") }
}
