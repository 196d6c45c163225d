import { assert } from "./assert.ts"
import { type Day, dayIn, MINSK } from "./calendar.ts"
import type { Locale } from "./locale.ts"
import type { Minor, Points } from "./quantities.ts"

type Lexicon = {
  /** in the case they stand in after a date */
  months: readonly string[]
  points: Partial<Record<Intl.LDMLPluralRule, string>>
  /** between thousands, and before the fraction */
  marks: { group: string; fraction: string }
}

const NBSP = "\u00a0"
const MINUS = "−" // as wide as a plus, and no line breaks after it

const LEXICON: Record<Locale, Lexicon> = {
  ru: {
    months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" "),
    points: { one: "бонус", few: "бонуса", many: "бонусов" },
    marks: { group: NBSP, fraction: "," },
  },
  be: {
    months: "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня".split(" "),
    points: { one: "бонус", few: "бонусы", many: "бонусаў" },
    marks: { group: NBSP, fraction: "," },
  },
  en: {
    months: "January February March April May June July August September October November December".split(" "),
    points: { one: "point", other: "points" },
    marks: { group: ",", fraction: "." },
  },
}

const PLURALS: Record<Locale, Intl.PluralRules> = {
  ru: new Intl.PluralRules("ru"),
  be: new Intl.PluralRules("be"),
  en: new Intl.PluralRules("en"),
}

const MINSK_TIME = new Intl.DateTimeFormat("en-GB", { timeZone: MINSK, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

/** A whole number with its thousands apart: `−1 234` (ru, be: U+00A0 between), `−1,234` (en). The minus is U+2212. */
export function wholeText(amount: number, locale: Locale): string {
  assert(Number.isSafeInteger(amount), `only a whole number is written without a fraction: ${amount}`)
  return (amount < 0 ? MINUS : "") + grouped(Math.abs(amount), locale)
}

/** Kopecks as roubles: `1 234,50 р.` (ru, be), `BYN 1,234.50` (en), no line breaks inside. Intl writes neither as Belarus does. */
export function money(amount: Minor, locale: Locale): string {
  const kopecks = Math.abs(amount)
  const roubles = `${grouped(Math.floor(kopecks / 100), locale)}${LEXICON[locale].marks.fraction}${String(kopecks % 100).padStart(2, "0")}`
  const sign = amount < 0 ? MINUS : ""
  return locale === "en" ? `${sign}BYN${NBSP}${roubles}` : `${sign}${roubles}${NBSP}р.`
}

/** `1 бонус`, `2 бонуса`, `1 005 бонусов`; `2 бонусы`, `5 бонусаў`; `1 point`: in the number's form, no line breaks inside. */
export function pointsText(points: Points, locale: Locale): string {
  const form = LEXICON[locale].points[PLURALS[locale].select(points)]
  assert(form, "whole numbers have a form in every language")
  return `${wholeText(points, locale)}${NBSP}${form}`
}

/** `23 ноября 2026 г.`, `23 лістапада 2026 г.`, `23 November 2026`. A line may break only before the year. */
export function dayText(day: Day, locale: Locale): string {
  const [year, month, date] = day.split("-").map(Number)
  return `${date}${NBSP}${LEXICON[locale].months[month! - 1]} ${year}${locale === "en" ? "" : `${NBSP}г.`}`
}

/** What clocks in Minsk show at an instant: `23 ноября 2026 г., 14:05`. */
export function momentText(at: Date, locale: Locale): string {
  return `${dayText(dayIn(MINSK, at), locale)}, ${timeText(at)}`
}

/** `14:05` in Minsk, the same in every language. */
export function timeText(at: Date): string {
  return MINSK_TIME.format(at)
}

function grouped(whole: number, locale: Locale): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, LEXICON[locale].marks.group)
}
