import { closeTestDatabases } from "@mila/db/testing"
import { DEFAULT_PROGRAMME } from "@mila/loyalty"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let memberId: number
before(async () => {
  office = await anOffice()
  const body = { name: { family: "", given: "Ольга" }, phone: "+375292220001" }
  memberId = (await office.ask("POST", "/members", { body })).body.memberId
})
after(closeTestDatabases)

const twoPercent = {
  ...DEFAULT_PROGRAMME,
  accrual: { ...DEFAULT_PROGRAMME.accrual, rules: DEFAULT_PROGRAMME.accrual.rules.map((rule) => ({ ...rule, rateBps: rule.rateBps * 2 })) },
}

test("until something is published the default holds, and a published version holds from its moment on", async () => {
  assert.equal((await office.ask("GET", "/programme")).body.version, 0)
  const published = await office.ask("POST", "/programme/versions", {
    body: { document: twoPercent, effectiveFrom: "2026-12-01T00:00:00+03:00" },
  })
  assert.equal(published.status, 201)
  assert.equal((await office.ask("GET", "/programme")).body.version, 0)
  const december = await office.ask("GET", "/programme?at=2026-12-01T00:00:00%2B03:00")
  assert.deepEqual([december.body.version, december.body.programme.accrual.rules[0].rateBps], [published.body.version, 200])
  assert.equal((await office.ask("GET", "/programme/versions")).body.versions.length, 2)
  assert.match((await office.ask("GET", `/programme/versions/${published.body.version}`)).body.publishedBy, /^staff:\d+$/)
  assert.equal((await office.ask("GET", "/programme/versions/99")).body.code, "programme_not_found")
})

test("a document with faults is refused with each of them named", async () => {
  const told = await office.ask("POST", "/programme/versions", { body: { document: { ...DEFAULT_PROGRAMME, expiryDays: 0 } } })
  assert.deepEqual([told.status, told.body.code], [422, "programme_invalid"])
  assert.ok(told.body.problems.some(({ path }: any) => path === "expiryDays"))
  assert.equal((await office.ask("POST", "/programme/versions", { body: { document: "x" } })).status, 400)
  const reader = await office.signIn(["programme.read"])
  assert.equal((await office.ask("POST", "/programme/versions", { key: reader.key, body: { document: twoPercent } })).status, 403)
})

test("a draft is run over receipts beside what holds, and changes nothing", async () => {
  const line = {
    line: 1,
    sku: "s",
    category: null,
    brand: null,
    quantityMilli: 1_000,
    priceMinor: 10_000,
    amountMinor: 10_000,
    regularMinor: 10_000,
  }
  const basket = { shop: "0001", soldAt: "2026-11-20T10:00:00Z", lines: [line], tenders: [{ type: "card", amountMinor: 10_000 }] }
  const receipts = [{ earner: { memberId, cardKind: "virtual" }, basket }]
  const { status, body } = await office.ask("POST", "/programme/simulations", { body: { document: twoPercent, receipts } })
  assert.deepEqual([status, body.before, body.draft, body.difference, body.winners], [200, 100, 200, 100, 1])
  assert.equal((await office.ask("GET", `/members/${memberId}/balance`)).body.balance.pending, 0)
})

test("a member's level says what is missing to the next", async () => {
  const { body } = await office.ask("GET", `/members/${memberId}/standing`)
  assert.deepEqual([body.tier, body.next.tier], ["base", "silver"])
  assert.deepEqual((await office.ask("GET", "/programme/budgets")).body, { budgets: [] })
  assert.equal((await office.ask("GET", "/members/9999999/standing")).status, 404)
})
