import { type Tile, tilesOf } from "@mila/catalog"
import type { Tx } from "@mila/kernel"
import type { Visit } from "../../visit.ts"
import { zoneFor } from "./zone.server.ts"

const MOST = 12
const KEPT_DAYS = 90

type Looking = { except?: number; zone?: string }

/** What this browser looked at, the latest first; `except` is what it looks at now, at prices of a `zone` that is known. Kept in a cookie of its own and nowhere else. */
export async function viewedThings(tx: Tx, visit: Visit, { except, zone }: Looking = {}): Promise<Tile[]> {
  const numbers = viewedIn(visit).filter((no) => no !== except)
  return numbers.length === 0 ? [] : tilesOf(tx, { numbers, zone: zone ?? (await zoneFor(tx, visit)), at: visit.clock.now() })
}

/** Remembers in the browser that this thing was looked at. */
export function rememberViewed(visit: Visit, no: number): void {
  const numbers = [no, ...viewedIn(visit).filter((other) => other !== no)].slice(0, MOST)
  visit.cookies.set("seen", numbers.join("."), { days: KEPT_DAYS })
}

function viewedIn({ cookies }: Visit): number[] {
  const numbers = (cookies.get("seen") ?? "").split(".").map(Number)
  return [...new Set(numbers.filter((no) => Number.isSafeInteger(no) && no > 0))].slice(0, MOST)
}
