// All shops with their next days as a phone keeps them: read by the map, by «nearest to me» and by the list without a network.

export type Points = {
  locale: "ru" | "be" | "en"
  /** when it was so; ISO, UTC */
  at: string
  /** the day the weeks begin with: the day before `at`, of Minsk */
  from: string
  /** hours day by day, `09:00-21:00` or `closed`; empty where nobody knows */
  weeks: readonly (readonly string[])[]
  shops: readonly (readonly [code: string, city: string, address: string, latitude: number, longitude: number, week: number])[]
}

export type OpeningWords = { opened: string; openedAllDay: string; shut: string; shutToday: string; shutTomorrow: string }

export type PlacedShop = { code: string; title: string; latitude: number; longitude: number; says: string; isOpen: boolean | null }

const MINSK_AHEAD_MS = 3 * 3_600_000 // UTC+3 the whole year since 2011
const DAY_MS = 86_400_000

/** The shops as they are at a moment; past the days that are known nobody says open or closed. */
export function placedShops({ shops, weeks, from }: Points, words: OpeningWords, now: Date): PlacedShop[] {
  const inMinsk = now.getTime() + MINSK_AHEAD_MS
  const today = Math.floor((inMinsk - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
  const minute = Math.floor((inMinsk % DAY_MS) / 60_000)
  return shops.map(([code, city, address, latitude, longitude, week]) => {
    const { isOpen, says } = openingOf(weeks[week] ?? [], { today, minute }, words)
    return { code, title: `${city}, ${address}`, latitude, longitude, isOpen, says }
  })
}

function openingOf(week: readonly string[], { today, minute }: { today: number; minute: number }, words: OpeningWords) {
  const night = hoursOf(week[today - 1])
  const now = hoursOf(week[today])
  if (week[today] === undefined) return { isOpen: null, says: "" }
  if (night && night.to <= night.from && minute < night.to) return { isOpen: true, says: words.opened.replace("{until}", night.until) }
  if (now && minute >= now.from && (now.to <= now.from || minute < now.to)) {
    return { isOpen: true, says: now.to - now.from === 1440 ? words.openedAllDay : words.opened.replace("{until}", now.until) }
  }
  if (now && minute < now.from) return { isOpen: false, says: words.shutToday.replace("{from}", now.since) }
  const next = hoursOf(week[today + 1])
  return { isOpen: false, says: next ? words.shutTomorrow.replace("{from}", next.since) : words.shut }
}

function hoursOf(hours: string | undefined) {
  if (hours === undefined || hours === "closed") return undefined
  const [since = "", until = ""] = hours.split("-")
  return { since, until, from: minutesOf(since), to: minutesOf(until) }
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
