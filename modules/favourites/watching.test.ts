import { groupByCode, putGroups, putPrices, putStock, putZone } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { minor, type Tx } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import * as favourites from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const me = { memberId: 41 }
const name = "Избранное"

/** A thing with a card price of 17.90 in the main zone and 16.00 in the west, where shop 0002 is; who is told what. */
async function aWatched(tx: Tx) {
  for (const code of ["0001", "0002"]) await openShop(tx, { ...aShop({ code }), at })
  await putZone(tx, { shop: "0002", zone: "west", at })
  const thing = { code: "fav-0", variants: [aVariant({ sku: "fav-0" })] }
  await putGroups(tx, [aGroup(thing)], { at })
  const cream = (await groupByCode(tx, { code: "fav-0", at }))!.no
  const cost = (cardMinor: number, zone?: string) =>
    putPrices(tx, { prices: [{ sku: "fav-0", regularMinor: minor(1_990), cardMinor: minor(cardMinor) }], at, ...(zone && { zone }) })
  const count = (shop: string, pieces: number, minutes = 0) => {
    const countedAt = new Date(at.getTime() + minutes * 60_000)
    return putStock(tx, { shop, counted: [{ sku: "fav-0", quantityMilli: pieces * 1_000 }], countedAt, at: countedAt })
  }
  await cost(1_790)
  await cost(1_600, "west")
  const watch = async (wish: { price: boolean; shop: string | null; zone?: string }) => {
    const [list] = await favourites.favouritesOf(tx, me)
    await favourites.watchFavourite(tx, { owner: me, listId: list!.listId, groupNo: cream, ...wish, at })
  }
  const due = async () =>
    (await favourites.noticesDue(tx, { after: { listId: 0, groupNo: 0 }, most: 10, at })).notices.map((notice) =>
      notice.what === "cheaper" ? notice.priceMinor : notice.what,
    )
  return { cream, cost, count, watch, due }
}

test("a price is compared in one zone: a cheaper region is no news, whether the shop is watched, was back, or the price alone is", () =>
  rolledBack(async (tx) => {
    const { cream, cost, count, watch, due } = await aWatched(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, at })
    await watch({ price: true, shop: "0002" })
    assert.deepEqual(await due(), [], "it always cost 16 there")
    await cost(1_500, "west")
    assert.deepEqual(await due(), [1_500])
    await count("0002", 2)
    assert.deepEqual(await due(), ["back"])
    await cost(1_300)
    assert.deepEqual(await due(), [], "what the main zone asks is nobody's price here, also when the shop is watched no more")
    await cost(1_400, "west")
    assert.deepEqual(await due(), [1_400])
    await watch({ price: true, shop: null, zone: "main" })
    assert.deepEqual(await due(), [], "in another shop it is measured anew")
    await cost(1_200)
    assert.deepEqual(await due(), [1_200])
  }))

test("after a promotion is over the next one is news again", () =>
  rolledBack(async (tx) => {
    const { cream, cost, watch, due } = await aWatched(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, zone: "west", at })
    await watch({ price: true, shop: null })
    for (const [price, told] of [
      [1_200, [1_200]],
      [1_600, []],
      [1_550, []],
      [1_250, [1_250]],
    ] as const) {
      await cost(price, "west")
      assert.deepEqual(await due(), told, String(price))
    }
  }))

test("who asks to be told of a price is told of what it falls to from then on", () =>
  rolledBack(async (tx) => {
    const { cream, cost, watch, due } = await aWatched(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, at })
    await cost(1_300)
    await watch({ price: true, shop: null })
    assert.deepEqual(await due(), [], "they saw that price when they asked")
    await cost(1_200)
    assert.deepEqual(await due(), [1_200])
  }))

test("a shop has a thing again only after it had none", () =>
  rolledBack(async (tx) => {
    const { cream, count, watch, due } = await aWatched(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, at })
    await count("0001", 3)
    await watch({ price: false, shop: "0001" })
    assert.deepEqual(await due(), [], "it was never out")
    await count("0001", 0, 1)
    assert.deepEqual(await due(), [])
    await watch({ price: true, shop: "0001" })
    await count("0001", 1, 2)
    assert.deepEqual(await due(), ["back"])
    await count("0001", 0, 3)
    await due()
    await count("0001", 1, 4)
    assert.deepEqual(await due(), [], "once")
  }))

test("a shop that comes into another zone is measured from that day on", () =>
  rolledBack(async (tx) => {
    const { cream, cost, watch, due } = await aWatched(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, at })
    await watch({ price: true, shop: "0001" })
    await putZone(tx, { shop: "0001", zone: "west", at })
    assert.deepEqual(await due(), [])
    await cost(1_500, "west")
    assert.deepEqual(await due(), [1_500])
  }))
