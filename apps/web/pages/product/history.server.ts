import { addDays, dayIn, dayText, type Locale, MINSK, money } from "@mila/kernel"
import type { ProductWords } from "./words.ts"

export const HISTORY_DAYS = 90

const [WIDTH, TOP, BOTTOM] = [300, 10, 70]

/** What a thing has cost with a card lately, as a line of steps and as rows to be read; null when the price never changed. */
export function historyView(rows: readonly { since: Date; cardMinor: number }[], said: ProductWords, locale: Locale, at: Date) {
  if (rows.length < 2) return null
  const today = dayIn(MINSK, at)
  const prices = rows.map(({ cardMinor }) => cardMinor)
  const [least, most] = [Math.min(...prices), Math.max(...prices)]
  const begins = at.getTime() - HISTORY_DAYS * 86_400_000
  const x = (instant: number): number => Math.trunc((Math.max(0, instant - begins) / (at.getTime() - begins)) * WIDTH)
  const y = (price: number): number =>
    most === least ? (TOP + BOTTOM) / 2 : Math.trunc(BOTTOM - ((price - least) / (most - least)) * (BOTTOM - TOP))
  const steps = rows.map(({ since, cardMinor }, place) => (place === 0 ? `M0 ${y(cardMinor)}` : `H${x(since.getTime())}V${y(cardMinor)}`))
  return {
    line: `${steps.join("")}H${WIDTH}`,
    says: said.historySays.replace("{least}", money(least, locale)).replace("{most}", money(most, locale)),
    edges: {
      most: money(most, locale),
      least: money(least, locale),
      from: dayText(addDays(today, -HISTORY_DAYS), locale, today),
      to: said.today,
    },
    rows: rows.map(({ since, cardMinor }) => ({ day: dayText(dayIn(MINSK, since), locale, today), price: money(cardMinor, locale) })),
  }
}

export type PriceHistory = NonNullable<ReturnType<typeof historyView>>
