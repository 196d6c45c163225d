import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction, takeJobs } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { type Gateway, MESSAGES_SETTLED, outboxOf, queueMessage, rocketSms, sendQueued, smsBy } from "./index.ts"
import { rocketSmsStandIn, smsByStandIn } from "./stand-ins/sms-providers.ts"
import { aMessage } from "./testing.ts"

const { db, owner, drop } = await ownDb()
const rocket = await rocketSmsStandIn({ login: "190000000", password: "secret" })
const by = await smsByStandIn({ token: "abc" })
after(async () => {
  await Promise.all([rocket.close(), by.close(), drop()])
  await closeTestDatabases()
})
beforeEach(async () => {
  for (const provider of [rocket, by]) Object.assign(provider, { mood: "well", taken: [] })
  await owner.pool.query("delete from messages.outbox")
})

const MANY = { perNumber: 1_000, perPrefix: 1_000, perDay: 1_000 } // caps are not what is tested here
const at = new Date("2026-11-23T09:00:00Z")
const first = rocketSms({ url: rocket.url, login: "190000000", password: "secret", sender: "MILA" })
const second = smsBy({ url: by.url, token: "abc", alphaname: "17" })
const BOTH = [first, second]

const queue = (given: Partial<Parameters<typeof aMessage>[0]> = {}) =>
  inTransaction(db, (tx) => queueMessage(tx, aMessage({ channel: "sms", to: "+375291112233", params: { code: "314159" }, ...given })))
const sending = (gateways: readonly Gateway[] = BOTH) => sendQueued(db, { caps: MANY, gateways, at, most: 50 })
const newest = async () => (await inTransaction(db, (tx) => outboxOf(tx, { most: 1 })))[0]!
/** As if the wait were over. */
const waited = () => owner.pool.query("update messages.outbox set next_at = now() - interval '1 second'")

test("a code goes to the first gateway, urgent and in its protocol; what it is called there is kept", async () => {
  await queue()
  assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 })
  assert.deepEqual(rocket.taken, [
    { phone: "375291112233", text: "Мила: код 314159. Никому его не сообщайте, даже нам.", sender: "MILA", urgent: true },
  ])
  const message = await newest()
  assert.deepEqual([message.state, message.gateway, message.why, message.tries, message.settledAt], ["sent", "rocketsms", null, 1, at])
  assert.equal((await owner.pool.query("select gateway_id from messages.outbox")).rows[0].gateway_id, "1")
  assert.deepEqual(await sending(), { claimed: 0, sent: 0, failed: 0 }, "once")
  const left = await inTransaction(db, (tx) => takeJobs(tx, { most: 10 }))
  assert.deepEqual(
    left.map(({ name, data }) => [name, (data as { settled: object[] }).settled.length]),
    [[MESSAGES_SETTLED, 1]],
  )
})

test("when the first has no money, is broken or is silent, the second takes it", async () => {
  for (const mood of ["no money", "broken", "silent"] as const) {
    rocket.mood = mood
    await queue()
    assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 }, mood)
    assert.equal((await newest()).gateway, "smsby")
  }
  assert.deepEqual([rocket.taken.length, by.taken.length, by.taken[0]!.sender], [0, 3, "17"])
})

test("when all are away it is tried again, five times, and then somebody hears that it failed, and why", async () => {
  rocket.mood = by.mood = "no money"
  await queue()
  for (let nth = 1; nth < 5; nth += 1) {
    assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 0 })
    assert.deepEqual(await sending(), { claimed: 0, sent: 0, failed: 0 }, "not at once")
    assert.deepEqual([(await newest()).state, (await newest()).tries], ["queued", nth])
    await waited()
  }
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  const message = await newest()
  assert.deepEqual([message.state, message.gateway, message.why], ["failed", null, "Недостаточно средств на балансе"])
  by.mood = "well"
  await queue()
  assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 }, "the next one goes")
})

test("a number no gateway knows, and a channel without a gateway, fail at once", async () => {
  await queue({ to: "+48601234567" })
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "WRONG_PHONE")
  assert.equal(by.taken.length, 0, "the number will not be better elsewhere")
  await queue({ channel: "email", to: "anna@example.by" })
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "no gateway for email")
})

test("two senders share the work, and what a sender left half-way is taken up when its claim ends", async () => {
  for (let nth = 0; nth < 20; nth += 1) await queue()
  const done = await Promise.all([1, 2, 3].map(() => sendQueued(db, { caps: MANY, gateways: BOTH, at, most: 10 })))
  assert.equal(
    done.reduce((sum, { sent }) => sum + sent, 0),
    20,
  )
  assert.equal(rocket.taken.length, 20)
  await queue()
  const dies: Gateway = { name: "rocketsms", channel: "sms", send: () => Promise.reject(new Error("killed")) }
  await assert.rejects(sending([dies]))
  assert.deepEqual(await sending(), { claimed: 0, sent: 0, failed: 0 }, "claimed by the dead one")
  await waited()
  assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 })
})

test("neither the number nor the code is left in what is kept about sending, even when the provider repeats it", async () => {
  await queue({ to: "+48601234567" })
  assert.deepEqual(await sending([second]), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "Неверный номер телефона …")
  const { rows } = await owner.pool.query("select row(tries, next_at, gateway, gateway_id, why)::text kept from messages.outbox")
  assert.ok(!/601234567|314159/.test(rows[0].kept), rows[0].kept)
})
