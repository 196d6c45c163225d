import type { PriceStep } from "@mila/catalog"
import { addDays, dayIn, dayText, type Locale, MINSK, money } from "@mila/kernel"
import type { ProductWords } from "./words.ts"

export const HISTORY_DAYS = 90

const [WIDTH, TOP, BOTTOM] = [300, 10, 70]

/** What a thing has cost with a card lately, as a line of steps and as rows to be read; null when the price never changed. */
export function historyView(history: readonly PriceStep[], said: ProductWords, locale: Locale, at: Date) {
  const rows = ofCard(history)
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

/** Where the price with a card changed; the one without may change beside it. */
const ofCard = (steps: readonly PriceStep[]): PriceStep[] =>
  steps.filter(({ cardMinor }, place) => cardMinor !== steps[place - 1]?.cardMinor)

const DAY_MS = 86_400_000
const HONEST_DAYS = 30

/**
 * Whether a price that fell within thirty days is really lower than all of the thirty days before it, or was there already: a shop may not call dear first what it then
 * calls cheap. Null where it has not fallen, or nothing is known from before.
 */
export function honestyOf(history: readonly PriceStep[], said: ProductWords, locale: Locale, at: Date) {
  const rows = ofCard(history)
  const [now, last] = [rows.at(-1), rows.at(-2)]
  if (!now || !last || now.cardMinor >= last.cardMinor || at.getTime() - now.since.getTime() > HONEST_DAYS * DAY_MS) return null
  const begins = now.since.getTime() - HONEST_DAYS * DAY_MS
  const before = rows.slice(0, -1).filter((_, place) => rows[place + 1]!.since.getTime() > begins) // what still held then
  const least = Math.min(...before.map(({ cardMinor }) => cardMinor))
  const isLower = now.cardMinor < least
  return { isLower, says: (isLower ? said.reallyLower : said.wasLower).replace("{price}", money(least, locale)) }
}
