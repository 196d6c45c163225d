import { finder, KeptIndex, putGroups, putStock } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases, type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import type { Hono } from "hono"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { shopDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const EAN = "4006381333931"
let own: OwnDb
let search: KeptIndex
let door: Hono

before(async () => {
  own = await ownDb()
  const at = clock.now()
  await inTransaction(own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "0001" }), at })
    const name = { ru: "Шампунь «Лён»", be: "Шампунь «Лён»", en: "Flax shampoo" }
    await putGroups(tx, [aGroup({ code: "g-1", name, brand: "Garnier", variants: [aVariant({ sku: "s-1", eans: [EAN] })] }), aGroup()], {
      at,
    })
    await putStock(tx, { shop: "0001", counted: [{ sku: "s-1", quantityMilli: 2_000 }], countedAt: at, at })
  })
  search = await KeptIndex.open({ db: own.db, clock, onError: (error) => console.error(error) })
  door = shopDoor({ db: own.db, clock, log: SILENT, publicUrl: "https://mila.example", finder: finder({ db: own.db, clock, search }) })
})
after(async () => {
  await search.close()
  await closeTestDatabases()
})

async function asked(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: any }> {
  const answer = await door.request(`/api/v1${path}`, { headers })
  return { status: answer.status, body: await answer.json() }
}

test("search answers total, items and facets; without words it is the whole catalogue", async () => {
  const all = await asked("/search")
  assert.deepEqual([all.status, all.body.total, all.body.items.length], [200, 2, 2])
  const { body } = await asked(`/search?q=${encodeURIComponent("гарньер")}`, { "accept-language": "en" })
  assert.deepEqual([body.total, body.items[0].name, body.items[0].price.cardMinor], [1, "Flax shampoo", 1790])
  assert.deepEqual(
    body.facets.find(({ code }: { code: string }) => code === "brand"),
    { code: "brand", name: "Brand", values: [{ code: "Garnier", name: "Garnier", count: 1, chosen: false }] },
  )
  assert.equal((await asked("/search?shop=0001&brand=Garnier&brand=Other")).body.total, 1)
})

test("what cannot be asked is a problem with a stable code, in the caller's language", async () => {
  for (const path of ["/search?sort=sideways", "/search?limit=9000", "/search?price_from=x"]) {
    const { status, body } = await asked(path, { "accept-language": "be" })
    assert.deepEqual([status, body.code, body.detail], [400, "malformed", "У запыце нешта не так."], path)
  }
  for (const hostile of ["' or 1=1 --", "%00", "../../etc/passwd", "a".repeat(300)]) {
    assert.equal(
      (await asked(`/search?q=${encodeURIComponent(hostile)}&brand=${encodeURIComponent(hostile.slice(0, 100))}`)).status,
      200,
      hostile,
    )
  }
})

test("suggestions, a product by number, address and code, a price in a shop, and the shops", async () => {
  const { body: suggested } = await asked(`/search/suggest?q=${encodeURIComponent("шам")}`)
  assert.deepEqual([suggested.queries, suggested.items.length], [["шампунь"], 1])
  const { body } = await asked("/products/g-1")
  assert.deepEqual([body.variants[0].eans, body.variants[0].shops, body.isSold], [[EAN], 1, true])
  for (const id of [body.id, body.slug]) assert.equal((await asked(`/products/${id}`)).body.code, "g-1")
  const price = await asked(`/prices/${EAN}?shop=0001`)
  assert.deepEqual([price.body.price.cardMinor, price.body.stock.quantityMilli, price.body.shop], [1790, 2000, "0001"])
  const { body: shops } = await asked("/shops")
  assert.deepEqual(
    shops.map(({ id }: { id: string }) => id),
    ["0001"],
  )
  assert.equal((await asked("/shops/0001")).body.city, "Минск")
})

test("what is not there is 404 with its own code", async () => {
  const codes = await Promise.all(
    ["/products/none", "/prices/96385074", `/prices/${EAN}?shop=none`, "/shops/none"].map((path) => asked(path)),
  )
  assert.deepEqual(
    codes.map(({ status, body }) => [status, body.code]),
    [
      [404, "product_not_found"],
      [404, "price_not_found"],
      [404, "shop_not_found"],
      [404, "shop_not_found"],
    ],
  )
})

test("the document names every route, and every answer carries what it promises", async () => {
  const { body } = await asked("/catalog.json")
  assert.equal(body.openapi, "3.1.0")
  assert.deepEqual(Object.keys(body.paths).toSorted(), [
    "/prices/{ean}",
    "/products/{id}",
    "/search",
    "/search/suggest",
    "/shops",
    "/shops/{id}",
  ])
})
