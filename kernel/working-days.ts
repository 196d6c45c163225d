import { addDays, type Day } from "./calendar.ts"

/** Days of the Council of Ministers' yearly order that differ from the rule: true is worked, false is free. */
export type MovedDays = ReadonlyMap<Day, boolean>

export type Holiday =
  | "new_year"
  | "orthodox_christmas"
  | "womens_day"
  | "radunitsa"
  | "labour_day"
  | "victory_day"
  | "independence_day"
  | "october_day"
  | "catholic_christmas"

/** State holidays that are days off (Decree 157 of 26.03.1998): `MM-DD`. Radunitsa moves with Easter. */
const HOLIDAYS: ReadonlyMap<string, Holiday> = new Map([
  ["01-01", "new_year"],
  ["01-02", "new_year"],
  ["01-07", "orthodox_christmas"],
  ["03-08", "womens_day"],
  ["05-01", "labour_day"],
  ["05-09", "victory_day"],
  ["07-03", "independence_day"],
  ["11-07", "october_day"],
  ["12-25", "catholic_christmas"],
])

const NONE: MovedDays = new Map()

/** Whether people work on a day in Belarus: no weekend, no holiday, unless it was moved. */
export function isWorkingDay(of: Day, moved: MovedDays = NONE): boolean {
  const said = moved.get(of)
  if (said !== undefined) return said
  const weekday = new Date(`${of}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && holidayOn(of) === undefined
}

/** The state holiday a day is, by Decree 157; undefined on other days. */
export function holidayOn(of: Day): Holiday | undefined {
  return HOLIDAYS.get(of.slice(5)) ?? (of === radunitsa(Number(of.slice(0, 4))) ? "radunitsa" : undefined)
}

/** The last of `days` working days, counted from the day after `from`. */
export function addWorkingDays(from: Day, days: number, moved: MovedDays = NONE): Day {
  let last = from
  for (let left = days; left > 0;) {
    last = addDays(last, 1)
    if (isWorkingDay(last, moved)) left -= 1
  }
  return last
}

/** `of` itself, or the nearest working day before it. */
export function workingDayBy(of: Day, moved: MovedDays = NONE): Day {
  let found = of
  while (!isWorkingDay(found, moved)) found = addDays(found, -1)
  return found
}

const RADUNITSA = new Map<number, Day>()

/** Tuesday of the second week after Orthodox Easter, nine days after it. */
function radunitsa(year: number): Day {
  let day = RADUNITSA.get(year)
  if (!day) RADUNITSA.set(year, (day = addDays(orthodoxEaster(year), 9)))
  return day
}

/** Meeus, Astronomical Algorithms, chapter 8: the Julian Easter, here in the Gregorian calendar of 1900–2099 (13 days on). */
function orthodoxEaster(year: number): Day {
  const inYear = (19 * (year % 19) + 15) % 30
  const sunday = (2 * (year % 4) + 4 * (year % 7) - inYear + 34) % 7
  const march22 = `${year}-03-22` as Day
  const place = inYear + sunday + 114 // 114 is 22 March of the Julian calendar: month 3, day 21
  const month = Math.floor(place / 31)
  const date = (place % 31) + 1
  return addDays(march22, Date.UTC(year, month - 1, date) / 86_400_000 - Date.UTC(year, 2, 22) / 86_400_000 + 13)
}
