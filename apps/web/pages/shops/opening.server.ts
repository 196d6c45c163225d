import { addDays, dayIn, dayText, type Locale, MINSK } from "@mila/kernel"
import type { DayHours, FoundShop, OpenDay, Opening } from "@mila/shops"
import { distanceText } from "./distance.ts"
import { HOLIDAY, SHOP } from "./words.ts"
import { placeText } from "../parts/place.ts"

/** «Открыт до 21:00», with why it is closed where somebody has said; null where nobody knows its hours. */
export function openingText({ opening, today }: { opening: Opening; today: OpenDay | null }, locale: Locale, at: Date): string | null {
  const { isOpen, until, opensNext } = opening
  const words = SHOP[locale]
  if (isOpen === null) return null
  if (isOpen) return until === null ? words.openedAllDay : words.opened.replace("{until}", until)
  const now = dayIn(MINSK, at)
  const why = today?.reason ? `. ${today.reason[locale]}` : ""
  if (!opensNext) return words.shut + why
  const { day, from } = opensNext
  const pattern = day === now ? words.shutToday : day === addDays(now, 1) ? words.shutTomorrow : words.shutUntil
  return pattern.replace("{from}", from).replace("{day}", dayText(day, locale, now)) + why
}

/** `09:00–21:00` as people read it. */
export function hoursText(hours: DayHours, locale: Locale): string {
  if (hours === "closed") return SHOP[locale].dayOff
  return hours === "00:00-24:00" ? SHOP[locale].allDay : hours.replace("-", "–")
}

/** Why a day differs: its holiday, or what somebody has said of it. */
export function whyText({ holiday, reason }: OpenDay, locale: Locale): string | null {
  return reason?.[locale] ?? (holiday === null ? null : HOLIDAY[locale][holiday])
}

export type ShopView = {
  code: string
  title: string
  opening: string | null
  isOpen: boolean | null
  distance: string | null
  stock: string | null
  isMine: boolean
  latitude: number
  longitude: number
}

/** One shop of a list. */
export function shopView(
  shop: FoundShop,
  { locale, at, mine, stock }: { locale: Locale; at: Date; mine: string | undefined; stock: string | null },
): ShopView {
  const { code, city, address, opening, kilometres, latitude, longitude } = shop
  return {
    ...{ code, title: placeText({ city, address }, locale), latitude, longitude, stock, isMine: code === mine },
    ...{ opening: openingText(shop, locale, at), isOpen: opening.isOpen },
    distance: kilometres === null ? null : distanceText(kilometres, SHOP[locale], locale),
  }
}
