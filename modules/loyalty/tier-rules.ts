import { addMonths, type Day, minor, type Minor } from "@mila/kernel"
import type { Programme, Tier } from "./programme.ts"

/** What a member bought for money, by month; `month` is its first day in Minsk. */
export type MonthTurnover = { month: Day; netMinor: Minor }

export type Standing = {
  tier: string
  turnoverMinor: Minor
  /** the next level, and what is missing to it; null at the top */
  next: { tier: string; missingMinor: Minor } | null
  /** the first day of a lower level if nothing more is bought, and which it is; null at the bottom */
  falls: { on: Day; to: string } | null
}

/** The level of a turnover: the highest whose threshold is reached. */
export function tierFor(levels: readonly Tier[], turnoverMinor: number): string {
  let found = levels[0]!.id
  for (const { id, fromMinor } of levels) if (turnoverMinor >= fromMinor) found = id
  return found
}

/** The first month whose turnover counts on `day`: the month of `day` is the last of `windowMonths`. */
export function windowStart(day: Day, windowMonths: number): Day {
  const key = `${day.slice(0, 7)}-${windowMonths}`
  let start = STARTS.get(key)
  if (!start) {
    if (STARTS.size >= 1_000) STARTS.clear()
    STARTS.set(key, (start = addMonths(firstOfMonth(day), 1 - windowMonths)))
  }
  return start
}

const STARTS = new Map<string, Day>() // a batch asks for the same month again and again

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01` as Day
}

/** Where a member stands on `day`, what is missing to the next level, and when the level would fall. Levels rise. */
export function standingOn(day: Day, { levels, windowMonths }: Programme["tiers"], turnovers: readonly MonthTurnover[]): Standing {
  const turnoverMinor = turnoverOn(day, windowMonths, turnovers)
  const tier = tierFor(levels, turnoverMinor)
  const above = levels.find(({ fromMinor }) => fromMinor > turnoverMinor)
  const next = above ? { tier: above.id, missingMinor: minor(above.fromMinor - turnoverMinor) } : null
  return { tier, turnoverMinor, next, falls: fallAfter(day, { levels, windowMonths }, { tier, turnovers }) }
}

function turnoverOn(day: Day, windowMonths: number, turnovers: readonly MonthTurnover[]): Minor {
  const [first, last] = [windowStart(day, windowMonths), firstOfMonth(day)]
  let total = 0
  for (const { month, netMinor } of turnovers) if (month >= first && month <= last) total += netMinor
  return minor(total)
}

function fallAfter(
  day: Day,
  { levels, windowMonths }: Programme["tiers"],
  { tier, turnovers }: { tier: string; turnovers: readonly MonthTurnover[] },
): Standing["falls"] {
  const bought = turnovers.filter(({ month }) => month <= firstOfMonth(day)) // nothing is promised on what is dated ahead
  for (let months = 1; months <= windowMonths; months += 1) {
    const on = addMonths(firstOfMonth(day), months)
    const to = tierFor(levels, turnoverOn(on, windowMonths, bought))
    if (to !== tier) return { on, to }
  }
  return null
}
