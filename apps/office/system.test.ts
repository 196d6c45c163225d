import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, systemClock } from "@mila/kernel"
import { queueMessage } from "@mila/messages"
import { aMessage } from "@mila/messages/testing"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
const ran: string[] = []
before(async () => {
  office = await anOffice({ jobNames: ["settleLots"], runJob: async (name) => ({ ran: ran.push(name) }) })
})
after(closeTestDatabases)

test("a job runs to its end and says what it did; an unknown one is not found", async () => {
  const told = await office.ask("POST", "/jobs/settleLots/run")
  assert.deepEqual([told.status, told.body], [200, { name: "settleLots", outcome: { ran: 1 } }])
  assert.deepEqual(ran, ["settleLots"])
  assert.equal((await office.ask("POST", "/jobs/unknown/run")).body.code, "job_not_found")
  assert.deepEqual((await office.ask("GET", "/jobs")).body.jobs, ["settleLots"])
  const clerk = await office.signIn(["shops.read"])
  assert.equal((await office.ask("POST", "/jobs/settleLots/run", { key: clerk.key })).status, 403)
})

test("what went by SMS today is shown beside the caps", async () => {
  const { status, body } = await office.ask("GET", "/messages/sms-today")
  assert.equal(status, 200)
  assert.deepEqual(body.stopped, { number: 0, prefix: 0, day: 0 })
  assert.deepEqual([body.sent, body.caps.perNumber > 0, body.caps.perDay > body.caps.perPrefix], [0, true, true])
})

test("a simulated clock is moved forward and never back", async () => {
  const put = (now: string) => office.ask("PUT", "/clock", { body: { now } })
  const moved = await put("2026-12-01T12:00:00+03:00")
  assert.equal(moved.status, 200)
  assert.ok(moved.body.now >= "2026-12-01T09:00:00.000Z")
  assert.ok((await office.ask("GET", "/clock")).body.now >= moved.body.now)
  assert.equal((await put("2026-11-30T00:00:00Z")).body.code, "clock_goes_forward")
  assert.equal((await put("tomorrow")).status, 400)
  assert.equal((await put("2026-02-30T00:00:00Z")).status, 400)
})

test("queued messages are read as people would read them", async () => {
  const blocked = { ...aMessage({ memberId: 7 }), template: "card_blocked", params: { lastDigits: "2718" } } as const
  await inTransaction(office.db, async (tx) => {
    await queueMessage(tx, blocked)
    await queueMessage(tx, aMessage({ memberId: 7, params: { code: "271828" } }))
  })
  const { body } = await office.ask("GET", "/outbox?memberId=7")
  assert.deepEqual([body.messages[0].params.lastDigits, body.messages[0].state], ["2718", "queued"])
  assert.equal(body.messages.length, 1, "A14: a code is read by its member alone")
  assert.deepEqual((await office.ask("GET", "/outbox?memberId=8")).body.messages, [])
})

test("on a live system there is neither a clock to set nor an outbox to read", async () => {
  const live = await anOffice({ clock: systemClock, outboxIsOpen: false })
  assert.equal((await live.ask("PUT", "/clock", { body: { now: "2027-01-01T00:00:00Z" } })).body.code, "not_found")
  assert.equal((await live.ask("GET", "/outbox")).body.code, "not_found")
  await live.drop()
})

test("a shop opens, closes and opens again; its till gets a code that is shown once", async () => {
  const shop = aShop()
  assert.equal((await office.ask("POST", "/shops", { body: shop })).status, 201)
  assert.equal((await office.ask("GET", `/shops/${shop.code}`)).body.name.be, shop.name.be)
  const till = await office.ask("POST", "/tills", { body: { shop: shop.code, till: 1 } })
  assert.deepEqual([till.status, till.body.state], [201, "waiting"])
  const code = await office.ask("POST", `/tills/${till.body.tillId}/enrolment-codes`)
  assert.equal(code.status, 201)
  assert.ok(code.body.code.length >= 16)
  assert.equal((await office.ask("POST", "/tills", { body: { shop: shop.code, till: 1 } })).body.code, "till_exists")
  assert.equal((await office.ask("POST", "/tills", { body: { shop: "nowhere", till: 1 } })).status, 404)
  assert.equal((await office.ask("POST", "/tills/9999999/enrolment-codes")).status, 404)
  assert.equal((await office.ask("GET", `/tills?shop=${shop.code}`)).body.tills.length, 1)
  assert.equal((await office.ask("POST", `/tills/${till.body.tillId}/revoke`)).body.state, "revoked")
  assert.equal((await office.ask("POST", `/shops/${shop.code}/close`)).body.state, "closed")
  assert.equal((await office.ask("GET", "/shops?state=closed")).body.shops.length, 1)
  assert.equal((await office.ask("POST", `/shops/${shop.code}/reopen`)).body.state, "open")
})

test("staff are employed, sign in, lose their keys and leave", async () => {
  const employed = await office.ask("POST", "/staff", { body: { name: "Ніна", permissions: ["shops.read"] } })
  assert.equal(employed.status, 201)
  const keys = `/staff/${employed.body.staffId}/keys`
  const made = await office.keyFor(employed.body.staffId)
  assert.deepEqual((await office.ask("GET", "/me", { key: made.key })).body.permissions, ["shops.read"])
  assert.equal((await office.ask("DELETE", `${keys}/${made.keyId}`)).status, 200)
  assert.equal((await office.ask("GET", "/me", { key: made.key })).status, 401)
  assert.ok((await office.ask("GET", keys)).body.keys[0].revokedAt)
  assert.equal((await office.ask("POST", `/staff/${employed.body.staffId}/leave`)).body.state, "left")
  assert.equal((await office.ask("POST", keys, { body: { label: "again", kind: "machine" } })).status, 404)
  assert.equal((await office.ask("POST", `/staff/${employed.body.staffId}/invitations`)).status, 404)
  assert.equal((await office.ask("POST", "/staff", { body: { name: "X", permissions: ["everything"] } })).status, 400)
  assert.ok((await office.ask("GET", "/staff")).body.staff.length >= 2)
})
