import { addDays, type Day, dayIn, type Holiday, holidayOn, type Localized, MINSK, startOfDay } from "@mila/kernel"

/** Clock times of Minsk, `09:00-21:00`; an end at or before the beginning is after midnight (`10:00-02:00`), `00:00-24:00` is round the clock. */
export type DayHours = "closed" | (string & { readonly unit?: "hours" })

/** Monday first. */
export type WeekHours = readonly [DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]

/** What holds on a state holiday: as on that day of the week, or something of its own. */
export type HolidayHours = "usual" | DayHours

/** Days that differ, both ends included; `closed` with a reason is a temporary closing. */
export type SpecialHours = { id: number; shop: string; fromDay: Day; toDay: Day; hours: DayHours; reason: Localized | null }

/** Everything that decides when a shop is open. */
export type Schedule = {
  state: "open" | "closed"
  week: WeekHours | null
  holiday: HolidayHours
  special: readonly Pick<SpecialHours, "fromDay" | "toDay" | "hours" | "reason">[]
}

/** One day of a shop: its hours, and why they differ from the week's. */
export type OpenDay = { day: Day; hours: DayHours; holiday: Holiday | null; reason: Localized | null; isSpecial: boolean }

/** Whether a shop is open at a moment, until when, or since when it will be. All null: nobody knows its hours. */
export type Opening = {
  isOpen: boolean | null
  /** `21:00` of an open shop; null round the clock */
  until: string | null
  /** of a closed shop: within a fortnight */
  opensNext: { day: Day; from: string } | null
}

const LOOK_AHEAD_DAYS = 14
const FORM = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/

/** Whether a text is hours as they are written here. */
export function areHours(text: string): text is DayHours {
  return text === "closed" || (FORM.test(text) && text.slice(0, 5) !== text.slice(6))
}

/** What holds on a day: what was said of that very day (the latest word), then the holiday's rule, then the week. Null where nobody knows. */
export function hoursOn({ week, holiday: rule, special }: Schedule, day: Day): OpenDay | null {
  const { holiday, weekday } = factsOf(day)
  const said = special.findLast(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
  if (said) return { day, hours: said.hours, holiday, reason: said.reason, isSpecial: true }
  if (week === null) return null
  const usual = week[weekday]!
  const hours = holiday === null || rule === "usual" ? usual : rule
  return { day, hours, holiday, reason: null, isSpecial: hours !== usual }
}

/** Whether a shop is open at an instant, by the clocks of Minsk. A shop closed for good is closed, whatever its week says. */
export function openingAt(schedule: Schedule, at: Date): Opening {
  if (schedule.state === "closed") return { isOpen: false, until: null, opensNext: null }
  const { today, before, minute } = clockOf(at)
  const yesterday = hoursOn(schedule, before)
  if (yesterday && minute < pastMidnight(yesterday.hours)) return { isOpen: true, until: endOf(yesterday.hours), opensNext: null }
  const now = hoursOn(schedule, today)
  if (!now) return { isOpen: null, until: null, opensNext: null }
  if (isWithin(now.hours, minute)) {
    const isEndless = now.hours === "00:00-24:00" && hoursOn(schedule, addDays(today, 1))?.hours === "00:00-24:00"
    return { isOpen: true, until: isEndless ? null : endOf(now.hours), opensNext: null }
  }
  return { isOpen: false, until: null, opensNext: nextOpening(schedule, { today, minute }) }
}

type Clock = { today: Day; before: Day; minute: number }

const CLOCKS = new WeakMap<Date, Clock>()

/** What the clocks of Minsk show. Read once for an instant, however many shops are asked about: time zones are dear. */
function clockOf(at: Date): Clock {
  let clock = CLOCKS.get(at)
  if (!clock) {
    const today = dayIn(MINSK, at)
    const minute = Math.floor((at.getTime() - startOfDay(MINSK, today).getTime()) / 60_000)
    CLOCKS.set(at, (clock = { today, before: addDays(today, -1), minute }))
  }
  return clock
}

/** The days from `from` on, as they will be. */
export function daysOf(schedule: Schedule, { from, days }: { from: Day; days: number }): OpenDay[] {
  const found: OpenDay[] = []
  for (let [day, left] = [from, days]; left > 0; [day, left] = [factsOf(day).next, left - 1]) {
    const open = hoursOn(schedule, day)
    if (open) found.push(open)
  }
  return found
}

/** 0 is Monday. */
export const weekdayOf = (day: Day): number => factsOf(day).weekday

type DayFacts = { weekday: number; holiday: Holiday | null; next: Day }

const FACTS = new Map<Day, DayFacts>()
const MOST_FACTS = 2_000

/** What is so of a day in every shop; worked out once, for a list of shops asks for the same few days thousands of times. */
function factsOf(day: Day): DayFacts {
  let facts = FACTS.get(day)
  if (!facts) {
    if (FACTS.size >= MOST_FACTS) FACTS.clear()
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
    FACTS.set(day, (facts = { weekday, holiday: holidayOn(day) ?? null, next: addDays(day, 1) }))
  }
  return facts
}

function nextOpening(schedule: Schedule, { today, minute }: { today: Day; minute: number }): Opening["opensNext"] {
  for (let [day, later] = [today, 0]; later <= LOOK_AHEAD_DAYS; [day, later] = [factsOf(day).next, later + 1]) {
    const found = hoursOn(schedule, day)
    if (!found || found.hours === "closed" || (later === 0 && minutesOf(found.hours.slice(0, 5)) <= minute)) continue
    return { day: found.day, from: found.hours.slice(0, 5) }
  }
  return null
}

function isWithin(hours: DayHours, minute: number): boolean {
  if (hours === "closed") return false
  const [from, to] = [minutesOf(hours.slice(0, 5)), minutesOf(hours.slice(6))]
  return minute >= from && (to <= from || minute < to)
}

/** How many minutes of the following day belong to these hours. */
function pastMidnight(hours: DayHours): number {
  if (hours === "closed") return 0
  const [from, to] = [minutesOf(hours.slice(0, 5)), minutesOf(hours.slice(6))]
  return to <= from ? to : 0
}

const endOf = (hours: DayHours): string => hours.slice(6)

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
