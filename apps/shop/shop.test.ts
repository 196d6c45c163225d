import { finder, KeptIndex, putGroups, putStock } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases, type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { openShop, setShopDetails, type WeekHours } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import type { Hono } from "hono"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { shopDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const EAN = "4006381333931"
const WEEK: WeekHours = ["09:00-21:00", "09:00-21:00", "09:00-21:00", "09:00-21:00", "09:00-21:00", "10:00-20:00", "closed"]
let own: OwnDb
let search: KeptIndex
let door: Hono

before(async () => {
  own = await ownDb()
  const at = clock.now()
  await inTransaction(own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "0001" }), at })
    await setShopDetails(tx, { code: "0001", week: WEEK, holiday: "10:00-18:00", services: ["parking"] })
    await openShop(tx, { ...aShop({ code: "0002", latitude: 52.094, longitude: 23.685 }), at })
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

test("what an ingredient is left out by is told where it is in no composition", async () => {
  const { body } = await asked("/search?without=parfum&without=abracadabra")
  assert.deepEqual([body.heldByNone.includes("abracadabra"), body.total], [true, 0], "of neither is known what is in it")
  assert.deepEqual((await asked("/search")).body.heldByNone, [])
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
    ["0001", "0002"],
  )
  assert.equal((await asked("/shops/0001")).body.city, "Минск")
})

test("a barcode on several products is answered with one, which the others stand beside; one may be named", async () => {
  const shared = "4810000000018"
  const named = (sku: string, name: string) => aVariant({ sku, name: { ru: name, be: name, en: name }, eans: [shared] })
  await inTransaction(own.db, async (tx) => {
    const at = clock.now()
    await putGroups(
      tx,
      [aGroup({ code: "red", variants: [named("red", "Алая")] }), aGroup({ code: "pink", variants: [named("pink", "Розовая")] })],
      { at },
    )
    await putStock(tx, { shop: "0002", counted: [{ sku: "red", quantityMilli: 1_000 }], countedAt: at, at })
  })
  const told = async (query: string) => {
    const { body } = await asked(`/prices/${shared}${query}`)
    return [body.sku, body.others.map(({ sku, name, price }: any) => [sku, name, price.cardMinor])]
  }
  assert.deepEqual(await told(""), ["pink", [["red", "Алая", 1790]]])
  assert.deepEqual(await told("?shop=0002"), ["red", [["pink", "Розовая", 1790]]], "the one that is there comes first")
  assert.deepEqual(await told("?sku=red"), ["red", [["pink", "Розовая", 1790]]])
  assert.equal((await asked(`/prices/${shared}?sku=none`)).body.code, "price_not_found")
  assert.deepEqual((await asked(`/prices/${EAN}`)).body.others, [])
})

test("a shop tells its week, holidays, services and whether it is open now, by the clocks of Minsk", async () => {
  const { body } = await asked("/shops/0001", { "accept-language": "be" })
  assert.deepEqual(
    [body.hours, body.holidayHours, body.today, body.openNow, body.openUntil],
    [WEEK, "10:00-18:00", "09:00-21:00", true, "21:00"],
  )
  assert.deepEqual([body.services, body.geo], [[{ code: "parking", name: "Паркоўка" }], { latitude: 53.9, longitude: 27.56 }])
  assert.deepEqual([body.days.length, body.days[6].day, body.days[6].hours], [14, "2026-11-29", "closed"])
  assert.equal((await asked("/shops/0002")).body.openNow, null)
})

test("shops are asked for by place, stock, services and being open; what is no place is malformed", async () => {
  const idsOf = async (query: string) => (await asked(`/shops?${query}`)).body.map(({ id }: { id: string }) => id)
  assert.deepEqual(await idsOf("near=52.1,23.7"), ["0002", "0001"])
  assert.ok((await asked("/shops?near=52.1,23.7")).body[0].distanceMetres < 2_000)
  assert.deepEqual(await idsOf(`stock=${EAN}`), ["0001"])
  assert.deepEqual(await idsOf("stock=96385074"), [])
  assert.deepEqual(await idsOf("open=now"), ["0001"])
  assert.deepEqual(await idsOf("service=parking&service=pickup"), [])
  assert.deepEqual(await idsOf(`q=${encodeURIComponent("минск")}`), ["0001", "0002"])
  for (const wrong of ["near=91,27", "near=here", "stock=abc", "open=later"])
    assert.equal((await asked(`/shops?${wrong}`)).status, 400, wrong)
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
  const names = Object.values(body.paths as Record<string, { get: { operationId: string } }>).map(({ get }) => get.operationId)
  assert.deepEqual(
    names.toSorted(),
    ["getPrice", "getProduct", "getShop", "listShops", "search", "suggest"],
    "what generated clients call them",
  )
})
