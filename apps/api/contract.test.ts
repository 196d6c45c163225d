import { aCard } from "@mila/cards/testing"
import { inTransaction } from "@mila/kernel"
import { aReturn, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import * as answers from "./answers.ts"
import { withoutBankCardNumbers } from "@mila/kernel"
import { holdsBankCardNumber } from "./bank-card-guard.ts"
import { ROUTES } from "./contract.ts"
import { openApiDocument } from "./openapi.ts"
import { SAYINGS } from "./sayings.ts"
import { STATUSES } from "./statuses.ts"
import { aDoorWithTill, type Received } from "./testing.ts"
import { tillDoor } from "./till-door.ts"

const { door, till } = await aDoorWithTill()

test("every route of the door stands in the contract, and every one of the contract is there", () => {
  const { routes } = tillDoor({ tillDb: door.db, clock: door.clock, log: { info() {}, warn() {}, error() {} } })
  const served = routes
    .filter(({ path }) => path.startsWith("/pos/v1/") && !path.endsWith("openapi.json"))
    .map(({ method, path }) => `${method} ${path}`)
  const promised = ROUTES.map(({ method, path }) => `${method.toUpperCase()} /pos/v1${path.replace(/\{(\w+)\}/g, ":$1")}`)
  assert.deepEqual([...new Set(served)].toSorted(), promised.toSorted())
})

test("the document is OpenAPI 3.1: every reference leads somewhere, every operation has a name of its own, answers and problems", () => {
  const document = openApiDocument() as {
    openapi: string
    paths: Record<string, Record<string, any>>
    components: { schemas: Record<string, unknown> }
  }
  assert.equal(document.openapi, "3.1.0")
  const text = JSON.stringify(document)
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) assert.ok(document.components.schemas[name!], name)
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  assert.equal(operations.length, ROUTES.length)
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
  for (const { responses, summary, description, tags } of operations) {
    assert.ok(summary && description && tags.length === 1)
    assert.ok(Object.keys(responses).some((status) => status.startsWith("2")) && responses["503"])
  }
  assert.deepEqual(Object.keys(STATUSES).toSorted(), Object.keys(SAYINGS).toSorted())
})

test("every answer is what the document says it is", async () => {
  const { number } = await inTransaction(door.db, (tx) => aCard(tx))
  const at = door.clock.now().toISOString()
  const head = { storeCode: till.shop, tillNo: till.till }
  const identifier = { type: "card13", value: number } as const
  const fits = (shape: { safeParse(value: unknown): { success: boolean; error?: unknown } }, received: Received, status: number) => {
    assert.equal(received.status, status, received.text)
    const read = shape.safeParse(received.body)
    assert.ok(read.success, `${received.text}\n${String(read.error)}`)
    return received
  }
  fits(answers.Identified, await till.post("/identify", { ...head, identifier, at }), 200)
  fits(answers.ConfirmationSent, await till.post("/confirmations", { ...head, identifier, at }), 201)
  const sale = aSale(till, { identifier })
  fits(
    answers.Calculated,
    await till.post("/calculate", { ...head, purchaseId: "p", identifier, at, lines: sale.lines, coupons: ["SPRING"] }),
    200,
  )
  fits(answers.Calculated, await till.post("/calculate", { ...head, purchaseId: "p", at, lines: sale.lines }), 200)
  const recorded = fits(answers.ReceiptRecorded, await till.post("/receipts", sale), 201)
  fits(answers.ReceiptRecorded, await till.post("/receipts", aSale(till, { totalMinor: 1 })), 202)
  fits(answers.ReceiptRecorded, await till.post("/receipts", { ...sale, cashier: "else" }), 202)
  fits(answers.Receipt, await till.get(`/receipts/${recorded.body.receiptId}`), 200)
  fits(answers.ReturnRecorded, await till.post("/returns", aReturn(till, { sale: recorded.body.receiptId })), 201)
  fits(answers.ReturnRecorded, await till.post("/returns", aReturn(till, { sale: `${till.shop}-3-17-999999` })), 202)
  const other = await till.post("/receipts", aSale(till, { identifier }))
  fits(answers.Cancelled, await till.post(`/receipts/${other.body.receiptId}/cancel`, { ...head, cancelledAt: at }), 200)
  fits(answers.JournalRecorded, await till.post("/journal", { ...head, items: [{ type: "sale", ...aSale(till) }, {}] }), 200)
  fits(answers.Pack, await till.get("/offline-pack"), 200)
  fits(answers.Gaps, await till.get("/gaps"), 200)
  fits(answers.Problem, await till.post("/identify", { ...head, identifier: { type: "card13", value: "1" }, at }), 404)
})

test("a problem is said in the language that was asked for", async () => {
  const ask = (language: string) =>
    till.post(
      "/identify",
      { storeCode: till.shop, tillNo: till.till, identifier: { type: "card13", value: "1" }, at: door.clock.now().toISOString() },
      { language },
    )
  const said = await Promise.all(
    ["ru", "be-BY,ru;q=0.5", "de, en;q=0.8, ru;q=0.2", "de"].map(async (language) => (await ask(language)).body.detail),
  )
  assert.deepEqual(said, ["Карта не найдена.", "Картка не знойдзена.", "Card not found.", "Карта не найдена."])
})

test("the readable page comes from our own origin alone", async () => {
  const page = await fetch(`${door.url}/docs`)
  assert.equal(page.status, 200)
  assert.match(page.headers.get("content-security-policy")!, /default-src 'none'; script-src 'self'/)
  const html = await page.text()
  assert.doesNotMatch(html, /https?:/)
  for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const file = await fetch(door.url + path)
    assert.equal(file.status, 200, path)
    await file.arrayBuffer()
  }
  assert.equal((await fetch(`${door.url}/docs/..%2fpackage.json`)).status, 404)
})

test("a bank card number is found wherever it stands, and what merely looks long is not one", () => {
  const holds = (value: unknown) => holdsBankCardNumber(JSON.stringify(value), value)
  assert.ok(holds({ a: [{ b: "card 4111-1111-1111-1111!" }] }))
  assert.ok(holds({ a: 4111111111111111 }))
  assert.ok(holds({ "4111111111111111": 1 }))
  assert.ok(!holds({ code: "29900000000170141111111", uid: "4111111111111111ABCDEF00", id: "41111111-1111-4111-8111-111111111111" }))
  assert.ok(!holds({ sku: "2000000000015", sums: [1000, 2000], at: "2026-11-23T12:31:07.123+03:00" }))
  assert.deepEqual(withoutBankCardNumbers({ a: ["4111111111111111", 5], b: "x" }), { a: ["[bank card number]", 5], b: "x" })
  let deep: unknown = 1
  for (let nth = 0; nth < 100_000; nth += 1) deep = [deep]
  assert.ok(JSON.stringify(withoutBankCardNumbers(deep)).includes("too deep"))
})
