import type { CookieName, Cookies, Visit } from "./visit.ts"

/** What was looked at and given while a page was made. */
export type Looked = {
  /** something only this visitor has, or something is missing: the page is theirs alone */
  own: boolean
  /** the browser's name, or whether it has one: to browsers that were never here before, the same page may be shown */
  device: boolean
  /** cookies that were looked for and are not there */
  absent: readonly CookieName[]
  gave: readonly (readonly [name: CookieName, value: string, days: number])[]
}

/** The same visit, which tells afterwards what of the visitor's own was looked at. The shop somebody chose, the region they came for and the large view are told by the address of what is kept. */
export function watched(visit: Visit): { visit: Visit; looked: Looked } {
  const absent = new Set<CookieName>()
  const gave = new Map<CookieName, readonly [CookieName, string, number]>()
  const seen = { own: false, device: false }
  const looked: Looked = {
    get own() {
      return seen.own
    },
    get device() {
      return seen.device
    },
    get absent() {
      return [...absent]
    },
    get gave() {
      return [...gave.values()]
    },
  }
  const cookies: Cookies = {
    get(name) {
      const value = visit.cookies.get(name)
      if (value === undefined) absent.add(name)
      else if (name !== "shop" && !gave.has(name)) seen.own = true
      return value
    },
    set(name, value, { days }) {
      gave.set(name, [name, value, days])
      visit.cookies.set(name, value, { days })
    },
    forget(name) {
      seen.own = true
      visit.cookies.forget(name)
    },
    headers: () => visit.cookies.headers(),
  }
  const noted = (name: "ip" | "deviceName" | "device" | "isNew", as: keyof typeof seen) => ({
    enumerable: true,
    get: () => ((seen[as] = true), visit[name]),
  })
  const under: Visit = Object.defineProperties(
    { ...visit, cookies, leavesGap: () => (seen.own = true) },
    { ip: noted("ip", "own"), deviceName: noted("deviceName", "own"), device: noted("device", "device"), isNew: noted("isNew", "device") },
  )
  return { visit: under, looked }
}
