import { isZone } from "@mila/catalog"
import { type Db, reading } from "@mila/kernel"
import type { Cookies } from "./visit.ts"

/** A visit an advertisement led to is over with the day: whoever comes back tomorrow comes by themselves. */
const LASTS_DAYS = 1
const ZONE = /^[a-z0-9-]{1,32}$/
const USUAL = "main"

/**
 * The zone at whose prices goods are shown, whatever shop is the visitor's: what a feed says, the pages must say. The address of a feed names it (`?zone=`), and it stays for
 * the visit; `main` lets it go, and one that no shop sells at changes nothing.
 */
export async function zoneOfVisit(db: Db, { url, cookies }: { url: string; cookies: Cookies }): Promise<string | undefined> {
  const kept = cookies.get("zone")
  const held = kept !== undefined && ZONE.test(kept) ? kept : undefined
  const asked = new URL(url).searchParams.get("zone")
  if (asked === null || asked === held || !ZONE.test(asked)) return held
  if (asked === USUAL) return void (held && cookies.forget("zone"))
  if (!(await reading(db, (tx) => isZone(tx, asked)))) return held
  cookies.set("zone", asked, { days: LASTS_DAYS })
  return asked
}
