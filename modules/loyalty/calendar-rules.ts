import { addDays, type Day, MINSK } from "@mila/kernel"
import type { Programme } from "./programme.ts"

/** An instant as the shop's clock shows it. `weekday` 1 is Monday; `minute` counts from midnight. */
export type Moment = { day: Day; weekday: number; minute: number }

const FORMAT = new Intl.DateTimeFormat("sv-SE", {
  ...{ timeZone: MINSK, year: "numeric", month: "2-digit", day: "2-digit" },
  ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const)
const KNOWN = new Map<number, Moment>() // receipts of one batch share their minutes; the zone's arithmetic costs more than the rest of a rule

/** The moment in Minsk. */
export function momentIn(at: Date): Moment {
  const key = Math.floor(at.getTime() / 60_000)
  let moment = KNOWN.get(key)
  if (!moment) {
    const text = FORMAT.format(at)
    const day = text.slice(0, 10) as Day
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
    moment = { day, weekday, minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)) }
    if (KNOWN.size >= 2_000) KNOWN.clear()
    KNOWN.set(key, moment)
  }
  return moment
}

/** `14:30` as minutes from midnight. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Whether `day` is near the birthday. Who was born on 29 February celebrates on the 28th in a common year. */
export function isNearBirthday(
  birthday: { month: number; day: number } | null,
  { day, daysBefore, daysAfter }: { day: Day; daysBefore: number; daysAfter: number },
): boolean {
  if (!birthday) return false
  const year = Number(day.slice(0, 4))
  return [year - 1, year, year + 1].some((of) => {
    const feast = birthdayIn(of, birthday)
    return day >= addDays(feast, -daysBefore) && day <= addDays(feast, daysAfter)
  })
}

function birthdayIn(year: number, { month, day }: { month: number; day: number }): Day {
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29
  const date = month === 2 && day === 29 && !isLeap ? 28 : day
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}` as Day
}

/** The first day on which points earned with this category on `day` can be used: the deepest category of the programme decides. */
export function activationDay(pending: Programme["pending"], { day, category }: { day: Day; category: string | null }): Day {
  let days = pending.days
  let depth = -1
  for (const window of pending.byCategory) {
    if (window.category.length > depth && isWithin(category, window.category)) {
      days = window.days
      depth = window.category.length
    }
  }
  return laterDay(day, days)
}

const DAYS = new Map<string, Day>()

/** `addDays`, remembered: a batch asks for the same few days again and again. */
export function laterDay(day: Day, days: number): Day {
  const key = `${day}+${days}`
  let later = DAYS.get(key)
  if (!later) {
    if (DAYS.size >= 2_000) DAYS.clear()
    DAYS.set(key, (later = addDays(day, days)))
  }
  return later
}

/** Whether `category` is `above` or lies below it: `face/creams` lies within `face`, `facets` does not. */
export function isWithin(category: string | null, above: string): boolean {
  return category !== null && category.startsWith(above) && (category.length === above.length || category[above.length] === "/")
}
