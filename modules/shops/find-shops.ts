import { dayIn, addDays, type Locale, type Localized, MINSK, type Tx } from "@mila/kernel"
import { hoursOn, type OpenDay, type Opening, openingAt } from "./hours-rules.ts"
import { schedulesOf } from "./opening-hours.ts"
import { inOrderOfStreets } from "./order-rules.ts"
import { PLACES } from "./places.ts"
import { listShops, type Shop } from "./shops.ts"

export type Point = { latitude: number; longitude: number }

export type FoundShop = Shop & {
  opening: Opening
  /** today's hours; null where nobody has said */
  today: OpenDay | null
  /** as the crow flies, from where was asked about */
  kilometres: number | null
}

export type ShopsAsked = {
  /** town or street, as people type it; a town without a shop means the shops around it */
  text?: string
  near?: Point | null
  onlyOpen?: boolean
  /** all of these */
  services?: readonly string[]
  /** none but these: what has a thing in stock */
  codes?: ReadonlySet<string> | null
  /** whose alphabet towns and streets are ordered by; Russian where nobody said */
  locale?: Locale
  at: Date
}

const MOST_SHOPS = 10_000
const EARTH_KM = 6371

/** Shops that are not closed for good: by words, services, being open now; the nearest first when a place was named, else by town, street and house. */
export async function findShops(
  tx: Tx,
  { text = "", near = null, onlyOpen = false, services = [], codes = null, locale = "ru", at }: ShopsAsked,
): Promise<{ shops: FoundShop[]; around: Localized | null }> {
  const all = (await listShops(tx, { most: MOST_SHOPS, state: "open" })).filter(({ code }) => codes === null || codes.has(code))
  const words = wordsOf(text)
  const named = words.length === 0 ? all : all.filter((shop) => saysAll(shop, words))
  const place = named.length === 0 && near === null ? placeNamed(text) : undefined
  const from = near ?? place ?? null
  const found = await seen(tx, place ? all : named, { from, at })
  const wanted = found.filter((shop) => (!onlyOpen || shop.opening.isOpen === true) && services.every((one) => shop.services.includes(one)))
  return { shops: from === null ? inOrderOfStreets(wanted, locale) : nearestFirst(wanted), around: place?.name ?? null }
}

async function seen(tx: Tx, shops: readonly Shop[], { from, at }: { from: Point | null; at: Date }): Promise<FoundShop[]> {
  const today = dayIn(MINSK, at)
  const schedules = await schedulesOf(tx, { shops, from: addDays(today, -1) })
  return shops.map((shop) => {
    const schedule = schedules.get(shop.code)!
    const away = from === null ? null : kilometres(from, shop)
    return { ...shop, opening: openingAt(schedule, at), today: hoursOn(schedule, today), kilometres: away }
  })
}

/** The nearest first; what has no distance stays behind. */
export function nearestFirst<Placed extends { kilometres: number | null }>(shops: readonly Placed[]): Placed[] {
  return shops.toSorted((one, other) => (one.kilometres ?? Infinity) - (other.kilometres ?? Infinity))
}

/** Kilometres between two points, as the crow flies (haversine). */
export function kilometres(from: Point, to: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half))
}

/** The town of Belarus somebody names, in any of our languages; its beginning is enough when it is the only one. */
export function placeNamed(text: string): (Point & { name: Localized }) | undefined {
  const wanted = plain(text)
  if (wanted.length < 3) return undefined
  const begin = PLACES.filter((names) => names.slice(0, 3).some((name) => plain(String(name)).startsWith(wanted)))
  const exact = begin.find((names) => names.slice(0, 3).some((name) => plain(String(name)) === wanted))
  const [ru, be, en, latitude, longitude] = exact ?? (begin.length === 1 ? begin[0]! : [])
  if (ru === undefined || be === undefined || en === undefined || latitude === undefined || longitude === undefined) return undefined
  return { name: { ru, be, en }, latitude, longitude }
}

function saysAll({ city, address, name, code }: Shop, words: readonly string[]): boolean {
  const said = wordsOf([...Object.values(city), ...Object.values(address), ...Object.values(name), code].join(" "))
  return words.every((word) => said.some((one) => one.startsWith(word)))
}

const wordsOf = (text: string): string[] => plain(text).split(" ").filter(Boolean)

/** As people type: no case, no ё, no marks over letters. */
const plain = (text: string): string =>
  text
    .slice(0, 200)
    .toLocaleLowerCase("ru")
    .replaceAll("ё", "е")
    .normalize("NFD")
    .replaceAll(/(?<=[a-z])\p{M}/gu, "")
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
