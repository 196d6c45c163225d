import { type Day, dayIn, MINSK } from "./calendar.ts"
import type { Locale } from "./locale.ts"

const NBSP = "\u00a0"

const MONTHS: Readonly<Record<Locale, readonly string[]>> = {
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
  be: [
    "студзеня",
    "лютага",
    "сакавіка",
    "красавіка",
    "мая",
    "чэрвеня",
    "ліпеня",
    "жніўня",
    "верасня",
    "кастрычніка",
    "лістапада",
    "снежня",
  ],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}

/** One, few, many (and other) of a thing counted. */
export type Forms = { one: string; few: string; many: string }

const POINTS: Readonly<Record<Locale, Forms>> = {
  ru: { one: "бонус", few: "бонуса", many: "бонусов" },
  be: { one: "бонус", few: "бонусы", many: "бонусаў" },
  en: { one: "point", few: "points", many: "points" },
}

const RULES: Readonly<Record<Locale, Intl.PluralRules>> = {
  ru: new Intl.PluralRules("ru"),
  be: new Intl.PluralRules("be"),
  en: new Intl.PluralRules("en"),
}

const TIME = new Intl.DateTimeFormat("sv-SE", { timeZone: MINSK, hour: "2-digit", minute: "2-digit" })

/** A whole number with its thousands apart: «12 345», «12,345» in English. A minus is a minus sign. */
export function numberText(number: number, locale: Locale): string {
  const apart = locale === "en" ? "," : NBSP
  const digits = String(Math.abs(number)).replace(/\B(?=(\d{3})+(?!\d))/g, apart)
  return number < 0 ? `−${digits}` : digits
}

/** Kopecks as money: «1 234,50 р.», “1,234.50 BYN”. Never Intl's, which writes BYN differently in each language. */
export function money(minor: number, locale: Locale): string {
  const whole = Math.trunc(Math.abs(minor) / 100)
  const kopecks = String(Math.abs(minor) % 100).padStart(2, "0")
  const sign = minor < 0 ? "−" : ""
  return locale === "en"
    ? `${sign}${numberText(whole, locale)}.${kopecks}${NBSP}BYN`
    : `${sign}${numberText(whole, locale)},${kopecks}${NBSP}р.`
}

/** «5 бонусов», «2 бонусы», “1 point”. */
export const pointsText = (points: number, locale: Locale): string => counted(points, POINTS[locale], locale)

/** The word alone: «бонусов». */
export const pointsWord = (points: number, locale: Locale): string => formOf(points, POINTS[locale], locale)

/** A number with the form of the word that goes with it. */
export function counted(number: number, forms: Forms, locale: Locale): string {
  return `${numberText(number, locale)}${NBSP}${formOf(number, forms, locale)}`
}

/** The form of the word alone. */
export function formOf(number: number, { one, few, many }: Forms, locale: Locale): string {
  const rule = RULES[locale].select(Math.abs(number))
  return rule === "one" ? one : rule === "few" ? few : many
}

/** «23 ноября 2026 г.», «23 лістапада 2026 г.», “23 November 2026”; without the year when it is the one of `near`. */
export function dayText(of: Day, locale: Locale, near?: Day): string {
  const [year = "", month = "1", date = "1"] = of.split("-")
  const short = `${Number(date)}${NBSP}${MONTHS[locale][Number(month) - 1]}`
  if (near?.slice(0, 4) === year) return short
  return locale === "en" ? `${short} ${year}` : `${short} ${year}${NBSP}г.`
}

/** A moment in Minsk: «23 ноября 2026 г., 14:05». */
export function momentText(at: Date, locale: Locale, near?: Day): string {
  return `${dayText(dayIn(MINSK, at), locale, near)}, ${TIME.format(at)}`
}
