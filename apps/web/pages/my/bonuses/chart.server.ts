import { addMonths, dayIn, type Day, type Locale, MINSK, monthOf, numberText, pointsText, type Tx } from "@mila/kernel"
import { type Change, changesSince } from "../../parts/movements.server.ts"
import { POINTS } from "./words.ts"

const MONTHS = 6 // the one that runs is the last of them
const [MONTH_WIDE, BAR_WIDE, TALL] = [53, 30, 104] // on a phone a unit is a pixel
const [ABOVE, BELOW, NAMES] = [16, 16, 18] // lines of text: over what came, under what went, and the months

const formatsIn = (locale: Locale) => ({
  short: new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" }),
  long: new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }),
})
const NAMES_OF_MONTHS = { ru: formatsIn("ru"), be: formatsIn("be"), en: formatsIn("en") } // dear to make

type Bar = { x: number; y: number; height: number; kind: "earned" | "spent"; text: string; textY: number }

/** Months of a member drawn here, so that the page only shows them: what came stands on the line, what went hangs from it. Null where there is too little to compare. */
export async function chartOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }) {
  const today = dayIn(MINSK, at)
  const first = `${monthOf(addMonths(today, 1 - MONTHS))}-01` as Day
  const sums = sumsOf(await changesSince(tx, { memberId, since: first }), { first })
  if (sums.filter(({ earned, spent }) => earned + spent > 0).length < 2) return null
  const [mostEarned, mostSpent] = [Math.max(...sums.map(({ earned }) => earned)), Math.max(...sums.map(({ spent }) => spent))]
  const unit = TALL / (mostEarned + mostSpent)
  const line = ABOVE + Math.ceil(mostEarned * unit)
  const bars = sums.flatMap(({ earned, spent }, place): Bar[] => {
    const x = place * MONTH_WIDE + (MONTH_WIDE - BAR_WIDE) / 2
    const [up, down] = [earned, spent].map((points) => Math.max(2, Math.ceil(points * unit))) as [number, number]
    return [
      ...(earned > 0
        ? [{ kind: "earned" as const, x, y: line - up, height: up, text: `+${numberText(earned, locale)}`, textY: line - up - 5 }]
        : []),
      ...(spent > 0
        ? [{ kind: "spent" as const, x, y: line, height: down, text: numberText(-spent, locale), textY: line + down + 13 }]
        : []),
    ]
  })
  const height = ABOVE + TALL + (mostSpent > 0 ? BELOW : 0) + NAMES
  const nameOf = (month: string, length: "short" | "long") => NAMES_OF_MONTHS[locale][length].format(new Date(`${month}-01`))
  return {
    ...{ width: MONTHS * MONTH_WIDE, height, barWide: BAR_WIDE, line, bars, says: POINTS[locale].chart },
    labels: sums.map(({ month }, place) => ({
      ...{ x: place * MONTH_WIDE + MONTH_WIDE / 2, y: height - 4 },
      text: nameOf(month, "short").replace(".", ""),
    })),
    rows: sums.map(({ month, earned, spent }) => ({
      month: nameOf(month, "long"),
      earned: pointsText(earned, locale),
      spent: pointsText(spent, locale),
    })),
  }
}

function sumsOf(changes: readonly Change[], { first }: { first: Day }): { month: string; earned: number; spent: number }[] {
  return Array.from({ length: MONTHS }, (_, nth) => {
    const month = monthOf(addMonths(first, nth))
    const own = changes.filter(({ day }) => monthOf(day) === month)
    const sum = (of: (one: Change) => number) => own.reduce((all, one) => all + of(one), 0)
    return { month, earned: sum(({ came }) => came), spent: sum(({ went }) => went) }
  })
}
