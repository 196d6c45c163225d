import { addDays, dayIn, inTransaction, MINSK } from "@mila/kernel"
import { daysOf, inOrderOfStreets, listShops, schedulesOf } from "@mila/shops"
import { type Loading, visitOf } from "../visit-context.ts"
import type { Points } from "./points-kept.ts"
import { unparted } from "../parts/place.ts"

const DAYS = 9 // yesterday, whose night may go on, today and a week

/** Every shop with its next week, small enough to be kept on a phone: the map and the list without a network are made from it. Says nothing of who asks. */
export async function loader(loading: Loading): Promise<Response> {
  const { db, clock, locale } = visitOf(loading)
  const at = clock.now()
  const from = addDays(dayIn(MINSK, at), -1)
  const shops = await inTransaction(db, async (tx) => {
    const open = inOrderOfStreets(await listShops(tx, { most: 10_000, state: "open" }), locale)
    const schedules = await schedulesOf(tx, { shops: open, from })
    return open.map((shop) => ({ ...shop, days: daysOf(schedules.get(shop.code)!, { from, days: DAYS }).map(({ hours }) => hours) }))
  })
  const weeks = [...new Set(shops.map(({ days }) => days.join(" ")))]
  const points: Points = {
    ...{ locale, at: at.toISOString(), from, weeks: weeks.map((week) => (week === "" ? [] : week.split(" "))) },
    shops: shops.map(({ code, city, address, latitude, longitude, days }) => [
      ...([code, city[locale], unparted(address[locale]), latitude, longitude, weeks.indexOf(days.join(" "))] as const),
    ]),
  }
  return Response.json(points, { headers: { "cache-control": "public, max-age=300" } })
}
