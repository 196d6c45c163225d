import { cardsOf } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, DEVICE, type TestAccount } from "./testing.ts"

// An account that slept: what a code by SMS alone does not open, in an app as on the pages.

let account: TestAccount
before(async () => {
  account = await anAccount({ dormantMonths: 6 })
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const months = (count: number) => account.forward(count * 31 * 86_400_000)
const digitsOf = (phone: string) =>
  inTransaction(account.db, async (tx) => (await cardsOf(tx, (await memberByPhone(tx, phone))!.memberId))[0]!.number!.slice(-6))

/** Proves the phone by a code, as whoever has the SIM card can; answers the flow. */
async function byCode(phone: string): Promise<string> {
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
  const tried = await account.ask("POST", "/sign-in/code", { body: { flow: sent.flow, code: await account.lastCode(), device: DEVICE } })
  assert.deepEqual([tried.status, tried.body.code], [409, "owner_fact_needed"])
  return sent.flow
}
const answer = (flow: string, said: object) => account.ask("POST", "/owner", { body: { flow, answer: said, device: DEVICE } })

test("the owner's card opens a sleeping account; whatever is wrong is one answer, and five a day are heard", async () => {
  const [phone, guessed] = [aPhone(), aPhone()]
  await aMemberOf(account, phone)
  await aMemberOf(account, guessed)
  months(8)
  const flow = await byCode(phone)
  const wrong = [
    { is: "card", digits: "000000" },
    { is: "receipt", sum: "10,00", day: "2026-11-23" },
    { is: "letter", flow: "x".repeat(32), code: "123456" },
  ]
  const told = []
  for (const said of wrong) told.push(await answer(flow, said))
  assert.equal(new Set(told.map(({ status, body }) => JSON.stringify([status, body]))).size, 1)
  assert.equal(told[0]!.body.code, "owner_fact_wrong")
  const opened = await answer(flow, { is: "card", digits: await digitsOf(phone) })
  assert.equal(opened.body.outcome, "signed_in")
  assert.equal((await account.ask("GET", "/me", { token: opened.body.tokens.accessToken })).status, 200)
  assert.equal((await answer(flow, { is: "card", digits: await digitsOf(phone) })).body.code, "proof_missing", "the proof is used up")

  const other = await byCode(guessed)
  for (let tried = 0; tried < 5; tried += 1) assert.equal((await answer(other, { is: "card", digits: "000000" })).status, 409)
  assert.equal((await answer(other, { is: "card", digits: await digitsOf(guessed) })).body.code, "too_often", "the right one too")
})

test("a letter's code opens it; without a proof of the phone nothing is sent", async () => {
  const phone = aPhone()
  await aMemberOf(account, phone)
  months(8)
  const flow = await byCode(phone)
  const { body: letter } = await account.ask("POST", "/owner/code", { body: { flow, device: DEVICE } })
  const opened = await answer(flow, { is: "letter", flow: letter.flow, code: await account.lastCode() })
  assert.equal(opened.body.outcome, "signed_in")
  const none = await account.ask("POST", "/owner/code", { body: { flow: "x".repeat(32), device: DEVICE } })
  assert.equal(none.body.code, "proof_missing")
})

test("who got the number lately registers with `fresh`: the former account is parked and told by e-mail", async () => {
  const phone = aPhone()
  await aMemberOf(account, phone)
  const former = await inTransaction(account.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
  months(8)
  const flow = await byCode(phone)
  const consents = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
  const body = { flow, name: { given: "Олег" }, consents, fresh: true, device: DEVICE }
  assert.equal((await account.ask("POST", "/registration", { body })).status, 201)
  assert.notEqual(await inTransaction(account.db, async (tx) => (await memberByPhone(tx, phone))!.memberId), former)
  const told = await inTransaction(account.db, (tx) => outboxOf(tx, { memberId: former, most: 10 }))
  assert.ok(told.some(({ template, channel }) => template === "number_parked" && channel === "email"))
})

test("a sleeping account is not joined to another by a code alone", async () => {
  const sleeping = aPhone()
  await aMemberOf(account, sleeping)
  months(8)
  const { token } = await aMemberOf(account, aPhone())
  const { body: sent } = await account.ask("POST", "/me/merge/code", { token, body: { phone: sleeping } })
  const looked = await account.ask("POST", "/me/merge/preview", { token, body: { flow: sent.flow, code: await account.lastCode() } })
  assert.equal(looked.body.code, "nobody_to_merge")
})
