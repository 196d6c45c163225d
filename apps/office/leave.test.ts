import { putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { rotatingCode } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import { aShop } from "@mila/shops/testing"
import { authorise, calculate, identify, recordReceipts, type Sale, tillById } from "@mila/tills"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let shop: string
let tillId: number
let people = 0
let receipts = 0
const cream = aProduct({ regularPriceMinor: minor(10_000), cardPriceMinor: minor(10_000) })

before(async () => {
  office = await anOffice()
  shop = (await office.ask("POST", "/shops", { body: aShop() })).body.code
  tillId = (await office.ask("POST", "/tills", { body: { shop, till: 1 } })).body.tillId
  await inTransaction(office.db, (tx) => putProducts(tx, [cream], { at: new Date() }))
})
after(closeTestDatabases)

type Person = { memberId: number; cardId: number; number: string; phone: string }

async function aPerson(points: number): Promise<Person> {
  people += 1
  const phone = `+37529555${String(people).padStart(4, "0")}`
  const { memberId } = (await office.ask("POST", "/members", { body: { name: { family: "", given: "Вера" }, phone } })).body
  const { cardId, number } = (await office.ask("POST", `/members/${memberId}/cards`)).body
  if (points > 0) {
    const give = { body: { points, reason: "goodwill" }, headers: { "idempotency-key": `leave-${people}` } }
    await office.ask("POST", `/members/${memberId}/adjustments`, give)
  }
  return { memberId, cardId, number, phone }
}

const leave = (memberId: number, givesUp: number, key?: string) =>
  office.ask("POST", `/members/${memberId}/leave`, { body: { givesUp }, ...(key === undefined ? {} : { key }) })
const sale = (number: string): Sale => ({
  ...{
    storeCode: shop,
    tillNo: 1,
    shift: 1,
    number: (receipts += 1),
    soldAt: office.context.clock.now().toISOString(),
    totalMinor: 10_000,
  },
  lines: [{ no: 1, sku: cream.sku, quantityMilli: 1_000, priceMinor: 10_000, amountMinor: 10_000 }],
  ...{ tenders: [{ type: "card", amountMinor: 10_000 }], identifier: { type: "card13", value: number } },
})
const sell = (told: Sale) =>
  inTransaction(office.db, async (tx) => {
    const till = await tillById(tx, tillId)
    const [given] = await recordReceipts(tx, [{ till, requestKey: null, sale: told, locale: "ru" }], { at: office.context.clock.now() })
    assert.equal(given?.outcome, "given")
    return JSON.parse((given as { answer: string }).answer)
  })
const sound = async () => assert.deepEqual((await office.ask("POST", "/ledger/check")).body.findings, [])

test("who leaves gives up what they were shown: points are cancelled, cards removed, the person forgotten, and told a last time", async () => {
  const { memberId, number, phone } = await aPerson(300)
  assert.equal((await sell(sale(number))).earned, 100)
  const shown = await leave(memberId, 300)
  assert.deepEqual([shown.status, shown.body.code, shown.body.pending, shown.body.available], [409, "points_changed", 100, 300])
  assert.equal((await office.ask("GET", `/members/${memberId}`)).body.state, "active", "nothing happened")

  const { status, body } = await leave(memberId, 400)
  assert.deepEqual([status, body], [200, { memberId, pending: 100, available: 300, owed: 0, cardsRemoved: 1 }])
  const { body: member } = await office.ask("GET", `/members/${memberId}`)
  assert.deepEqual([member.state, member.maskedName], ["left", ""])
  assert.equal((await office.ask("POST", "/members/search", { body: { phone } })).status, 404)
  const told = await office.ask("GET", `/outbox?to=${encodeURIComponent(phone)}`)
  assert.equal(told.body.messages[0].text, "Мила: участие закончено, бонусы аннулированы: 400.")
  const { body: statement } = await office.ask("GET", `/members/${memberId}/statement`)
  assert.deepEqual(
    [statement.entries[0].kind, statement.entries[0].text, statement.entries[0].balance.available],
    ["leave", "Участие закончилось, бонусы аннулированы: 400.", 0],
  )
  assert.deepEqual([(await leave(memberId, 0)).status, (await leave(memberId, 0)).body.code], [409, "member_left"])
  await sound()
})

test("what a till brings after somebody left is kept and is nobody's; the phone may come back, with nothing", async () => {
  const { memberId, number, phone } = await aPerson(50)
  const early = sale(number) // sold before, told after
  await leave(memberId, 50)
  const late = await sell(early)
  assert.deepEqual([late.earned, (await office.ask("GET", `/receipts/${late.receiptId}`)).body.memberId], [0, null])
  assert.deepEqual((await office.ask("GET", `/members/${memberId}/balance`)).body.balance, { pending: 0, available: 0, held: 0, owed: 0 })
  const again = await office.ask("POST", "/members", { body: { name: { family: "", given: "Вера" }, phone } })
  assert.equal(again.status, 201)
  assert.notEqual(again.body.memberId, memberId)
  await sound()
})

/** As a till does it: the phone's code, the calculation, the points set aside. */
async function setAside(person: Person, points: number): Promise<{ authId: string; purchaseId: string; identifier: Sale["identifier"] }> {
  const { body: phone } = await office.ask("POST", `/cards/${person.cardId}/devices`, { body: { name: "phone" } })
  const at = office.context.clock.now()
  const purchaseId = `p-${person.memberId}`
  return inTransaction(office.db, async (tx) => {
    const till = await tillById(tx, tillId)
    const code = rotatingCode({ number: person.number, ...phone, at })
    const met = await identify(tx, { till, identifier: { type: "rotating", value: code }, locale: "ru", at })
    assert.ok("memberRef" in met)
    const identifier = { type: "memberRef", value: met.memberRef } as const
    const { lines, tenders } = sale(person.number)
    const asked = { till, purchaseId, identifier, lines, tenders, redeem: { mode: "max" }, coupons: [], locale: "ru", at } as const
    const quote = await calculate(tx, asked)
    assert.ok("quoteId" in quote && quote.quoteId !== null)
    const held = await authorise(tx, { till, purchaseId, quoteId: quote.quoteId, points, proof: null, at })
    assert.ok("authId" in held)
    return { authId: held.authId, purchaseId, identifier }
  })
}

test("points set aside at a till are given back first, and given up with the rest", async () => {
  const person = await aPerson(900)
  await setAside(person, 500)
  assert.deepEqual((await leave(person.memberId, 900)).body.available, 900)
  await sound()
})

test("A27: merged between setting aside and the receipt, the purchase is paid from what both had, once", async () => {
  const [from, into] = [await aPerson(600), await aPerson(10)]
  const { identifier, ...held } = await setAside(from, 500)
  const { body: asked } = await office.ask("POST", `/members/${from.memberId}/merge`, { body: { into: into.memberId } })
  const { key } = await office.signIn()
  assert.equal((await office.ask("POST", `/approvals/${asked.approvalId}/approve`, { key })).status, 200)
  const told = { ...sale(from.number), ...held, identifier: identifier ?? null, redeemed: { points: 500 } }
  const answer = await sell(told)
  assert.deepEqual([answer.status, answer.redeemed, answer.owing], ["accepted", 500, 0])
  const { body } = await office.ask("GET", `/members/${from.memberId}/balance`)
  assert.deepEqual([body.memberId, body.balance.available, body.balance.held], [into.memberId, 110, 0])
  await sell(told)
  assert.equal((await office.ask("GET", `/members/${into.memberId}/balance`)).body.balance.available, 110, "told twice, it is paid once")
  await sound()
})

test("twenty clerks at once end a membership once; nobody ends their own, and it takes a right of its own", async () => {
  const { memberId } = await aPerson(70)
  const told = await Promise.all(Array.from({ length: 20 }, () => leave(memberId, 70)))
  assert.deepEqual(
    told.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, ...Array.from({ length: 19 }, () => 409)],
  )
  const other = await aPerson(0)
  const clerk = await office.signIn(["members.write", "members.read"])
  assert.equal((await leave(other.memberId, 0, clerk.key)).status, 403)
  const own = await office.signIn(["members.leave"], other.memberId)
  assert.equal((await leave(other.memberId, 0, own.key)).body.code, "own_points")
  assert.equal((await leave(9_999_999, 0)).status, 404)
  assert.equal((await leave(other.memberId, 0.5)).status, 422)
  await sound()
})
