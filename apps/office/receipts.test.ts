import { putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { rotatingCode } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { addDays, dayIn, inTransaction, MINSK, minor } from "@mila/kernel"
import { settleDue } from "@mila/ledger"
import { jobs as loyaltyJobs, settleNotices } from "@mila/loyalty"
import { takeQueued } from "@mila/messages"
import { authorise, calculate, identify, recordReceipts, recordReturn, type Sale, tillById } from "@mila/tills"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let shop: string
let tillId: number
let memberId: number
let card: string
let receipts = 0
const cream = aProduct({ regularPriceMinor: minor(10_000), cardPriceMinor: minor(10_000) })

before(async () => {
  office = await anOffice()
  shop = (await office.ask("POST", "/shops", { body: aShop() })).body.code
  tillId = (await office.ask("POST", "/tills", { body: { shop, till: 1 } })).body.tillId
  memberId = (await office.ask("POST", "/members", { body: { name: { family: "", given: "Ольга" }, phone: "+375294440001" } })).body
    .memberId
  card = (await office.ask("POST", `/members/${memberId}/cards`)).body.number
  await inTransaction(office.db, (tx) => putProducts(tx, [cream], { at: new Date() }))
})
after(closeTestDatabases)

function aSale(wishes: Partial<Sale> = {}): Sale {
  receipts += 1
  return {
    ...{ storeCode: shop, tillNo: 1, shift: 1, number: receipts, soldAt: "2026-11-22T12:00:00+03:00", totalMinor: 10_000 },
    lines: [{ no: 1, sku: cream.sku, quantityMilli: 1_000, priceMinor: 10_000, amountMinor: 10_000 }],
    tenders: [{ type: "card", amountMinor: 10_000 }],
    identifier: { type: "card13", value: card },
    ...wishes,
  }
}

async function sell(sale: Sale): Promise<string> {
  const at = office.context.clock.now()
  const till = await inTransaction(office.db, (tx) => tillById(tx, tillId))
  const [given] = await inTransaction(office.db, (tx) => recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at }))
  assert.equal(given?.outcome, "given")
  return `${shop}-1-1-${sale.number}`
}

async function takeBack(receiptId: string, { number }: { number: number }): Promise<void> {
  const at = office.context.clock.now()
  const till = await inTransaction(office.db, (tx) => tillById(tx, tillId))
  const back = {
    ...{ storeCode: shop, tillNo: 1, shift: 1, number, returnedAt: "2026-11-23T11:00:00+03:00" },
    ...{ original: { receiptId }, lines: [{ no: 1, quantityMilli: 1_000 }] },
  }
  await inTransaction(office.db, (tx) => recordReturn(tx, { till, requestKey: null, return: back, locale: "ru" }, { at }))
}

test("a receipt is told whole, with every number explained in the language asked for", async () => {
  const receiptId = await sell(aSale())
  const { status, body } = await office.ask("GET", `/receipts/${receiptId}`, { headers: { "accept-language": "be" } })
  assert.deepEqual([status, body.state, body.earned, body.memberId], [200, "settled", 100, memberId])
  assert.ok(body.explanation.length > 0 && body.explanation.every(({ text }: any) => text.length > 5))
  assert.ok(!JSON.stringify(body).includes(card))
  const inEnglish = await office.ask("GET", `/receipts/${receiptId}`, { headers: { "accept-language": "en" } })
  assert.notEqual(inEnglish.body.explanation[0].text, body.explanation[0].text)
  assert.equal((await office.ask("GET", "/receipts/nothing")).body.code, "receipt_not_found")
})

test("a member's receipts come in pages that neither shift nor repeat", async () => {
  for (let day = 1; day <= 3; day += 1) await sell(aSale({ soldAt: `2026-11-1${day}T10:00:00+03:00` }))
  const seen: string[] = []
  for (let before = ""; ;) {
    const { body } = await office.ask("GET", `/members/${memberId}/receipts?most=2${before}`)
    seen.push(...body.receipts.map(({ receiptId }: any) => receiptId))
    if (body.next === null) break
    before = `&before=${body.next}`
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.equal(seen.length, receipts)
  assert.equal((await office.ask("GET", `/members/${memberId}/receipts?before=rubbish`)).body.code, "malformed")
  assert.equal((await office.ask("GET", `/tills/${tillId}/receipts`)).body.receipts.length, receipts)
})

test("a statement tells sales, activation, returns and corrections, each explained, page by page", async () => {
  const receiptId = await sell(aSale())
  const at = office.context.clock.now()
  await takeBack(receiptId, { number: 900 })
  await inTransaction(office.db, (tx) => settleDue(tx, { today: addDays(dayIn(MINSK, at), 30), at, most: 500 }))
  const give = { body: { points: 7, reason: "goodwill" }, headers: { "idempotency-key": "s-1" } }
  await office.ask("POST", `/members/${memberId}/adjustments`, give)

  const { body } = await office.ask("GET", `/members/${memberId}/statement`, { headers: { "accept-language": "en" } })
  const kinds = body.entries.map(({ kind }: any) => kind)
  assert.deepEqual(
    [kinds[0], kinds.includes("activation"), kinds.includes("return"), kinds.includes("receipt")],
    ["adjustment", true, true, true],
  )
  assert.match(body.entries.find(({ kind }: any) => kind === "activation").text, /: \d+\. For purchases: 11\.11\.2026, .*22\.11\.2026\.$/)
  assert.equal(body.entries[0].text, "Balance corrected by our staff, points: +7. Reason: goodwill gesture.")
  for (const { text, explanation, receipt } of body.entries) assert.ok(text !== null || (explanation.length > 0 && receipt !== null))
  const first = await office.ask("GET", `/members/${memberId}/statement?most=2`)
  const second = await office.ask("GET", `/members/${memberId}/statement?most=2&before=${first.body.next}`)
  const ids = [...first.body.entries, ...second.body.entries].map(({ transactionId }: any) => transactionId)
  assert.deepEqual(
    ids,
    body.entries.slice(0, 4).map(({ transactionId }: any) => transactionId),
  )
  assert.equal((await office.ask("GET", `/members/${memberId}/statement?most=0`)).status, 422)
})

/** How many statements the database is asked while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const client = await office.db.pool.connect()
  const prototype = Object.getPrototypeOf(client)
  client.release()
  const { query } = prototype
  let asked = 0
  prototype.query = function (...args: unknown[]) {
    asked += 1
    return query.apply(this, args)
  }
  try {
    await work()
  } finally {
    prototype.query = query
  }
  return asked
}

test("a page of fifty movements asks the database no more often than a page of five", async () => {
  for (let number = 901; number < 903; number += 1) await takeBack(await sell(aSale()), { number })
  for (let number = 0; number < 4; number += 1) {
    const give = { body: { points: 7, reason: "goodwill" }, headers: { "idempotency-key": `many-${number}` } }
    await office.ask("POST", `/members/${memberId}/adjustments`, give)
  }
  await takeBack(await sell(aSale()), { number: 903 }) // so that each kind is on the small page too
  const at = office.context.clock.now()
  await sell(aSale())
  await inTransaction(office.db, (tx) => settleDue(tx, { today: addDays(dayIn(MINSK, at), 30), at, most: 500 }))
  const page = (most: number) => office.ask("GET", `/members/${memberId}/statement?most=${most}`)
  assert.ok((await page(50)).body.entries.length > 8)
  assert.equal(await statementsOf(() => page(50)), await statementsOf(() => page(5)))
})

test("a statement says what ends soon, and of what ended when its member was told", async () => {
  const { body: other } = await office.ask("POST", "/members", { body: { name: { family: "", given: "Ірина" }, phone: "+375294440009" } })
  const give = { body: { points: 70, reason: "goodwill", expiresOn: "2026-12-20" }, headers: { "idempotency-key": "soon" } }
  await office.ask("POST", `/members/${other.memberId}/adjustments`, give)
  const at = office.context.clock.now()
  const told = async () => (await office.ask("GET", `/members/${other.memberId}/statement`, { headers: { "accept-language": "ru" } })).body
  assert.deepEqual((await told()).expiring, [{ day: "2026-12-20", points: 70, text: "Сгорят после 20.12.2026: 70." }])
  const run = (name: string) => loyaltyJobs.find((job) => job.name === name)!.run(office.db, { at, now: () => at })
  await run("remindOfExpiry")
  await inTransaction(office.db, async (tx) => {
    const settled = (await takeQueued(tx, { most: 100 })).map(({ messageId }) => ({ messageId, outcome: "sent" as const }))
    await settleNotices(tx, { settled, at })
  })
  const { body } = await office.ask("GET", `/members/${other.memberId}/expiry`)
  assert.deepEqual(
    body.notices.map(({ state, channel, points, firstDay }: any) => [state, channel, points, firstDay]),
    [["delivered", "sms", 70, "2026-12-20"]],
  )
  await inTransaction(office.db, (tx) => settleDue(tx, { today: addDays(dayIn(MINSK, at), 28), at, most: 500 }))
  const after = await told()
  assert.deepEqual([after.expiring, after.entries[0].kind], [[], "expiry"])
  assert.equal(after.entries[0].text, "Срок действия закончился, бонусы сгорели: 70. Напоминание отправили 23.11.2026.")
})

test("a receipt that breaks a rule waits, and is released or laid aside by a person", async () => {
  await sell(aSale({ totalMinor: 9_999 }))
  const released = aSale({ lines: [{ no: 1, sku: "unknown", quantityMilli: 1_000, priceMinor: 10_000, amountMinor: 10_000 }] })
  const releasedId = await sell(released)
  const { body } = await office.ask("GET", `/quarantine?shop=${shop}`)
  const [wrongSum, unknownSku] = body.facts
  assert.deepEqual([wrongSum.reasons, unknownSku.reasons], [["sum_differs"], ["sku_unknown"]])
  const decide = (id: number, verb: string) => office.ask("POST", `/quarantine/${id}/${verb}`, { body: { note: "checked with the shop" } })
  assert.equal((await decide(unknownSku.id, "release")).body.receiptId, releasedId)
  assert.equal((await decide(unknownSku.id, "release")).body.code, "quarantine_decided")
  assert.equal((await decide(wrongSum.id, "dismiss")).status, 200)
  assert.equal((await decide(9_999_999, "dismiss")).status, 404)
  assert.equal((await office.ask("GET", `/quarantine?shop=${shop}`)).body.facts.length, 0)
  assert.equal((await office.ask("GET", `/quarantine?shop=${shop}&state=all`)).body.facts.length, 2)
  const reader = await office.signIn(["receipts.read"])
  assert.equal((await office.ask("POST", `/quarantine/${wrongSum.id}/release`, { key: reader.key, body: { note: "x" } })).status, 403)
})

test("what a till counted and we never got is reported until somebody gives it up", async () => {
  await sell(aSale({ sequence: 1 }))
  await sell(aSale({ sequence: 5 }))
  assert.deepEqual((await office.ask("GET", `/tills/${tillId}/gaps`)).body.gaps, [{ from: 2, to: 4 }])
  assert.ok((await office.ask("GET", "/gaps")).body.gaps.some((gap: any) => gap.tillId === tillId && gap.from === 2))
  assert.deepEqual((await office.ask("POST", `/tills/${tillId}/gaps/acknowledge`, { body: { upTo: 4 } })).body.gaps, [])
  assert.equal((await office.ask("GET", "/tills/9999999/gaps")).status, 404)
  assert.deepEqual((await office.ask("GET", "/look-up-misses?since=2026-11-01T00:00:00Z")).body.tills, [])
})

test("blocking a card gives back at once what was set aside with it", async () => {
  const { body: giver } = await office.ask("POST", "/members", { body: { name: { family: "", given: "Ніна" }, phone: "+375294440002" } })
  const { body: hers } = await office.ask("POST", `/members/${giver.memberId}/cards`)
  const { body: phone } = await office.ask("POST", `/cards/${hers.cardId}/devices`, { body: { name: "phone" } })
  const give = { body: { points: 900, reason: "goodwill" }, headers: { "idempotency-key": "b-1" } }
  await office.ask("POST", `/members/${giver.memberId}/adjustments`, give)
  const at = office.context.clock.now()
  const held = await inTransaction(office.db, async (tx) => {
    const till = await tillById(tx, tillId)
    const shown = { type: "rotating", value: rotatingCode({ number: hers.number, ...phone, at }) } as const
    const known = await identify(tx, { till, identifier: shown, locale: "ru", at })
    assert.ok("memberRef" in known)
    const { lines, tenders } = aSale()
    const asked = {
      till,
      purchaseId: "p-1",
      identifier: { type: "memberRef", value: known.memberRef },
      lines,
      tenders,
      redeem: { mode: "max" },
    } as const
    const quote = await calculate(tx, { ...asked, coupons: [], locale: "ru", at })
    assert.ok("quoteId" in quote && quote.quoteId !== null)
    return authorise(tx, { till, purchaseId: "p-1", quoteId: quote.quoteId, points: 500, proof: null, at })
  })
  assert.ok("authId" in held)
  const balance = async () => (await office.ask("GET", `/members/${giver.memberId}/balance`)).body.balance
  assert.deepEqual(await balance(), { pending: 0, available: 400, held: 500, owed: 0 })
  await office.ask("POST", `/cards/${hers.cardId}/block`, { body: { reason: "stolen" } })
  assert.deepEqual(await balance(), { pending: 0, available: 900, held: 0, owed: 0 })
})

test("products are put in batches, found by sku or barcode, and told by what changed", async () => {
  const soap = { ...aProduct(), category: "bath" }
  assert.equal((await office.ask("PUT", "/products", { body: { products: [soap] } })).body.code, "category_not_found")
  await office.ask("PUT", "/categories", { body: { categories: [{ path: "bath", name: { ru: "Ванна", be: "Ванна", en: "Bath" } }] } })
  const put = await office.ask("PUT", "/products", { body: { products: [soap] } })
  assert.deepEqual([put.status, put.body.changed], [200, 1])
  assert.equal((await office.ask("GET", `/products/${soap.sku}`)).body.name.be, soap.name.be)
  assert.equal((await office.ask("GET", `/products/${soap.eans[0]}`)).body.sku, soap.sku)
  assert.equal((await office.ask("GET", "/products/none")).body.code, "product_not_found")
  const changed = await office.ask("GET", `/products?since=${put.body.version - 1}`)
  assert.deepEqual(
    changed.body.products.map(({ sku }: any) => sku),
    [soap.sku],
  )
  assert.equal((await office.ask("GET", "/categories")).body.categories.length, 1)
  assert.equal((await office.ask("PUT", "/products", { body: { products: [{ ...soap, cardPriceMinor: -1 }] } })).status, 422)
})
