import { parse } from "hono/utils/cookie"
import type { CookieName, Cookies } from "./visit.ts"

const LONG_ENOUGH = 400 // days; browsers keep none longer (RFC 6265bis)

/**
 * Cookies of a visit: HttpOnly, SameSite=Lax, for the whole site and no other. Over https their names begin with `__Host-` and they are Secure; over plain
 * http, as on a newcomer's own machine, a browser would not keep such ones.
 */
export function cookiesOf(header: string | undefined, { secure }: { secure: boolean }): Cookies {
  const nameOf = (name: CookieName): string => (secure ? `__Host-mila-${name}` : `mila-${name}`)
  const given = parse(header ?? "")
  const out = new Map<CookieName, string>()
  const write = (name: CookieName, value: string, seconds: number): void => {
    out.set(name, `${nameOf(name)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`)
  }
  return {
    get: (name) => given[nameOf(name)] || undefined,
    set(name, value, { days }) {
      write(name, value, Math.min(days, LONG_ENOUGH) * 86_400)
      given[nameOf(name)] = value
    },
    forget(name) {
      write(name, "", 0)
      delete given[nameOf(name)]
    },
    headers: () => [...out.values()],
  }
}
