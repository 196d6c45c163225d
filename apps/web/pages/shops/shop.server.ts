import { addDays, dayIn, dayText, inTransaction, type Locale, MINSK } from "@mila/kernel"
import {
  type DayHours,
  daysOf,
  findShops,
  hoursOn,
  listServices,
  openingAt,
  type Schedule,
  schedulesOf,
  type Shop,
  shopByCode,
  weekdayOf,
} from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { breadcrumbs, seoOf } from "../parts/seo.server.ts"
import { hoursText, openingText, shopView, whyText } from "./opening.server.ts"
import { SHOP, WEEKDAYS } from "./words.ts"
import { namedPlace, placeText } from "../parts/place.ts"

const AHEAD_DAYS = 45
const NEARBY = 3
const DAYS_OF_SCHEMA = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/** One shop: where it is, when it is open, what it offers, what is near it. 404 for a code nobody had. */
export async function shopPage(visit: Visit, code: string) {
  const { db, clock, locale, cookies, site } = visit
  const at = clock.now()
  const today = dayIn(MINSK, at)
  const read = await inTransaction(db, async (tx) => {
    const shop = await shopByCode(tx, code)
    if (!shop) return undefined
    const schedule = (await schedulesOf(tx, { shops: [shop], from: addDays(today, -1) })).get(code)!
    const { shops: nearby } = await findShops(tx, { near: shop, at })
    return { shop, schedule, services: await listServices(tx), nearby: nearby.filter((one) => one.code !== code).slice(0, NEARBY) }
  })
  if (!read) throw new Response(null, { status: 404 })
  const { shop, schedule, services, nearby } = read
  const words = SHOP[locale]
  const opening = openingAt(schedule, at)
  const { name, place } = namedPlace(shop, locale)
  const crumbs = [
    { name: words.shops, to: "/shops" },
    { name, to: `/shops/${code}` },
  ]
  const mine = cookies.get("shop")
  const says = openingText({ opening, today: hoursOn(schedule, today) }, locale, at)
  const { latitude, longitude } = shop
  return {
    ...{ words, code, name, place, crumbs, isOpen: shop.state === "open", isMine: mine === code, tiles: site.tiles ?? null },
    ...{ opening: shop.state === "open" ? says : null, isOpenNow: opening.isOpen },
    phone: shop.phone && { href: `tel:${shop.phone}`, text: phoneText(shop.phone) },
    services: services
      .filter((service) => shop.services.includes(service.code))
      .map(({ code: service, name: said }) => ({ code: service, name: said[locale] })),
    week: weekView(shop, schedule, { today, locale }),
    special: specialDays(schedule, today, locale),
    nearby: nearby.map((one) => shopView(one, { locale, at, mine, stock: null })),
    point: { code, latitude, longitude, title: name, says: says ?? "", isOpen: opening.isOpen },
    route: `https://www.openstreetmap.org/directions?to=${latitude}%2C${longitude}`,
    inPhone: `geo:${latitude},${longitude}?q=${latitude},${longitude}`,
    seo: seoOf(visit, {
      ...{
        title: name,
        description: [placeText(shop, locale), says].filter(Boolean).join(". "),
        path: `/shops/${code}`,
        isOwn: true,
      },
      things: [storeOf(shop, schedule, { visit, today }), breadcrumbs(crumbs, (to) => site.publicUrl + pathIn(locale, to))],
    }),
  }
}

export type ShopPage = Awaited<ReturnType<typeof shopPage>>

/** The usual week; today as it really is. */
function weekView({ week }: Shop, schedule: Schedule, { today, locale }: { today: ReturnType<typeof dayIn>; locale: Locale }) {
  const now = hoursOn(schedule, today)
  return (
    week?.map((usual, day) => {
      const isToday = day === weekdayOf(today)
      const hours = isToday && now ? now.hours : usual
      return { day: WEEKDAYS[locale][day]!, hours: hoursText(hours, locale), isToday }
    }) ?? null
  )
}

/** The days that differ, soon: holidays, stocktaking, a closing for a while; days in a row of one reason together. */
function specialDays(
  schedule: Schedule,
  today: ReturnType<typeof dayIn>,
  locale: Locale,
): { days: string; hours: string; why: string | null }[] {
  const rows: { from: typeof today; to: typeof today; hours: string; why: string | null }[] = []
  for (const day of daysOf(schedule, { from: today, days: AHEAD_DAYS }).filter(({ isSpecial }) => isSpecial)) {
    const hours = day.hours === "closed" ? SHOP[locale].shutThen : hoursText(day.hours, locale)
    const why = whyText(day, locale)
    const last = rows.at(-1)
    if (last && last.hours === hours && last.why === why && addDays(last.to, 1) === day.day) last.to = day.day
    else rows.push({ from: day.day, to: day.day, hours, why })
  }
  return rows.map(({ from, to, hours, why }) => {
    const last = dayText(to, locale, from)
    const days =
      from === to
        ? last
        : from.slice(0, 7) === to.slice(0, 7)
          ? `${Number(from.slice(8))}–${last}`
          : `${dayText(from, locale, from)} – ${last}`
    return { days, hours, why }
  })
}

/** schema.org Store, with the week and the days that differ. */
function storeOf(shop: Shop, schedule: Schedule, { visit, today }: { visit: Visit; today: ReturnType<typeof dayIn> }): object {
  const { site, locale } = visit
  const { code, name, city, address, latitude, longitude, phone, week } = shop
  const closed = { opens: "00:00", closes: "00:00" } // as search engines read a closed day
  const times = (hours: DayHours) =>
    hours === "closed" ? closed : { opens: hours.slice(0, 5), closes: hours.slice(6).replace("24:00", "23:59") }
  const kind = "OpeningHoursSpecification"
  return {
    "@type": "Store",
    ...{ name: name[locale], url: `${site.publicUrl}${pathIn(locale, `/shops/${code}`)}`, description: placeText(shop, locale) },
    address: { "@type": "PostalAddress", streetAddress: address[locale], addressLocality: city[locale], addressCountry: "BY" },
    geo: { "@type": "GeoCoordinates", latitude, longitude },
    ...(phone === null ? {} : { telephone: phone }),
    ...(week === null
      ? {}
      : { openingHoursSpecification: week.map((hours, day) => ({ "@type": kind, dayOfWeek: DAYS_OF_SCHEMA[day], ...times(hours) })) }),
    specialOpeningHoursSpecification: daysOf(schedule, { from: today, days: AHEAD_DAYS })
      .filter(({ isSpecial }) => isSpecial)
      .map(({ day, hours }) => ({ "@type": kind, validFrom: day, validThrough: day, ...times(hours) })),
  }
}

/** `+375 17 000-00-42` of a Belarusian number; others as they are. */
const phoneText = (phone: string): string => phone.replace(/^\+375(\d\d)(\d{3})(\d\d)(\d\d)$/, "+375\u00a0$1\u00a0$2-$3-$4")
