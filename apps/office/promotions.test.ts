import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
// 19.90, with a card 17.90, never below 10.00
const cream = aVariant({ sku: "cream", minPriceMinor: minor(1000) })
const soap = aVariant({ sku: "soap", regularPriceMinor: minor(500), cardPriceMinor: minor(500) })
const groups = [aGroup({ code: "cream", variants: [cream] }), aGroup({ code: "soap", variants: [soap] })]

before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => putGroups(tx, groups, { at: new Date("2026-11-01T09:00:00Z") }))
})
after(closeTestDatabases)

const named = (text: string) => ({ ru: text, be: text, en: text })
const words = { name: named("Чёрная пятница"), terms: named("Пока есть в магазинах") }
const days = { firstDay: "2026-11-27", lastDay: "2026-11-29" }
const put = (code: string, goods: object[], wishes: object = {}, key?: string) =>
  office.ask("PUT", `/promotions/${code}`, { body: { ...words, ...days, goods, ...wishes }, ...(key === undefined ? {} : { key }) })
const priceOf = (code: string, at: string) =>
  inTransaction(office.db, async (tx) => {
    const { regularMinor, cardMinor, promotion } = (await groupByCode(tx, { code, at: new Date(at) }))!.variants[0]!.price
    return [regularMinor, cardMinor, promotion]
  })

test("a promotion holds on whole days of Minsk, with percents, a price, or a price for the card alone", async () => {
  const { status, body } = await put("friday", [
    { sku: "cream", percent: 25 },
    { sku: "soap", cardMinor: 400 },
  ])
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.startsAt, body.endsAt, body.state], ["2026-11-26T21:00:00.000Z", "2026-11-29T21:00:00.000Z", "ahead"])
  assert.deepEqual(body.prices, [
    { sku: "cream", priceMinor: 1492, cardMinor: 1342 },
    { sku: "soap", priceMinor: null, cardMinor: 400 },
  ])
  assert.deepEqual(await priceOf("cream", "2026-11-26T20:59:59Z"), [1990, 1790, null])
  assert.deepEqual(await priceOf("cream", "2026-11-26T21:00:00Z"), [1492, 1342, "friday"])
  assert.deepEqual(await priceOf("soap", "2026-11-29T20:59:59Z"), [500, 400, "friday"])
  assert.deepEqual(await priceOf("soap", "2026-11-29T21:00:00Z"), [500, 500, null])
})

test("said anew, its goods are exactly those given; percents stop at a product's lowest price", async () => {
  await put("winter", [
    { sku: "cream", percent: 10 },
    { sku: "soap", priceMinor: 450 },
  ])
  const { body } = await put("winter", [{ sku: "cream", percent: 90 }])
  assert.deepEqual(body.prices, [{ sku: "cream", priceMinor: 1000, cardMinor: 1000 }])
  assert.deepEqual(await priceOf("soap", "2026-11-28T09:00:00Z"), [500, 400, "friday"])
  const { body: list } = await office.ask("GET", "/promotions")
  assert.deepEqual(
    list.promotions.map(({ code, firstDay, lastDay, goods }: any) => [code, firstDay, lastDay, goods]),
    [
      ["friday", "2026-11-27", "2026-11-29", 2],
      ["winter", "2026-11-27", "2026-11-29", 1],
    ],
  )
})

test("what lowers nothing, is too low, names nobody's goods or a wrong period is refused whole, with the reason", async () => {
  const refusals: [object[], object, string][] = [
    [[{ sku: "cream", priceMinor: 1990 }], {}, "promotion_lowers_nothing"],
    [[{ sku: "cream" }], {}, "promotion_lowers_nothing"],
    [[{ sku: "cream", priceMinor: 999 }], {}, "promotion_below_lowest"],
    [[{ sku: "cream", priceMinor: 1500, cardMinor: 1600 }], {}, "card_price_above_regular"],
    [
      [
        { sku: "soap", percent: 5 },
        { sku: "nobody", percent: 5 },
      ],
      {},
      "promotion_goods_unknown",
    ],
    [[{ sku: "soap", percent: 5 }], { lastDay: "2026-11-26" }, "promotion_period_invalid"],
    [[{ sku: "soap", percent: 5 }], { firstDay: "2026-11-01", lastDay: "2026-11-22" }, "promotion_period_invalid"],
  ]
  for (const [goods, wishes, code] of refusals) {
    const { status, body } = await put("wrong", goods, wishes)
    assert.deepEqual([status, body.code], [422, code], JSON.stringify(goods))
  }
  assert.deepEqual((await put("wrong", [{ sku: "nobody", percent: 5 }])).body.skus, ["nobody"])
  const once = { sku: "soap", percent: 5 }
  for (const goods of [[], [{ sku: "soap", percent: 100 }], [{ ...once, priceMinor: 1 }], [once, { ...once, percent: 6 }]]) {
    const { body } = await put("wrong", goods)
    assert.ok(["malformed", "out_of_range"].includes(body.code), JSON.stringify([goods, body]))
  }
  assert.equal((await put("Wrong", [once])).body.code, "malformed")
  assert.equal((await office.ask("GET", "/promotions/wrong")).body.code, "promotion_not_found")
})

test("one that runs ends now; one ahead is taken back; the trail names who did it, and nobody does it without the right", async () => {
  await put("today", [{ sku: "soap", priceMinor: 300 }], { firstDay: "2026-11-20" })
  assert.deepEqual(await priceOf("soap", "2026-11-23T09:00:00Z"), [300, 300, "today"])
  assert.deepEqual((await office.ask("POST", "/promotions/today/end")).body, { code: "today", ended: true })
  assert.deepEqual(await priceOf("soap", "2026-11-23T20:00:00Z"), [500, 500, null])
  assert.equal((await office.ask("POST", "/promotions/today/end")).body.code, "promotion_over")
  assert.equal((await office.ask("GET", "/promotions/today")).body.state, "over")
  assert.deepEqual((await office.ask("POST", "/promotions/winter/end")).body, { code: "winter", ended: false })
  assert.deepEqual(await priceOf("cream", "2026-11-28T09:00:00Z"), [1492, 1342, "friday"])
  assert.equal((await office.ask("POST", "/promotions/winter/end")).status, 404)
  const { body: trail } = await office.ask("GET", "/audit?object=promotion:winter")
  const done = new Set(trail.entries.map(({ action }: { action: string }) => action))
  assert.deepEqual(done, new Set(["promotion.end", "promotion.put"]))
  const { key } = await office.signIn(["catalog.read"])
  assert.equal((await put("friday", [{ sku: "soap", percent: 5 }], {}, key)).status, 403)
  assert.equal((await office.ask("POST", "/promotions/friday/end", { key })).status, 403)
  assert.equal((await office.ask("GET", "/promotions", { key })).status, 200)
})
