import { addDays, type Day, type Localized } from "@mila/kernel"
import type { DayHours, HolidayHours, ShopDetails, WeekHours } from "@mila/shops"
import { seeded } from "./seeded.ts"
import type { demoShops } from "./make-shops.ts"

type Told = ShopDetails & { code: string }
type Week = { week: WeekHours; holiday: HolidayHours }

const weekOf = (usual: DayHours, saturday: DayHours, sunday: DayHours): WeekHours => [usual, usual, usual, usual, usual, saturday, sunday]

const IN_A_MALL: Week = { week: weekOf("10:00-22:00", "10:00-22:00", "10:00-22:00"), holiday: "11:00-20:00" }
const IN_A_CITY: Week = { week: weekOf("09:00-21:00", "09:00-21:00", "10:00-20:00"), holiday: "10:00-19:00" }
const AT_THE_DOORSTEP: Week = { week: weekOf("08:00-22:00", "09:00-22:00", "09:00-21:00"), holiday: "10:00-20:00" }
const IN_A_TOWN: Week = { week: weekOf("09:00-20:00", "09:00-19:00", "09:00-18:00"), holiday: "10:00-17:00" }
const IN_A_SMALL_TOWN: Week = { week: weekOf("09:00-19:00", "09:00-18:00", "10:00-16:00"), holiday: "closed" }

const CITIES = new Set(["Минск", "Гомель", "Гродно", "Витебск", "Могилёв", "Брест"])
const BUSY = 4 // shops of a town that is more than a small one

/** Hours, phones and services of the demo's shops: long in the cities, short in small towns; the same for the same seed. */
export function demoHours(shops: ReturnType<typeof demoShops>): Told[] {
  const dice = seeded(551)
  const inTown = new Map<string, number>()
  for (const { city } of shops) inTown.set(city.ru, (inTown.get(city.ru) ?? 0) + 1)
  return shops.map(({ code, city }) => {
    const isCity = CITIES.has(city.ru)
    const week = isCity
      ? dice.pick([IN_A_MALL, IN_A_CITY, IN_A_CITY, AT_THE_DOORSTEP])
      : inTown.get(city.ru)! >= BUSY
        ? IN_A_TOWN
        : IN_A_SMALL_TOWN
    const services = ["pickup", "certificates"]
    const offer = (service: string, ofTen: number) => void (dice.between(1, 10) <= ofTen && services.push(service))
    offer("price_checker", isCity ? 8 : 3)
    offer("testers", week === IN_A_MALL ? 9 : 4)
    offer("gift_wrap", isCity ? 5 : 3)
    offer("recycling", isCity ? 3 : 1)
    offer("parking", week === IN_A_MALL ? 10 : 4)
    offer("step_free", isCity ? 7 : 4)
    return { code, ...week, phone: `+375170000${code.slice(-3)}`, services }
  })
}

const INVENTORY: Localized = { ru: "Переучёт", be: "Пераўлік", en: "Stocktaking" }
const REPAIRS: Localized = { ru: "Ремонт: обновляем зал", be: "Рамонт: абнаўляем залу", en: "Repairs: the shop is being renewed" }

/** A few shops that are not as usual these days: one is being repaired, some count their shelves. */
export function demoClosings(today: Day): { shop: string; fromDay: Day; toDay: Day; hours: DayHours; reason: Localized }[] {
  const repaired = { fromDay: addDays(today, -3), toDay: addDays(today, 11), hours: "closed", reason: REPAIRS } as const
  const counted = ["0007", "0120", "0301"].map((shop, place) => {
    const when = addDays(today, 2 + place)
    return { shop, fromDay: when, toDay: when, hours: "14:00-21:00" as const, reason: INVENTORY }
  })
  return [{ shop: "0042", ...repaired }, { shop: "0210", ...repaired }, ...counted]
}
