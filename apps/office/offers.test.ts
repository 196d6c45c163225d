import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { giveConsents } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => someTexts(tx, office.context.clock.now()))
})
after(closeTestDatabases)

let people = 0
async function aPerson({ agrees }: { agrees: boolean }): Promise<number> {
  const phone = `+37533700${String((people += 1)).padStart(4, "0")}`
  const { memberId } = (await office.ask("POST", "/members", { body: { name: { family: "", given: "Вера" }, phone } })).body
  const how = { memberId, locale: "ru", means: "tick", door: "web", at: office.context.clock.now(), by: `member:${memberId}` } as const
  if (agrees) await inTransaction(office.db, (tx) => giveConsents(tx, { ...how, given: [{ purpose: "ads_sms", version: 1 }] }))
  return memberId
}

const send = (body: object, key: string) => office.ask("POST", "/offers", { body, headers: { "idempotency-key": key } })

test("A55: an offer goes to who agreed, whoever is on the list; sent twice under one key it goes once", async () => {
  const [one, other] = [await aPerson({ agrees: true }), await aPerson({ agrees: false })]
  const offer = { memberIds: [one, other, one], text: "Скидки на кремы до пятницы" }
  for (const time of ["first", "repeated"]) assert.deepEqual((await send(offer, "offer-1")).body, { queued: 1 }, time)
  const { messages } = (await office.ask("GET", `/outbox?memberId=${one}`)).body
  assert.equal(messages.filter(({ template }: { template: string }) => template === "offer").length, 1)
  assert.deepEqual((await office.ask("GET", `/outbox?memberId=${other}`)).body.messages.length, 0)
})

test("a text longer than one SMS is refused, and nobody is written to without the right to it", async () => {
  const memberId = await aPerson({ agrees: true })
  assert.deepEqual((await send({ memberIds: [memberId], text: "о".repeat(80) }, "offer-2")).body.code, "sms_too_long")
  const { key } = await office.signIn(["members.read"])
  const body = { memberIds: [memberId], text: "Скидки" }
  assert.equal((await office.ask("POST", "/offers", { body, key, headers: { "idempotency-key": "offer-3" } })).status, 403)
})
