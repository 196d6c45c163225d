import { assert } from "./assert.ts"
import { type Day, dayIn, MINSK } from "./calendar.ts"
import type { Locale } from "./locale.ts"

type Lexicon = {
  /** in the case they stand in after a date */
  months: readonly string[]
  points: Forms
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
    points: { one: "point", few: "points", many: "points" },
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
export function numberText(amount: number, locale: Locale): string {
  assert(Number.isSafeInteger(amount), `only a whole number is written without a fraction: ${amount}`)
  return (amount < 0 ? MINUS : "") + grouped(Math.abs(amount), locale)
}

/** Kopecks as roubles: `1 234,50 р.` (ru, be), `BYN 1,234.50` (en), no line breaks inside. Intl writes neither as Belarus does. */
export function money(amount: number, locale: Locale): string {
  const kopecks = Math.abs(amount)
  const roubles = `${grouped(Math.floor(kopecks / 100), locale)}${LEXICON[locale].marks.fraction}${String(kopecks % 100).padStart(2, "0")}`
  const sign = amount < 0 ? MINUS : ""
  return locale === "en" ? `${sign}BYN${NBSP}${roubles}` : `${sign}${roubles}${NBSP}р.`
}

/** One, few, many of a thing counted; languages with two forms say `many` for the other. */
export type Forms = { one: string; few: string; many: string }

/** `1 бонус`, `2 бонуса`, `1 005 бонусов`; `2 бонусы`, `5 бонусаў`; `1 point`: in the number's form, no line breaks inside. */
export const pointsText = (points: number, locale: Locale): string => counted(points, LEXICON[locale].points, locale)

/** The word alone: «бонусов». */
export const pointsWord = (points: number, locale: Locale): string => formOf(points, LEXICON[locale].points, locale)

/** A number with the form of the word that goes with it: «3 чека». */
export const counted = (number: number, forms: Forms, locale: Locale): string =>
  `${numberText(number, locale)}${NBSP}${formOf(number, forms, locale)}`

function formOf(number: number, { one, few, many }: Forms, locale: Locale): string {
  const rule = PLURALS[locale].select(Math.abs(number))
  return rule === "one" ? one : rule === "few" ? few : many
}

/** `23 ноября 2026 г.`, `23 лістапада 2026 г.`, `23 November 2026`; without the year when it is that of `near`. A line may break only before the year. */
export function dayText(day: Day, locale: Locale, near?: Day): string {
  const [year, month, date] = day.split("-").map(Number)
  const short = `${date}${NBSP}${LEXICON[locale].months[month! - 1]}`
  return near?.slice(0, 4) === day.slice(0, 4) ? short : `${short} ${year}${locale === "en" ? "" : `${NBSP}г.`}`
}

/** What clocks in Minsk show at an instant: `23 ноября 2026 г., 14:05`; without the year when it is that of `near`. */
export function momentText(at: Date, locale: Locale, near?: Day): string {
  return `${dayText(dayIn(MINSK, at), locale, near)}, ${timeText(at)}`
}

/** `14:05` in Minsk, the same in every language. */
export function timeText(at: Date): string {
  return MINSK_TIME.format(at)
}

function grouped(whole: number, locale: Locale): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, LEXICON[locale].marks.group)
}
