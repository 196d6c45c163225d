import { type Db, inTransaction } from "@mila/kernel"
import type { SearchPrice } from "@mila/search"
import { type Change, changesSince } from "../changes.ts"
import { productsRepriced } from "../shown/promotions.ts"
import { placesToIndex, popularityToIndex, somePricesToIndex, stockToIndex } from "../shown/to-index.ts"
import { searchPrice } from "./read-index.ts"

const MOST_CHANGES = 500

/** What follows the catalogue: prices, stock and popularity are written into it, and it knows how far it is. */
export type Follower = {
  readonly version: number
  setPrices(prices: readonly SearchPrice[], version: number): void | Promise<void>
  setStock(
    shop: string,
    stock: readonly { product: number; there: boolean }[],
    of: { whole: boolean; version: number },
  ): void | Promise<void>
  setPopularity(popular: readonly { no: number; popularity: number }[], version: number): void | Promise<void>
}

/**
 * Writes what changed since the follower's version into it, and what promotions that began or ended since `from` cost now. `anew` when texts changed or the
 * log does not reach back so far: then it has to be read whole.
 */
export async function follow(db: Db, follower: Follower, { from, at }: { from: Date; at: Date }): Promise<"followed" | "anew"> {
  for (;;) {
    const changes = await inTransaction(db, (tx) => changesSince(tx, { version: follower.version, most: MOST_CHANGES }))
    if (changes === undefined || changes.some(({ what }) => what === "groups" || what === "words")) return "anew"
    if (changes.length === 0) break
    for (const change of changes) await apply(db, follower, change, at)
  }
  const turned = await inTransaction(db, (tx) => productsRepriced(tx, { from, to: at }))
  if (turned.length > 0) await priceAnew(db, follower, { numbers: turned, version: follower.version, at })
  return "followed"
}

async function apply(db: Db, follower: Follower, { what, place, numbers, version }: Change, at: Date): Promise<void> {
  if (what === "prices" && numbers) await priceAnew(db, follower, { numbers, version, at })
  if (what === "popularity") {
    const popular = await inTransaction(db, (tx) => popularityToIndex(tx, numbers ?? []))
    await follower.setPopularity(popular, version)
  }
  if (what !== "stock") return
  const [shops, rows] = await inTransaction(
    db,
    async (tx) => [await placesToIndex(tx), await stockToIndex(tx, { place: place!, numbers })] as const,
  )
  const shop = shops.find(({ no }) => no === place)!.shop
  const stock = rows.map(({ product, quantityMilli }) => ({ product, there: quantityMilli > 0 }))
  await follower.setStock(shop, stock, { whole: numbers === null, version })
}

async function priceAnew(
  db: Db,
  follower: Follower,
  { numbers, version, at }: { numbers: readonly number[]; version: number; at: Date },
): Promise<void> {
  const prices = await inTransaction(db, (tx) => somePricesToIndex(tx, { numbers, at }))
  await follower.setPrices(prices.map(searchPrice), version)
}
