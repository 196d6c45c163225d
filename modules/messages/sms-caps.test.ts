import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { type Gateway, outboxOf, queueMessage, sendQueued, type SmsCaps, smsStoppedByCaps, smsToday } from "./index.ts"
import { aMessage } from "./testing.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})
let sent: string[] = []
beforeEach(async () => {
  sent = []
  await owner.pool.query("delete from messages.outbox; delete from messages.sms_count")
})

const at = new Date("2026-11-23T09:00:00Z")
const MANY: SmsCaps = { perNumber: 100, perPrefix: 100, perDay: 100 }
const gateway: Gateway = {
  ...{ name: "counting", channel: "sms" },
  async send({ to, text }) {
    sent.push(`${to} ${text.startsWith("Мила: код") ? "code" : text}`)
    return { said: "taken", id: String(sent.length) }
  },
}
const agree = async (_: unknown, messages: readonly { messageId: number }[]) =>
  new Map(messages.map(({ messageId }) => [messageId, { is: "sent" } as const]))
const send = (caps: Partial<SmsCaps>, moment = at) =>
  sendQueued(db, { gateways: [gateway], screen: agree, caps: { ...MANY, ...caps }, at: moment, most: 50 })
const code = (to: string) => inTransaction(db, (tx) => queueMessage(tx, aMessage({ to })))
const offer = (to: string) =>
  inTransaction(db, (tx) =>
    queueMessage(tx, { memberId: 1, channel: "sms", to, template: "offer", params: { text: "Скидки", unsubscribe: "" }, locale: "ru", at }),
  )
const welcome = (to: string) =>
  inTransaction(db, (tx) => queueMessage(tx, { memberId: 1, channel: "sms", to, template: "welcome", params: {}, locale: "ru", at }))
const whys = async () => (await inTransaction(db, (tx) => outboxOf(tx))).flatMap(({ why }) => why ?? [])

test("A05: one number gets so many SMS a day and no more, and the next day as many again", async () => {
  for (let nth = 0; nth < 4; nth += 1) await code("+375291112233")
  assert.deepEqual(await send({ perNumber: 3 }), { claimed: 4, sent: 3, failed: 1 })
  assert.deepEqual(await whys(), ["cap_number"])
  await code("+375291112234")
  assert.equal((await send({ perNumber: 3 })).sent, 1, "another number is not concerned")
  await code("+375291112233")
  assert.equal((await send({ perNumber: 3 }, new Date("2026-11-23T21:30:00Z"))).sent, 1, "after midnight in Minsk")
})

test("A05: a range of numbers, as pumping takes them, is stopped as a whole; other ranges go on", async () => {
  for (let nth = 0; nth < 6; nth += 1) await code(`+37529120000${nth}`)
  assert.deepEqual(await send({ perPrefix: 4 }), { claimed: 6, sent: 4, failed: 2 })
  assert.deepEqual(await whys(), ["cap_prefix", "cap_prefix"])
  await code("+375291300000")
  assert.equal((await send({ perPrefix: 4 })).sent, 1)
})

test("codes go first, and through when advertising and everything else has long been stopped", async () => {
  for (let nth = 0; nth < 12; nth += 1) await offer(`+3752911122${10 + nth}`)
  assert.deepEqual(await send({ perDay: 10 }), { claimed: 12, sent: 7, failed: 5 }, "70 %")
  for (let nth = 0; nth < 5; nth += 1) await welcome(`+3752911122${30 + nth}`)
  assert.equal((await send({ perDay: 10 })).sent, 2, "90 %")
  await welcome("+375291112240")
  await code("+375291112241")
  sent = []
  assert.deepEqual(await send({ perDay: 10 }), { claimed: 2, sent: 1, failed: 1 })
  assert.deepEqual(sent, ["+375291112241 code"])
})

test("a code does not wait behind a mailing", async () => {
  for (let nth = 0; nth < 5; nth += 1) await offer(`+3752911122${10 + nth}`)
  await code("+375291112241")
  await sendQueued(db, { gateways: [gateway], screen: agree, caps: MANY, at, most: 1 })
  assert.deepEqual(sent, ["+375291112241 code"])
})

test("what is tried again is counted once; senders beside each other share one count", async () => {
  const away: Gateway = { ...gateway, send: async () => ({ said: "away", why: "later" }) }
  await code("+375291112233")
  await sendQueued(db, { gateways: [away], caps: MANY, at, most: 5 })
  await owner.pool.query("update messages.outbox set next_at = now() - interval '1 second'")
  await send({})
  assert.equal((await inTransaction(db, (tx) => smsToday(tx, at))).sent, 1)
  for (let nth = 0; nth < 30; nth += 1) await code(`+3752911122${10 + nth}`)
  await Promise.all([1, 2, 3].map(() => sendQueued(db, { gateways: [gateway], caps: { ...MANY, perDay: 11 }, at, most: 10 })))
  const today = await inTransaction(db, (tx) => smsToday(tx, at))
  assert.deepEqual([today.sent, today.stopped.day, sent.length], [11, 20, 11])
})

test("of what a cap stopped, service messages are named for another channel; codes and advertising are not", async () => {
  const first = await welcome("+375291112233")
  const asked = [first, await offer("+375291112233"), await code("+375291112233"), await code("+375291112233")]
  await send({ perNumber: 1 })
  const stopped = await inTransaction(db, (tx) =>
    smsStoppedByCaps(
      tx,
      asked.map(({ messageId }) => messageId),
    ),
  )
  assert.deepEqual(
    stopped.map(({ messageId }) => messageId),
    [first.messageId],
  )
})

test("what would take two SMS is cut where a word ends, and advertising that does not fit is refused when it is written", async () => {
  const params = { thing: `Крем ${"для рук и ногтей ".repeat(4)}`, price: "12,50 р." }
  await inTransaction(db, (tx) =>
    queueMessage(tx, { memberId: 1, channel: "sms", to: "+375291112233", template: "favourite_cheaper", params, locale: "ru", at }),
  )
  await send({})
  const [text = ""] = sent
  assert.match(text, /^\+375291112233 Мила: Крем [^…]+[а-я]…$/)
  assert.ok(text.length - "+375291112233 ".length <= 70)
  const long = { text: "а".repeat(71), unsubscribe: "" }
  const queueing = inTransaction(db, (tx) =>
    queueMessage(tx, { memberId: 1, channel: "sms", to: "+375291112233", template: "offer", params: long, locale: "ru", at }),
  )
  await assert.rejects(queueing, { code: "sms_too_long" })
})
