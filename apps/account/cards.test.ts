import { batchNumbers, issueBatch, rotatingCode, verifyRotatingCode } from "@mila/cards"
import { aPartnerNumber } from "@mila/cards/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { recordReceipts, type TillIdentity } from "@mila/tills"
import { aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
let till: TillIdentity
let numbers: string[]
before(async () => {
  account = await anAccount()
  const at = account.clock.now()
  await inTransaction(account.db, async (tx) => {
    till = await aTill(tx)
    const { batchId } = await issueBatch(tx, { range: "plastic", count: 5, at, by: "staff:1" })
    numbers = await batchNumbers(tx, { batchId })
  })
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const member = async () => {
  const { token, ...rest } = await aMemberOf(account, aPhone())
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    account.ask(method, path, { token, headers, ...(body === undefined ? {} : { body }) })
  return { token, ask, ...rest }
}
const shown = (card: string) =>
  inTransaction(account.db, (tx) =>
    recordReceipts(tx, [{ till, requestKey: null, sale: aSale(till, { card }), locale: "ru" }], { at: account.clock.now() }),
  )

test("the key of a card makes codes tills take, as the document says they are made; signing out ends it", async () => {
  const { ask, sessionId } = await member()
  const { body: cards } = await ask("GET", "/cards")
  const card = cards.cards[0]
  const { body: key } = await ask("POST", `/cards/${card.cardId}/key`)
  assert.deepEqual([key.algorithm, key.digits, key.stepSeconds], ["sha256", 8, 30])
  const code = () => rotatingCode({ number: card.number, deviceNo: key.deviceNo, secret: key.secret, at: account.clock.now() })
  const tried = () => inTransaction(account.db, (tx) => verifyRotatingCode(tx, { code: code(), at: account.clock.now() }))
  assert.equal((await tried()).status, "valid")
  await ask("DELETE", `/sessions/${sessionId}`)
  account.forward(31_000)
  assert.equal((await tried()).status, "rotating_code_invalid")
})

test("a card is named, blocked, found again, replaced once however often it is asked, and stays; nobody touches another's", async () => {
  const { ask } = await member()
  const stranger = await member()
  const card = (await ask("GET", "/cards")).body.cards[0]
  assert.equal((await ask("PATCH", `/cards/${card.cardId}`, { label: "Мамина" })).body.label, "Мамина")
  assert.equal((await ask("POST", `/cards/${card.cardId}/block`)).body.state, "blocked")
  assert.equal((await ask("POST", `/cards/${card.cardId}/unblock`)).body.state, "active")
  for (const [method, path, body] of [
    ["PATCH", "", { label: "x" }],
    ["POST", "/block", undefined],
    ["DELETE", "", undefined],
    ["POST", "/key", undefined],
  ] as const) {
    const [theirs, none] = [
      await stranger.ask(method, `/cards/${card.cardId}${path}`, body),
      await stranger.ask(method, `/cards/999999${path}`, body),
    ]
    assert.deepEqual([theirs.status, theirs.body], [404, none.body], `${method} ${path}: somebody else's is as if there were none`)
  }
  assert.equal((await ask("POST", `/cards/${card.cardId}/replace`)).body.code, "idempotency_key_missing")
  const replaced = () => ask("POST", `/cards/${card.cardId}/replace`, undefined, { "idempotency-key": "lost-1" })
  const [first, again] = [await replaced(), await replaced()]
  assert.deepEqual([first.status, again.body, again.headers.get("idempotency-replayed")], [200, first.body, "true"])
  assert.notEqual(first.body.number, card.number)
  const { body: now } = await ask("GET", "/cards")
  assert.deepEqual([now.shown, now.cards.length], [first.body.cardId, 1])
  assert.equal((await ask("DELETE", `/cards/${first.body.cardId}`)).body.code, "virtual_card_stays")
})

test("a plastic card brings its receipts when its last sum is known; ten tries a day", async () => {
  await shown(numbers[0]!)
  const { ask } = await member()
  assert.equal((await ask("POST", "/cards", { number: numbers[0] })).body.code, "card_proof_wrong")
  const added = await ask("POST", "/cards", { number: ` ${numbers[0]} `, lastSumMinor: 2_000 })
  assert.deepEqual([added.status, added.body.kind], [201, "plastic"])
  assert.equal((await ask("GET", "/me")).body.balance.pending, 20)
  const tries = []
  for (let nth = 0; nth < 9; nth += 1) tries.push((await ask("POST", "/cards", { number: `28${String(nth).padStart(11, "0")}` })).status)
  assert.equal(tries.at(-1), 429)
})

test("a partner's card is linked by its barcode with the consent to it; somebody else's becomes a claim; a bank card number is refused and not repeated", async () => {
  const number = aPartnerNumber()
  const { ask } = await member()
  const { body } = await ask("GET", "/partner-cards")
  const { consent, linked } = body.schemes[0]
  assert.deepEqual([consent.purpose, linked], ["partner_card", false])
  const link = { number, scanned: true, consentVersion: consent.version }
  for (const pan of ["4111 1111 1111 1111", "4111-1111-1111-1111"]) {
    const refused = await ask("POST", "/partner-cards", { ...link, number: pan })
    assert.deepEqual([refused.status, refused.body.code, JSON.stringify(refused.body).includes(pan)], [422, "bank_card_number", false])
  }
  assert.equal((await ask("POST", "/partner-cards", link)).status, 201)
  assert.equal((await ask("GET", "/partner-cards")).body.schemes[0].linked, true)
  const second = await member()
  const claimed = await second.ask("POST", "/partner-cards", link)
  assert.deepEqual([claimed.status, claimed.body.code], [409, "partner_card_taken"])
})
