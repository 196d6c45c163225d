import { groupByCode, putGroups, putPrices, putStock } from "@mila/catalog"
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
const guest = { device: "d".repeat(32) }
const name = "Избранное"

async function someGoods(tx: Tx, count = 3): Promise<number[]> {
  const codes = Array.from({ length: count }, (_, nth) => `fav-${nth}`)
  await putGroups(
    tx,
    codes.map((code) => aGroup({ code, variants: [aVariant({ sku: code })] })),
    { at },
  )
  return Promise.all(codes.map(async (code) => (await groupByCode(tx, { code, at }))!.no))
}
const numbers = async (tx: Tx, owner: favourites.Owner) =>
  (await favourites.favouritesOf(tx, owner)).map((list) => [
    list.name,
    list.items.map(({ groupNo }) => groupNo).toSorted((one, other) => one - other),
  ])

test("a heart makes the first list; twice is once; off is off; what does not exist is refused", () =>
  rolledBack(async (tx) => {
    const [cream, soap] = await someGoods(tx)
    for (let time = 0; time < 2; time += 1) await favourites.addFavourite(tx, { owner: me, groupNo: cream!, name, at })
    assert.deepEqual(await numbers(tx, me), [[name, [cream]]])
    assert.deepEqual([...(await favourites.favouritesAmong(tx, { owner: me, groupNos: [cream!, soap!] }))], [cream])
    await favourites.removeFavourite(tx, { owner: me, groupNo: cream! })
    assert.deepEqual(await numbers(tx, me), [[name, []]])
    await assert.rejects(favourites.addFavourite(tx, { owner: me, groupNo: 999_999, name, at }), { code: "product_group_not_found" })
  }))

test("lists have names and owners: nobody touches another's", () =>
  rolledBack(async (tx) => {
    const [cream] = await someGoods(tx)
    const { listId } = await favourites.makeList(tx, { owner: me, name: " Маме ", at })
    await favourites.addFavourite(tx, { owner: me, groupNo: cream!, listId, name, at })
    for (const owner of [{ memberId: 42 }, guest]) {
      await assert.rejects(favourites.renameList(tx, { owner, listId, name: "Моё" }), { code: "list_unknown" })
      await assert.rejects(favourites.shareList(tx, { owner, listId, open: true }), { code: "list_unknown" })
      await favourites.removeFavourite(tx, { owner, groupNo: cream! })
    }
    assert.deepEqual(await numbers(tx, me), [["Маме", [cream]]])
    for (const wrong of ["", "а".repeat(61), "4111 1111 1111 1111"])
      await assert.rejects(favourites.makeList(tx, { owner: me, name: wrong, at }), { code: "list_name_invalid" })
  }))

test("a thing moves to another list with what its owner wants to be told; to another's list it does not go", () =>
  rolledBack(async (tx) => {
    const [cream] = await someGoods(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream!, name, at })
    const [{ listId }] = (await favourites.favouritesOf(tx, me)) as [favourites.List]
    await favourites.watchFavourite(tx, { owner: me, listId, groupNo: cream!, price: true, shop: null, at })
    const { listId: to } = await favourites.makeList(tx, { owner: me, name: "Маме", at })
    const { listId: theirs } = await favourites.makeList(tx, { owner: guest, name: "Чужой", at })
    await assert.rejects(favourites.moveFavourite(tx, { owner: me, groupNo: cream!, listId, to: theirs }), { code: "list_unknown" })
    await favourites.moveFavourite(tx, { owner: me, groupNo: cream!, listId, to })
    assert.deepEqual(await numbers(tx, me), [
      [name, []],
      ["Маме", [cream]],
    ])
    assert.equal((await favourites.favouritesOf(tx, me))[1]?.items[0]?.watchPrice, true)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream!, name, at })
    await favourites.moveFavourite(tx, { owner: me, groupNo: cream!, listId, to })
    assert.deepEqual(await numbers(tx, me), [
      [name, []],
      ["Маме", [cream]],
    ])
  }))

test("a shared list is read by whoever has the link, until it is shared no more", () =>
  rolledBack(async (tx) => {
    const { listId } = await favourites.makeList(tx, { owner: me, name, at })
    const { token } = await favourites.shareList(tx, { owner: me, listId, open: true })
    assert.equal((await favourites.sharedList(tx, token!))?.name, name)
    assert.equal((await favourites.favouritesOf(tx, me))[0]?.share, token)
    await favourites.shareList(tx, { owner: me, listId, open: false })
    assert.equal(await favourites.sharedList(tx, token!), undefined)
    for (const guess of ["", "x", "a".repeat(32)]) assert.equal(await favourites.sharedList(tx, guess), undefined)
  }))

test("what a guest liked comes along at sign-in, without doubles, once", () =>
  rolledBack(async (tx) => {
    const [cream, soap, mask] = await someGoods(tx)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream!, name, at })
    for (const groupNo of [cream!, soap!]) await favourites.addFavourite(tx, { owner: guest, groupNo, name, at })
    const { listId } = await favourites.makeList(tx, { owner: guest, name: "Дом", at })
    await favourites.addFavourite(tx, { owner: guest, groupNo: mask!, listId, name, at })
    for (let time = 0; time < 2; time += 1) await favourites.bringAlong(tx, { ...guest, ...me })
    assert.deepEqual(await numbers(tx, me), [
      [name, [cream, soap]],
      ["Дом", [mask]],
    ])
    assert.deepEqual(await numbers(tx, guest), [])
  }))

test("what is watched is told of once: when it costs a twentieth less, and when the shop has it again", () =>
  rolledBack(async (tx) => {
    await openShop(tx, { ...aShop({ code: "0001" }), at })
    const [cream] = await someGoods(tx, 1)
    await favourites.addFavourite(tx, { owner: me, groupNo: cream!, name, at })
    const { listId } = (await favourites.favouritesOf(tx, me))[0]!
    await favourites.watchFavourite(tx, { owner: me, listId, groupNo: cream!, price: true, shop: "0001", at })
    const due = async () =>
      (await favourites.noticesDue(tx, { after: { listId: 0, groupNo: 0 }, most: 10, at })).notices.map((notice) => notice.what)
    const cost = (cardMinor: number) =>
      putPrices(tx, { prices: [{ sku: "fav-0", regularMinor: minor(1_990), cardMinor: minor(cardMinor) }], at })
    assert.deepEqual(await due(), [])
    await cost(1_780)
    assert.deepEqual(await due(), [], "ten kopecks are no news")
    await cost(1_500)
    assert.deepEqual(await due(), ["cheaper"])
    assert.deepEqual(await due(), [])
    await putStock(tx, { shop: "0001", counted: [{ sku: "fav-0", quantityMilli: 2_000 }], countedAt: at, at })
    assert.deepEqual(await due(), ["back"])
    assert.deepEqual(await due(), [])
  }))

test("two who become one like what both liked, each thing once in a list of one name, with what each wanted to be told; a shared list keeps its link", () =>
  rolledBack(async (tx) => {
    const [cream, soap, comb] = (await someGoods(tx)) as [number, number, number]
    const donor = { memberId: 42 }
    for (const groupNo of [cream, soap]) await favourites.addFavourite(tx, { owner: donor, groupNo, name, at })
    await favourites.addFavourite(tx, { owner: me, groupNo: cream, name, at })
    const { listId } = await favourites.makeList(tx, { owner: donor, name: "Маме", at })
    await favourites.addFavourite(tx, { owner: donor, groupNo: soap, listId, name, at })
    const { token } = await favourites.shareList(tx, { owner: donor, listId, open: true })
    const own = (await favourites.favouritesOf(tx, donor))[0]!.listId
    await favourites.watchFavourite(tx, { owner: donor, listId: own, groupNo: cream, price: true, shop: null, at })

    const lists = await favourites.joinFavourites(tx, { from: 42, into: 41 })
    assert.deepEqual(await numbers(tx, me), [
      [name, [cream, soap]],
      ["Маме", [soap]],
    ])
    assert.deepEqual((await favourites.favouritesOf(tx, me))[0]?.items.filter(({ watchPrice }) => watchPrice).length, 1)
    assert.equal((await favourites.sharedList(tx, token!))?.name, "Маме")
    assert.deepEqual(await favourites.joinFavourites(tx, { from: 42, into: 41 }).then(({ given }) => given), [], "twice is once")

    await favourites.addFavourite(tx, { owner: me, groupNo: comb, listId, name, at })
    await favourites.addFavourite(tx, { owner: me, groupNo: comb, name, at })
    await favourites.partFavourites(tx, { from: 42, into: 41, lists })
    assert.deepEqual(await numbers(tx, donor), [
      [name, [cream, soap]],
      ["Маме", [soap]],
    ])
    assert.deepEqual(await numbers(tx, me), [
      [name, [cream, comb]],
      ["Маме", [comb]],
    ])
    assert.equal((await favourites.sharedList(tx, token!))?.items.length, 1, "what was added since is not shared")
  }))

test("what was taken off or dropped since two became one does not come back; somebody forgotten leaves no list and no link", () =>
  rolledBack(async (tx) => {
    const [cream, soap] = (await someGoods(tx)) as [number, number]
    const donor = { memberId: 42 }
    for (const groupNo of [cream, soap]) await favourites.addFavourite(tx, { owner: donor, groupNo, name, at })
    await favourites.makeList(tx, { owner: donor, name: "Маме", at })
    await favourites.makeList(tx, { owner: me, name, at })
    const lists = await favourites.joinFavourites(tx, { from: 42, into: 41 })
    await favourites.removeFavourite(tx, { owner: me, groupNo: soap })
    await favourites.dropList(tx, { owner: me, listId: lists.given[0]!.listId })
    await favourites.partFavourites(tx, { from: 42, into: 41, lists })
    assert.deepEqual([await numbers(tx, donor), await numbers(tx, me)], [[[name, [cream]]], [[name, []]]])

    const { token } = await favourites.shareList(tx, { owner: donor, listId: lists.folded[0]!.listId, open: true })
    assert.equal(await favourites.forgetFavouritesOf(tx, [41, 42]), 2)
    assert.deepEqual([await numbers(tx, donor), await favourites.sharedList(tx, token!)], [[], undefined])
  }))
