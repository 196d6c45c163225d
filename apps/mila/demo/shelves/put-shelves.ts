import {
  type Counted,
  putAttributes,
  putBrands,
  putCategories,
  putFamilies,
  putGroups,
  putPrices,
  putProducts,
  putPromotion,
  putStock,
  putZone,
} from "@mila/catalog"
import { addDays, type Day, type Db, inTransaction, type Minor, minor, MINSK, startOfDay } from "@mila/kernel"
import { demoShops } from "../make-shops.ts"
import { seeded } from "../seeded.ts"
import { DEMO_BRANDS } from "./brands.ts"
import { CATEGORIES } from "./categories.ts"
import { type DemoGroup, demoGoods, GOODS, shelfPrice } from "./make-groups.ts"
import { demoPromotions } from "./promotions.ts"
import { certificates, deliveries, giftSets } from "./services.ts"
import { ATTRIBUTES, CATALOG_FAMILIES } from "./traits.ts"

const AT_ONCE = 500
const SOLD_FOR_DAYS = 370
const STOCKED = { small: 600, large: 1_800 } // products a shop keeps
const MINSK_SHOPS_DEARER = 1.03

export type Shelves = { groups: readonly DemoGroup[]; products: readonly Sold[] }
/** What history's baskets are made of. */
export type Sold = {
  sku: string
  kind: "goods" | "certificate" | "delivery"
  name: { ru: string }
  eans: readonly string[]
  regularPriceMinor: Minor
  cardPriceMinor: Minor
  /** how much it is bought; 0: now and then */
  popularity: number
}

/** Everything on the demo chain's shelves: the same on every machine. `goods`: how many things, sets and certificates beside them. */
export function demoShelves({ goods = GOODS, today }: { goods?: number; today: Day }): Shelves {
  const things = demoGoods({ goods, today })
  const groups = [certificates(), ...things, ...giftSets(things)]
  return { groups, products: [...groups.flatMap(soldOf), ...deliveries().map((product) => ({ ...product, popularity: 0 }))] }
}

/** Of the variants of a thing the first sells best. */
export function soldOf({ variants, popularity, traits }: DemoGroup): Sold[] {
  return variants.map((variant, place) => ({ ...variant, popularity: traits === null ? 0 : popularity / (1 + place) }))
}

/** Puts the shelves into the catalogue: words, things, prices with a little history, promotions. Harmless twice. */
export async function putShelves(
  db: Db,
  { groups }: Shelves,
  { today, progress }: { today: Day; progress: (done: number) => void },
): Promise<void> {
  const at = startOfDay(MINSK, addDays(today, -SOLD_FOR_DAYS))
  await inTransaction(db, async (tx) => {
    await putFamilies(tx, CATALOG_FAMILIES)
    await putCategories(tx, CATEGORIES)
    await putBrands(tx, DEMO_BRANDS, { at })
    await putAttributes(tx, ATTRIBUTES, { at })
    await putProducts(tx, deliveries(), { at })
  })
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    await inTransaction(db, (tx) => putGroups(tx, groups.slice(from, from + AT_ONCE), { at }))
    progress(from / groups.length)
  }
  await putPriceHistory(db, { groups, today })
  await inTransaction(db, async (tx) => {
    for (const promotion of demoPromotions({ groups, today })) await putPromotion(tx, promotion, { at })
  })
  progress(1)
}

/** A tenth of the shelves was cheaper once, and dearer; Minsk pays a little more for a few things. */
async function putPriceHistory(db: Db, { groups, today }: { groups: readonly DemoGroup[]; today: Day }): Promise<void> {
  const some = groups.flatMap(({ variants }, place) => (place % 10 === 3 ? variants : []))
  const priced = (times: number) =>
    some.map(({ sku, regularPriceMinor, cardPriceMinor }) => ({
      sku,
      regularMinor: minor(shelfPrice(regularPriceMinor * times)),
      cardMinor: minor(shelfPrice(cardPriceMinor * times)),
    }))
  const steps = [
    [-60, 0.93],
    [-25, 1.06],
    [-10, 1],
  ] as const
  for (const [days, times] of steps) {
    await inTransaction(db, (tx) => putPrices(tx, { prices: priced(times), at: startOfDay(MINSK, addDays(today, days)) }))
  }
  const dearer = groups
    .flatMap(({ variants }, place) => (place % 25 === 7 ? variants : []))
    .map(({ sku, regularPriceMinor, cardPriceMinor }) => ({
      sku,
      regularMinor: minor(shelfPrice(regularPriceMinor * MINSK_SHOPS_DEARER)),
      cardMinor: minor(shelfPrice(cardPriceMinor * MINSK_SHOPS_DEARER)),
    }))
  await inTransaction(db, (tx) => putPrices(tx, { prices: dearer, zone: "minsk", at: startOfDay(MINSK, addDays(today, -90)) }))
}

/** Every shop counts what it has. Nobody asks for that before the doors open, so members may come meanwhile. Harmless twice. */
export async function putStockEverywhere(db: Db, { groups }: Shelves, { today }: { today: Day }): Promise<void> {
  const skus = groups.flatMap(({ variants }) => variants.filter(({ kind }) => kind === "goods").map(({ sku }) => sku))
  const midnight = startOfDay(MINSK, today).getTime()
  const shops = demoShops()
  for (const [place, { code: shop, city }] of shops.entries()) {
    const counted = stockOf(place, skus)
    const countedAt = new Date(midnight - hoursSinceCount(place) * 3_600_000)
    await inTransaction(db, async (tx) => {
      if (city.en === "Minsk") await putZone(tx, { shop, zone: "minsk", at: countedAt })
      await putStock(tx, { shop, counted, countedAt, whole: true, at: countedAt })
    })
  }
}

/** Most shops told their stock in the last hours before the day began, some were silent for days: its age stands beside it. */
function hoursSinceCount(place: number): number {
  const dice = seeded(91_000 + place)
  return dice.chance(0.9) ? dice.next() * 6 : 12 + dice.next() * 72
}

/** Every shop keeps its own, small ones less, in steps through all that there is; one in twelve has just run out. */
function stockOf(place: number, skus: readonly string[]): Counted[] {
  const dice = seeded(90_000 + place)
  const stocked = Math.min(dice.between(STOCKED.small, STOCKED.large), Math.ceil(skus.length / 4))
  const step = skus.length / stocked
  const start = dice.next() * step
  return Array.from({ length: stocked }, (_, no) => ({
    sku: skus[Math.floor(start + no * step) % skus.length]!,
    quantityMilli: dice.chance(1 / 12) ? 0 : dice.between(1, 14) * 1_000,
  }))
}
