import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import type { DeliveryState, Gateway, Report } from "./gateways/gateway.ts"
import { jobs, outboxOf, queueMessage, recordDeliveryReports, rocketSms, sendQueued, smpp, smsBy } from "./index.ts"
import { rocketSmsStandIn, smsByStandIn } from "./stand-ins/sms-providers.ts"
import { smscStandIn } from "./stand-ins/smsc.ts"
import { aMessage } from "./testing.ts"

const { db, owner, drop } = await ownDb()
const rocket = await rocketSmsStandIn({ login: "190000000", password: "secret" })
const by = await smsByStandIn({ token: "abc" })
const smsc = await smscStandIn({ systemId: "mila", password: "secret" })
const first = rocketSms({ url: rocket.url, login: "190000000", password: "secret", sender: null })
const second = smsBy({ url: by.url, token: "abc", alphaname: null })
const third = smpp({ url: smsc.url, systemId: "mila", password: "secret", sender: "MILA" })
after(async () => {
  await third.close!()
  await Promise.all([rocket.close(), by.close(), smsc.close(), drop()])
  await closeTestDatabases()
})
beforeEach(async () => {
  for (const provider of [rocket, by]) Object.assign(provider, { mood: "well", taken: [], became: new Map() })
  Object.assign(smsc, { mood: "well", taken: [] })
  await owner.pool.query("delete from messages.outbox; delete from messages.early_report")
})

const MANY = { perNumber: 1_000, perPrefix: 1_000, perDay: 1_000 } // caps are not what is tested here
const at = new Date("2026-11-23T09:00:00Z")
const later = new Date("2026-11-23T09:01:00Z")

async function sentBy(gateway: Gateway): Promise<void> {
  await inTransaction(db, (tx) => queueMessage(tx, aMessage()))
  assert.equal((await sendQueued(db, { caps: MANY, gateways: [gateway], at, most: 10 })).sent, 1)
}
const report = (gateway: string, ...reports: Report[]) =>
  inTransaction(db, (tx) => recordDeliveryReports(tx, { gateway, reports, at: later }))
const newest = async () => (await inTransaction(db, (tx) => outboxOf(tx, { most: 1 })))[0]!
const delivery = async () => (await newest()).delivery
const follow = (gateways: readonly Gateway[] = [first, second, third]) => jobs(gateways)[0]!.run(db, { at: later, now: () => later })
/** As if so much time had passed since it was sent. */
const waited = (interval: string) =>
  owner.pool.query("update messages.outbox set ask_at = ask_at - $1::interval, written_at = written_at - $1::interval", [interval])

test("a message that was taken has not arrived before somebody says so", async () => {
  await sentBy(third)
  assert.deepEqual([(await newest()).state, (await newest()).delivery, (await newest()).deliveryAt], ["sent", null, null])
  await report("smpp", { id: "a1", state: "delivered" })
  assert.deepEqual([await delivery(), (await newest()).deliveryAt], ["delivered", later])
})

test("the first word about the end stays, however often and in whatever order reports come", async () => {
  const ends: DeliveryState[] = ["delivered", "expired", "undeliverable"]
  for (const end of ends) {
    smsc.taken = []
    await sentBy(third)
    await report("smpp", { id: "a1", state: "under_way" })
    assert.equal(await delivery(), "under_way")
    await report("smpp", { id: "a1", state: end })
    for (const state of [end, ...ends, "under_way"] as const) await report("smpp", { id: "a1", state })
    assert.equal(await delivery(), end)
  }
  smsc.taken = []
  await sentBy(third)
  await report("smpp", { id: "a1", state: "under_way" }, { id: "a1", state: "delivered" }, { id: "a1", state: "under_way" })
  assert.equal(await delivery(), "delivered", "all of it in one step")
})

test("a report is about the newest message of that name at that gateway, and of no other", async () => {
  for (const _ of ["old", "new"]) {
    smsc.taken = []
    await sentBy(third)
  }
  await report("rocketsms", { id: "a1", state: "delivered" })
  await report("smpp", { id: "a2", state: "delivered" }, { id: "", state: "delivered" })
  assert.equal(await delivery(), null)
  await report("smpp", { id: "a1", state: "expired" })
  const both = await inTransaction(db, (tx) => outboxOf(tx))
  assert.deepEqual(
    both.map((message) => message.delivery),
    ["expired", null],
  )
})

test("a report that is faster than the sender's own word finds its message; one about nobody is forgotten after an hour", async () => {
  await report("smpp", { id: "a1", state: "delivered" }, { id: "zz", state: "expired" })
  await report("smpp", { id: "a1", state: "under_way" })
  assert.equal((await follow())["matched"], 0)
  await sentBy(third)
  assert.equal((await follow())["matched"], 1)
  assert.equal(await delivery(), "delivered")
  const kept = async () => (await owner.pool.query("select gateway_id from messages.early_report")).rows
  assert.deepEqual(await kept(), [{ gateway_id: "zz" }])
  await owner.pool.query("update messages.early_report set written_at = written_at - interval '61 minutes'")
  await follow()
  assert.deepEqual(await kept(), [])
})

test("receipts of an SMSC are handed over, by parameters or by text, and answered", async () => {
  const heard: Report[] = []
  third.listen!(async (one) => void heard.push(one))
  await sentBy(third)
  for (const [state, word, said] of [
    [1, "ENROUTE", "under_way"],
    [6, "ACCEPTD", "under_way"],
    [7, "UNKNOWN", "under_way"],
    [2, "DELIVRD", "delivered"],
    [3, "EXPIRED", "expired"],
    [4, "DELETED", "undeliverable"],
    [5, "UNDELIV", "undeliverable"],
    [8, "REJECTD", "undeliverable"],
  ] as const) {
    for (const by of ["parameters", "text"] as const) {
      assert.equal(await smsc.report({ id: "a1", state, word, by }), 0)
      assert.deepEqual(heard.pop(), { id: "a1", state: said }, `${word} by ${by}`)
    }
  }
  assert.equal(await smsc.report({ id: "a1", state: 99, word: "NONSENSE", by: "text" }), 0)
  assert.deepEqual(heard, [], "what nobody understands is answered, and nothing more")
})

test("a receipt that could not be written down is asked for again; what a person writes back is answered and kept nowhere", async () => {
  third.listen!(() => Promise.reject(new Error("the database is away")))
  await sentBy(third)
  const receipt = { id: "a1", state: 2, word: "DELIVRD", by: "parameters" } as const
  assert.equal(await smsc.report(receipt), 0x64)
  third.listen!((one) => report("smpp", one))
  assert.equal(await smsc.report(receipt), 0)
  assert.equal(await delivery(), "delivered")
  const answered = new Promise<number>((told) =>
    smsc.bound[0]!.deliver_sm({ short_message: "id:a2 stat:EXPIRED, ha" }, ({ command_status }) => told(command_status)),
  )
  assert.equal(await answered, 0)
  assert.deepEqual((await owner.pool.query("select from messages.early_report")).rows, [])
})

test("RocketSMS and sms.by are asked after a minute, then ever more seldom, until a message has come to its end", async () => {
  await sentBy(first)
  await sentBy(second)
  assert.deepEqual(await follow(), { matched: 0, asked: 0, ended: 0 }, "not at once")
  await waited("1 minute")
  assert.deepEqual(await follow(), { matched: 0, asked: 2, ended: 0 })
  assert.equal(await delivery(), "under_way")
  assert.deepEqual(await follow(), { matched: 0, asked: 0, ended: 0 }, "not again at once")
  rocket.became.set("1", "FAILED")
  by.became.set("1", "1795424460")
  await waited("2 hours")
  assert.deepEqual(await follow(), { matched: 0, asked: 2, ended: 2 })
  const both = await inTransaction(db, (tx) => outboxOf(tx))
  assert.deepEqual(
    both.map((message) => [message.gateway, message.delivery]),
    [
      ["smsby", "delivered"],
      ["rocketsms", "undeliverable"],
    ],
  )
  await waited("1 day")
  assert.deepEqual(await follow(), { matched: 0, asked: 0, ended: 0 }, "the end was told")
})

test("an older message is asked about after half its age", async () => {
  await sentBy(first)
  await waited("4 hours")
  await follow()
  const { rows } = await owner.pool.query("select round(extract(epoch from ask_at - now()) / 60) minutes from messages.outbox")
  assert.deepEqual(rows, [{ minutes: 120 }])
})

test("a provider that is away is asked again later, and after three days no more", async () => {
  await sentBy(first)
  for (const [mood, interval] of [
    ["silent", "1 hour"],
    ["broken", "1 hour"],
    ["no money", "2 hours"],
  ] as const) {
    rocket.mood = mood
    await waited(interval)
    assert.deepEqual(await follow(), { matched: 0, asked: 1, ended: 0 }, mood)
    assert.equal(await delivery(), null)
  }
  rocket.mood = "well"
  await waited("3 days")
  assert.deepEqual(await follow(), { matched: 0, asked: 0, ended: 0 })
})

test("two workers ask about each message once; all that wait are asked in one run", async () => {
  for (let nth = 0; nth < 50; nth += 1) await inTransaction(db, (tx) => queueMessage(tx, aMessage()))
  await sendQueued(db, { caps: MANY, gateways: [first], at, most: 50 })
  await waited("1 minute")
  let asked = 0
  const counted: Gateway = { ...first, ask: async (id) => ((asked += 1), await wait(5), first.ask!(id)) }
  await Promise.all([follow([counted]), follow([counted])])
  assert.equal(asked, 50)
})
