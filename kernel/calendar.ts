import { assert } from "./assert.ts"

/** A calendar day, `2026-11-23`; which zone it belongs to is said where it is made. */
export type Day = string & { readonly unit: "day" }

/** Minsk is UTC+3 the whole year since 2011 (Resolution 1229 of 15.09.2011), but the zone's own history is kept for older days. */
export const MINSK = "Europe/Minsk"

type Zone = { format: Intl.DateTimeFormat; days: Map<number, Day> }

const ZONES = new Map<string, Zone>()
const MOST_DAYS = 2_000

export function day(text: string): Day {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)), `a day is written 2026-11-23: ${text}`)
  return text as Day
}

/** The calendar day it is in `zone` at the instant `at`. Remembered by the minute: a batch of receipts asks for the same ones again and again. */
export function dayIn(zone: string, at: Date): Day {
  const { format, days } = zoneOf(zone)
  const minute = Math.floor(at.getTime() / 60_000)
  let day = days.get(minute)
  if (!day) {
    if (days.size >= MOST_DAYS) days.clear()
    days.set(minute, (day = format.format(at) as Day))
  }
  return day
}

/** What clocks in `zone` show at an instant, as XML and feeds write it: `2026-11-23T14:05:09`. */
export function clockIn(zone: string, at: Date): string {
  return new Date(Math.floor(at.getTime() / 1000) * 1000 + offsetMs(zone, at)).toISOString().slice(0, 19)
}

function zoneOf(name: string): Zone {
  let zone = ZONES.get(name)
  if (!zone) {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: name, year: "numeric", month: "2-digit", day: "2-digit" })
    ZONES.set(name, (zone = { format, days: new Map() }))
  }
  return zone
}

export function addDays(from: Day, days: number): Day {
  const moved = new Date(`${from}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10) as Day
}

/** The same date `months` later; 31 January + 1 month is the last day of February. */
export function addMonths(from: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = from.split("-").map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10) as Day
}

export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

/** `2026-11` of `2026-11-23`. */
export function monthOf(of: Day): string {
  return of.slice(0, 7)
}

/** The instant a day begins in `zone`. */
export function startOfDay(zone: string, of: Day): Date {
  const name = `${zone} ${of}`
  const known = beginnings.get(name)
  if (known !== undefined) return new Date(known)
  const utc = Date.parse(`${of}T00:00:00Z`)
  const guess = new Date(utc - offsetMs(zone, new Date(utc)))
  const begins = utc - offsetMs(zone, guess)
  if (beginnings.size >= MOST_BEGINNINGS) beginnings.clear()
  beginnings.set(name, begins)
  return new Date(begins)
}

/** Asked for with each price and lot of a page, and dear: time zones are texts to the runtime. */
const beginnings = new Map<string, number>()
const MOST_BEGINNINGS = 2_000

/** The last millisecond of a day in `zone`: what is promised "until 15 May" holds until then. */
export function endOfDay(zone: string, of: Day): Date {
  return new Date(startOfDay(zone, addDays(of, 1)).getTime() - 1)
}

function offsetMs(zone: string, at: Date): number {
  const local = new Date(at.toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T") + "Z")
  return local.getTime() - Math.floor(at.getTime() / 1000) * 1000
}
