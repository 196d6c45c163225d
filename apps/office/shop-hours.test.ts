import { inTransaction } from "@mila/kernel"
import { outboxOf } from "@mila/messages"
import { checkPrice, putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { claimPrice, recordUnknownCodes, sealShownPrice, shownPriceOf } from "@mila/pricecheck"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
const WEEK = [...Array.from({ length: 6 }, () => "09:00-21:00"), "closed"]
const UNKNOWN = "4810000000018"

before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => openShop(tx, { ...aShop({ code: "0001" }), at: office.context.clock.now() }))
})
after(closeTestDatabases)

test("a clerk sets hours, phone and services; it is written down; what is not hours is refused", async () => {
  const { status, body } = await office.ask("PATCH", "/shops/0001", { body: { week: WEEK, holiday: "10:00-18:00", services: ["parking"] } })
  assert.deepEqual([status, body.week[6], body.holiday, body.services], [200, "closed", "10:00-18:00", ["parking"]])
  assert.equal((await office.ask("GET", "/shops/0001")).body.week[0], "09:00-21:00")
  const wrong = await office.ask("PATCH", "/shops/0001", { body: { week: WEEK.map(() => "29:00-30:00") } })
  assert.deepEqual([wrong.status, wrong.body.code], [422, "shop_hours_invalid"])
  const { body: trail } = await office.ask("GET", "/audit?object=shop:0001")
  assert.ok(JSON.stringify(trail).includes("shop.details"))
})

test("special days are set, listed and taken back", async () => {
  const reason = { ru: "Ремонт", be: "Рамонт", en: "Repairs" }
  const asked = { fromDay: "2026-12-01", toDay: "2026-12-05", hours: "closed", reason }
  const made = await office.ask("POST", "/shops/0001/special-hours", { body: asked })
  assert.deepEqual([made.status, made.body.reason.ru], [201, "Ремонт"])
  assert.equal((await office.ask("GET", "/shops/0001/special-hours?from=2026-11-24")).body.specialHours.length, 1)
  assert.equal((await office.ask("POST", `/shops/0001/special-hours/${made.body.id}/end`)).status, 200)
  assert.equal((await office.ask("POST", `/shops/0001/special-hours/${made.body.id}/end`)).status, 404)
  assert.deepEqual((await office.ask("GET", "/shops/0001/special-hours?from=2026-11-24")).body.specialHours, [])
})

test("a service is named in three languages, and offered then", async () => {
  const name = { ru: "Колористика", be: "Каларыстыка", en: "Colour advice" }
  assert.equal((await office.ask("PATCH", "/shops/0001", { body: { services: ["colour"] } })).body.code, "shop_service_unknown")
  assert.equal((await office.ask("PUT", "/shop-services/colour", { body: { name, position: 20 } })).status, 200)
  assert.deepEqual((await office.ask("PATCH", "/shops/0001", { body: { services: ["colour"] } })).body.services, ["colour"])
})

test("who may only look changes nothing", async () => {
  const { key } = await office.signIn(["shops.read", "pricecheck.read"])
  const tries = [
    ["PATCH", "/shops/0001", { phone: null }],
    ["POST", "/shops/0001/special-hours", { fromDay: "2026-12-01", toDay: "2026-12-01", hours: "closed" }],
    ["PUT", "/shop-services/colour", { name: { ru: "х", be: "х", en: "x" }, position: 1 }],
    ["POST", `/unknown-codes/${UNKNOWN}/settle`, { note: "x" }],
    ["POST", "/price-claims/1001/answer", { outcome: "no_fault", answer: "x" }],
  ] as const
  for (const [method, path, body] of tries) assert.equal((await office.ask(method, path, { key, body })).status, 403, path)
})

test("codes nobody knows are listed by how often they were asked, and settled with a word", async () => {
  const at = office.context.clock.now()
  const seen = [{ code: UNKNOWN, shop: "0001", seenAt: at }]
  await inTransaction(office.db, (tx) => recordUnknownCodes(tx, { seen, network: "203.0.113", at }))
  assert.deepEqual((await office.ask("GET", "/unknown-codes?state=open")).body.codes[0].times, 1)
  assert.equal(
    (await office.ask("POST", `/unknown-codes/${UNKNOWN}/settle`, { body: { note: "Заведён в 1С" } })).body.codes[0].state,
    "settled",
  )
  assert.equal((await office.ask("POST", `/unknown-codes/${UNKNOWN}/settle`, { body: { note: "ещё раз" } })).status, 404)
})

test("a claim is answered once, and the guest who left a phone is told", async () => {
  const at = office.context.clock.now()
  const product = aProduct()
  const contact = "+375290000077"
  const claim = await inTransaction(office.db, async (tx) => {
    await putProducts(tx, [product], { at })
    const checked = await checkPrice(tx, { ean: product.eans[0]!, shop: "0001", at })
    const sealed = sealShownPrice(tx, shownPriceOf(checked!, { shop: "0001", at }))
    return claimPrice(tx, {
      ...{
        evidence: { sealed },
        tillMinor: 2_490,
        memberId: null,
        device: "phone",
        contact,
        words: null,
        locale: "be",
        network: "203.0.113",
        at,
      },
    })
  })
  const { body } = await office.ask("GET", "/price-claims?state=open")
  assert.deepEqual([body.claims[0].shown.cardMinor, body.claims[0].tillMinor, body.claims[0].contact], [1790, 2_490, contact])
  const answer = { outcome: "till_wrong", answer: "Касса исправлена, разницу вернём." }
  assert.equal((await office.ask("POST", `/price-claims/${claim.claimId}/answer`, { body: answer })).body.state, "answered")
  assert.equal((await office.ask("POST", `/price-claims/${claim.claimId}/answer`, { body: answer })).body.code, "price_claim_answered")
  const [message] = await inTransaction(office.db, (tx) => outboxOf(tx, { to: contact }))
  assert.match(message!.text, new RegExp(`адказ на зварот пра цану ${claim.claimId}`))
})
