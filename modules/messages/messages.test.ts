import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Locale, LOCALES, Refusal, takeJobs } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { deliverQueued, localCarrier, noCarrier, outboxOf, queueMessage, recordDeliveries, render, takeQueued, TEMPLATES } from "./index.ts"
import { asOneSms, fitsOneSms } from "./sms-text.ts"
import type { CodeTemplate } from "./templates.ts"
import { aMessage } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const LONGEST = {
  what: "«Правила программы лояльности»",
  device: "Яндекс Браузер, HarmonyOS",
  text: "a".repeat(70),
  unsubscribe: "https://mila.example/unsubscribe?t=x",
  shop: "пр. Независимости, …",
  link: "https://mila.by/l",
  code: "123456",
  lastDigits: "1234",
  points: 1_234_567,
  day: "15.05.2027",
  byDay: "15.05.2027: 1 234 567",
  ...{ number: "1000000", thing: "Крем для рук", price: "1 234,50 р.", answer: "Вернём разницу." },
}

test("a queued message is read back as the person will read it", () =>
  rolledBack(async (tx) => {
    await queueMessage(tx, aMessage({ memberId: 42, to: "+375291112233", params: { code: "314159" }, locale: "be" }))
    const [message] = await outboxOf(tx, { memberId: 42 })
    assert.equal(message?.text, "Міла: код 314159. Нікому яго не паведамляйце, нават нам.")
    assert.deepEqual([message?.to, message?.state, message?.subject], ["+375291112233", "queued", null])
    assert.equal((await outboxOf(tx, { to: "+375291112233" })).length, 1)
    assert.deepEqual(await outboxOf(tx, { to: "+375290000000" }), [])
  }))

test("neither the recipient nor the code lies open in the database", () =>
  rolledBack(async (tx) => {
    await queueMessage(tx, aMessage({ to: "+375291112233", params: { code: "314159" } }))
    const { rows } = await tx.client.query("select * from messages.outbox")
    const stored = JSON.stringify(rows, (_, value) => (value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value))
    assert.ok(!stored.includes("375291112233") && !stored.includes("314159"))
  }))

test("a message of an act that failed is never there", async () => {
  const own = await ownDb()
  const failing = inTransaction(own.db, async (tx) => {
    await queueMessage(tx, aMessage())
    throw new Error("the act failed")
  })
  await assert.rejects(failing)
  assert.deepEqual(await inTransaction(own.db, (tx) => outboxOf(tx)), [])
  await own.drop()
})

test("queued messages are taken in order, and what became of one is said once", () =>
  rolledBack(async (tx) => {
    const first = await queueMessage(tx, aMessage())
    const second = await queueMessage(tx, aMessage())
    assert.deepEqual(
      (await takeQueued(tx, { most: 10 })).map(({ messageId }) => messageId),
      [first.messageId, second.messageId],
    )
    const say = (messageId: number, outcome: "sent" | "failed") => recordDeliveries(tx, { settled: [{ messageId, outcome }], at })
    await say(first.messageId, "sent")
    await say(first.messageId, "failed")
    assert.deepEqual(
      (await outboxOf(tx)).map(({ state }) => state),
      ["queued", "sent"],
    )
    assert.deepEqual(
      (await takeJobs(tx, { most: 10 })).map(({ name, data }) => [name, data]),
      [["messagesSettled", { settled: [{ ...first, outcome: "sent" }] }]],
      "what became of it is told once",
    )
    await assert.rejects(say(9_999_999, "sent"), (error) => error instanceof Refusal && error.code === "message_not_found")
  }))

test("where messages are read in the outbox they arrive by lying there; where nobody carries them, none is said to have arrived", () =>
  rolledBack(async (tx) => {
    for (const [carry, state] of [
      [localCarrier, "sent"],
      [noCarrier, "failed"],
    ] as const) {
      await queueMessage(tx, aMessage())
      await queueMessage(tx, aMessage())
      assert.equal((await deliverQueued(tx, { carry, at, most: 1 })).carried, 1)
      assert.equal((await deliverQueued(tx, { carry, at, most: 10 })).carried, 1)
      assert.equal((await deliverQueued(tx, { carry, at, most: 10 })).carried, 0)
      assert.deepEqual(
        (await outboxOf(tx, { most: 2 })).map((message) => [message.state, message.settledAt]),
        [
          [state, at],
          [state, at],
        ],
      )
    }
  }))

test("two senders never take the same message", async () => {
  const own = await ownDb()
  await inTransaction(own.db, (tx) => queueMessage(tx, aMessage()))
  await inTransaction(own.db, async (one) => {
    assert.equal((await takeQueued(one, { most: 10 })).length, 1)
    assert.equal((await inTransaction(own.db, (two) => takeQueued(two, { most: 10 }))).length, 0)
  })
  await own.drop()
})

test("every SMS fits one message of 70 characters in every language, filled in with the longest values", () => {
  for (const locale of LOCALES) {
    for (const template of TEMPLATES) {
      const { text } = render({ template, params: LONGEST, locale, channel: "sms" })
      assert.ok(text.length <= 70, `${locale} ${template}: ${text.length} characters`)
      assert.ok(fitsOneSms(text), `${locale} ${template}: one SMS on the wire, whatever its alphabet`)
      assert.ok(!text.includes("{"), text)
    }
  }
})

test("a code's SMS ends with the line a phone fills in by, in one SMS; where the host leaves no room for it the line is left out", () => {
  const sms = (locale: Locale, host?: string, template: CodeTemplate = "confirmation_code") =>
    render({ template, params: { code: "123456", ...(host === undefined ? {} : { host }) }, locale, channel: "sms" }).text
  const line = /\n@([\w.-]+) #123456$/
  for (const locale of LOCALES) {
    assert.doesNotMatch(sms(locale), line, "typed on no page of ours")
    assert.match(
      sms(locale, "mila.by"),
      /^(?:Мила: код 123456\. Никому|Міла: код 123456\. Нікому|Mila: code 123456\.)/,
      "the warning stays",
    )
    const hosts = Array.from({ length: 60 }, (_, more) => `${"m".repeat(more + 1)}.by`)
    for (const host of hosts) assert.ok(fitsOneSms(sms(locale, host)), `${locale} ${host}`)
    const longest = hosts.findLast((host) => line.exec(sms(locale, host))?.[1] === host)?.length ?? 0
    assert.ok(longest >= 22, `${locale}: hosts of ${longest} signs`)
    for (const host of hosts) assert.equal(line.test(sms(locale, host)), host.length <= longest, `${locale} ${host}`)
    if (locale !== "en") assert.equal(sms(locale, hosts.at(-1)), sms(locale), "and the longer wording is back")
    assert.ok(fitsOneSms(sms(locale, "mila.by", "representative_code")))
  }
  assert.equal(sms("ru", "shop.mila.example"), "Мила: код 123456. Никому не сообщайте.\n@shop.mila.example #123456")
  const mail = render({ template: "confirmation_code", params: { code: "123456", host: "mila.by" }, locale: "ru", channel: "email" })
  assert.doesNotMatch(mail.text, /@/)
})

test("an SMS is 70 characters in Cyrillic, 160 in Latin; what is longer is cut to one, between words where it can be", () => {
  for (const [text, fits] of [
    ["а".repeat(70), true],
    ["а".repeat(71), false],
    ["a".repeat(160), true],
    ["a".repeat(161), false],
    [`${"a".repeat(70)}…`, false], // one sign that GSM 03.38 does not know, and it is 70 again
    ["€".repeat(80), true],
    ["€".repeat(81), false],
  ] as const)
    assert.equal(fitsOneSms(text), fits, text)
  for (const text of ["а".repeat(500), "слово ".repeat(40), "word ".repeat(60), "😀".repeat(100)]) {
    const cut = asOneSms(text)
    assert.ok(fitsOneSms(cut) && cut.endsWith("…"), cut)
  }
  assert.equal(asOneSms("Мила: код 123456."), "Мила: код 123456.")
})

test("a text names the same things in every language", () => {
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).toSorted()
  const patterns = Object.fromEntries(Object.keys(LONGEST).map((name) => [name, `{${name}}`]))
  for (const template of TEMPLATES) {
    for (const channel of ["sms", "email"] as const) {
      const [ru, be, en] = LOCALES.map((locale) => names(render({ template, params: patterns, locale, channel }).text))
      assert.deepEqual(be, ru, template)
      assert.deepEqual(en, ru, template)
    }
  }
})
