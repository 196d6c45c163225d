// The last known prices of a shop on this phone, and what is to be told when there is a network again. Public facts and the phone's own notes: nothing of a person.
import { keep, keepAnew, kept } from "./kept.ts"

/** amounts in kopecks; `before` and `endsAt` (seconds since 1970) are 0 where there is none, `stockMilli` −1 where nobody counted */
export type KeptPrice = readonly [
  ean: string,
  name: string,
  cardMinor: number,
  regularMinor: number,
  beforeMinor: number,
  endsAt: number,
  stockMilli: number,
  /** which of the products with this barcode; phones that kept it long ago do not say */
  sku?: string,
]

export type PricePack = {
  locale: "ru" | "be" | "en"
  shop: string
  shopName: string
  /** when it was so; ISO, UTC */
  at: string
  prices: readonly KeptPrice[]
}

/** A price seen on this phone, with its own age. */
type SeenPrice = { shop: string; at: string; price: KeptPrice }

export type ToldCode = { code: string; shop: string | null; seenAt: string }
export type ToldClaim = {
  ean: string
  sku?: string
  shop: string
  regularMinor: number
  cardMinor: number
  shownAt: string
  tillMinor: number
  contact: string
  words: string
}
export type ToTell = { codes: ToldCode[]; claims: ToldClaim[] }

const FRESH_MS = 3_600_000
const MOST_SEEN = 300
const MOST_TO_TELL = 100

/** Brings the prices of a shop to this phone, unless they are there and fresh. */
export async function carryPrices({ shop, locale, from }: { shop: string; locale: PricePack["locale"]; from: string }): Promise<void> {
  const pack = await kept<PricePack>("prices")
  if (pack?.shop === shop && pack.locale === locale && Date.now() - Date.parse(pack.at) < FRESH_MS) return
  const answer = await fetch(`${from}?shop=${encodeURIComponent(shop)}`)
  if (answer.ok) await keep("prices", await answer.json())
}

/** Remembers prices that were just shown: what one person looks at is not always what most do. */
export async function rememberSeen(seen: readonly SeenPrice[]): Promise<void> {
  if (seen.length === 0) return
  const before = (await kept<SeenPrice[]>("seen-prices")) ?? []
  const isSame = (one: SeenPrice, other: SeenPrice) =>
    one.shop === other.shop && one.price[0] === other.price[0] && (other.price[7] ?? one.price[7]) === one.price[7]
  const others = before.filter((old) => !seen.some((one) => isSame(one, old)))
  await keep("seen-prices", [...seen, ...others].slice(0, MOST_SEEN))
}

export type FoundKept = { price: KeptPrice; at: string; shop: string; shopName: string }

/** The youngest price this phone knows of each thing with this code, in the shop it knows; mostly there is one. */
export async function keptPricesOf(ean: string): Promise<FoundKept[]> {
  const pack = await kept<PricePack>("prices")
  const seen = (await kept<SeenPrice[]>("seen-prices")) ?? []
  const carried = pack?.prices.filter(([code]) => sameCode(code, ean)) ?? []
  const found = new Map(carried.map((price) => [price[7], { price, at: pack!.at, shop: pack!.shop, shopName: pack!.shopName }]))
  for (const { shop, at, price } of seen) {
    if ((pack && shop !== pack.shop) || !sameCode(price[0], ean)) continue
    const sku = price[7] ?? (carried.length === 1 ? carried[0]![7] : undefined)
    const before = found.get(sku)
    if (!before || at > before.at) found.set(sku, { price, at, shop, shopName: pack?.shopName ?? "" })
  }
  return found.size > 1 ? [...found.values()].filter(({ price }) => price[7] !== undefined) : [...found.values()]
}

/** UPC-A is EAN-13 with a leading 0. */
const sameCode = (one: string, other: string): boolean => one.replace(/^0(?=\d{12}$)/, "") === other.replace(/^0(?=\d{12}$)/, "")

const NOTHING: ToTell = { codes: [], claims: [] }

export const readToTell = async (): Promise<ToTell> => (await kept<ToTell>("to-tell")) ?? NOTHING

/** Notes something to be told when there is a network. */
export async function noteToTell({ codes = [], claims = [] }: Partial<ToTell>): Promise<void> {
  await keepAnew<ToTell>("to-tell", (before = NOTHING) => {
    const fresh = codes.filter(({ code, shop }) => !before.codes.some((one) => one.code === code && one.shop === shop))
    return {
      codes: [...before.codes, ...fresh].slice(-MOST_TO_TELL),
      claims: [...before.claims, ...claims].slice(-MOST_TO_TELL),
    }
  })
}

/** Tells what was noted and forgets it; what the server could not take stays. Answers how many claims were taken. One page after the other: a claim told twice would be two. */
export const tellNoted = (to: string): Promise<number> =>
  "locks" in navigator ? navigator.locks.request("to-tell", () => tellAll(to)) : tellAll(to)

async function tellAll(to: string): Promise<number> {
  const noted = await readToTell()
  if (noted.codes.length + noted.claims.length === 0) return 0
  const answer = await fetch(to, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(noted) })
  if (!answer.ok) return 0
  const { left, claims } = (await answer.json()) as { left: ToTell; claims: number }
  const isOld = (one: ToldCode | ToldClaim) => [...noted.codes, ...noted.claims].some((old) => JSON.stringify(old) === JSON.stringify(one))
  await keepAnew<ToTell>("to-tell", (now = NOTHING) => ({
    codes: [...left.codes, ...now.codes.filter((one) => !isOld(one))],
    claims: [...left.claims, ...now.claims.filter((one) => !isOld(one))],
  }))
  return claims
}

/** `1 234,50 р.`, as the server writes it. */
export function keptMoney(kopecks: number, locale: PricePack["locale"]): string {
  const [group, mark] = locale === "en" ? [",", "."] : ["\u00a0", ","]
  const roubles = String(Math.floor(kopecks / 100)).replace(/\B(?=(\d{3})+$)/g, group)
  const amount = `${roubles}${mark}${String(kopecks % 100).padStart(2, "0")}`
  return locale === "en" ? `BYN\u00a0${amount}` : `${amount}\u00a0р.`
}

/** Whether eight to fourteen digits end with the right check digit (GS1 General Specifications 7.9). */
export function isCode(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false
  const sum = Array.from(text.slice(0, -1), Number)
    .toReversed()
    .reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0)
  return Number(text.at(-1)) === (10 - (sum % 10)) % 10
}
