import { addDays, type Day } from "./calendar.ts"

/** Days of the Council of Ministers' yearly order that differ from the rule: true is worked, false is free. */
export type MovedDays = ReadonlyMap<Day, boolean>

/** State holidays that are days off (Decree 157 of 26.03.1998): `MM-DD`. Radunitsa moves with Easter. */
const HOLIDAYS: ReadonlySet<string> = new Set(["01-01", "01-02", "01-07", "03-08", "05-01", "05-09", "07-03", "11-07", "12-25"])

const NONE: MovedDays = new Map()

/** Whether people work on a day in Belarus: no weekend, no holiday, unless it was moved. */
export function isWorkingDay(of: Day, moved: MovedDays = NONE): boolean {
  const said = moved.get(of)
  if (said !== undefined) return said
  const weekday = new Date(`${of}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(of.slice(5)) && of !== radunitsa(Number(of.slice(0, 4)))
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

/** Tuesday of the second week after Orthodox Easter, nine days after it. */
function radunitsa(year: number): Day {
  return addDays(orthodoxEaster(year), 9)
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
