import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import { beginHere, endSessions } from "@mila/members"
import { aMember } from "@mila/members/testing"
import { deliverQueued, forgetWishes, keepSubscription, keepWishes, localCarrier, outboxOf, pushPlacesOf, suppress } from "@mila/messages"
import { giveConsents, type Purpose } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { advertise, endMembership, readSms, screenMessages, tellMember } from "./index.ts"
import { isQuietAt, quietLeft } from "./quiet-rules.ts"
import { saysStop } from "./stop.ts"

after(closeTestDatabases)

const NOON = new Date("2026-11-23T09:00:00Z")
const hours = (count: number, from = NOON): Date => new Date(from.getTime() + count * 3_600_000)
const HOSTS = ["fcm.googleapis.com"]

async function agreeing(tx: Tx, purposes: readonly Purpose[] = ["ads_sms"], phone?: string): Promise<number> {
  await someTexts(tx, NOON)
  const memberId = await aMember(tx, { email: "anna@example.by", ...(phone ? { phone } : {}) })
  await agree(tx, memberId, { purposes })
  return memberId
}

async function agree(
  tx: Tx,
  memberId: number,
  {
    purposes = ["ads_sms"],
    at = NOON,
    by = `member:${memberId}`,
  }: { purposes?: readonly Purpose[]; at?: Date; by?: `member:${number}` | `staff:${number}` } = {},
): Promise<void> {
  const given = purposes.map((purpose) => ({ purpose, version: 1 }))
  await giveConsents(tx, { memberId, given, locale: "ru", means: "tick", door: "web", at, by })
}

const offer = (tx: Tx, memberId: number, at = NOON) =>
  advertise(tx, { memberIds: [memberId], text: "Скидки", publicUrl: "https://mila.example", at })
const send = (tx: Tx, at = NOON) => deliverQueued(tx, { carry: localCarrier, screen: screenMessages, at, most: 100 })
const states = async (tx: Tx, memberId: number) =>
  (await outboxOf(tx, { memberId }))
    .map(({ channel, template, state, why }) => `${channel} ${template} ${state} ${why ?? ""}`.trim())
    .toSorted()

/** A member's browser that is told things, and the session it is signed in with. */
async function aPlace(tx: Tx, memberId: number, name: string): Promise<number> {
  const { sessionId } = await beginHere(tx, { memberId, kind: "web", device: "d".repeat(32), deviceName: "Chrome, Android", at: NOON })
  const subscription = { endpoint: `https://fcm.googleapis.com/fcm/send/${name}`, p256dh: "", auth: "" }
  await keepSubscription(tx, { memberId, sessionId, subscription, hosts: HOSTS, at: NOON })
  return sessionId
}

test("what is done to what is a member's comes as a notification too, to every browser where they asked for it, and nowhere they signed out", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const [first] = [await aPlace(tx, memberId, "one"), await aPlace(tx, memberId, "two")]
    const tell = () => tellMember(tx, { memberId, template: "card_blocked", params: { lastDigits: "1234" }, at: NOON })
    await tell()
    await send(tx)
    assert.deepEqual(await states(tx, memberId), ["push card_blocked sent", "push card_blocked sent", "sms card_blocked sent"])
    await tell()
    await endSessions(tx, { memberId, only: first, at: NOON }) // between the act and the sending
    await send(tx)
    assert.equal((await states(tx, memberId)).filter((state) => state === "push card_blocked failed signed_out").length, 1)
    assert.equal((await pushPlacesOf(tx, [memberId])).get(memberId)?.length, 1)
  }))

test("a session that was idle for too long is told nothing either", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await aPlace(tx, memberId, "old")
    await tellMember(tx, { memberId, template: "welcome", params: {}, at: hours(24 * 31) })
    await send(tx, hours(24 * 31))
    assert.deepEqual(await states(tx, memberId), ["push welcome failed signed_out", "sms welcome sent"])
  }))

test("an offer comes as a notification to the browser used last, only by a consent of its own, and says what allowed it", () =>
  rolledBack(async (tx) => {
    const memberId = await agreeing(tx, ["ads_sms"])
    await aPlace(tx, memberId, "one")
    await aPlace(tx, memberId, "two")
    await offer(tx, memberId)
    assert.deepEqual(await states(tx, memberId), ["sms offer queued"])
    await agree(tx, memberId, { purposes: ["ads_push"] })
    await offer(tx, memberId)
    await send(tx)
    assert.deepEqual(await states(tx, memberId), ["push offer sent", "sms offer sent", "sms offer sent"])
    const pushed = (await outboxOf(tx, { memberId })).find(({ channel }) => channel === "push")
    assert.deepEqual(pushed?.allowedBy, { purpose: "ads_push", version: 1, givenAt: NOON.toISOString() })
  }))

test("a member's own quiet puts off, their own cap drops, and what they wished is forgotten when they say so", () =>
  rolledBack(async (tx) => {
    const memberId = await agreeing(tx)
    await keepWishes(tx, { memberId, wishes: { quiet: { fromHour: 18, untilHour: 13 }, mostAWeek: 1 }, at: NOON })
    await offer(tx, memberId)
    await send(tx)
    assert.deepEqual(await states(tx, memberId), ["sms offer queued"], "12:00 in Minsk is before 13")
    await tx.client.query("update messages.outbox set next_at = now()")
    await offer(tx, memberId)
    await send(tx, hours(2))
    assert.deepEqual(await states(tx, memberId), ["sms offer failed enough_this_week", "sms offer sent"])
    await forgetWishes(tx, memberId)
    await offer(tx, memberId, hours(3))
    await send(tx, hours(3))
    assert.equal((await states(tx, memberId)).filter((state) => state === "sms offer sent").length, 2)
  }))

test("hours of quiet go over midnight, add up, and end at the full hour", () => {
  assert.deepEqual(
    [20, 21, 23, 0, 8, 9].map((hour) => isQuietAt(hour, { fromHour: 21, untilHour: 9 })),
    [false, true, true, true, true, false],
  )
  const night = { fromHour: 21, untilHour: 9 }
  assert.equal(quietLeft([night], NOON), 0)
  assert.equal(quietLeft([night], new Date("2026-11-23T18:30:00Z")), 11.5 * 3_600)
  assert.equal(quietLeft([night, { fromHour: 18, untilHour: 12 }], new Date("2026-11-23T15:00:00Z")), 18 * 3_600)
  assert.equal(
    quietLeft([night, { fromHour: 9, untilHour: 21 }], NOON),
    48 * 3_600,
    "where there is no hour left it is asked again in two days",
  )
})

test("STOP is read in three languages, whatever else stands behind it; a sentence that only contains it is none", () => {
  for (const text of ["СТОП", " стоп. ", "Stop", "STOP реклама", "спыніць", "Отписаться!", "НЕ", "не", "нет", "адмова", "ＳＴＯＰ"])
    assert.equal(saysStop(text), true, text)
  for (const text of ["", "не приду", "где остановка стоп", "спасибо", "нет сдачи?", "код 123456"])
    assert.equal(saysStop(text), false, text)
})

test("STOP ends advertising by SMS at once, stands in the register, and is answered once", () =>
  rolledBack(async (tx) => {
    const memberId = await agreeing(tx, ["ads_sms", "ads_email"], "+375291234501")
    await offer(tx, memberId)
    assert.deepEqual(await readSms(tx, { from: "375291234501", text: "Стоп", at: NOON }), { is: "stopped" })
    await readSms(tx, { from: "375291234501", text: "СТОП!!!", at: NOON })
    await send(tx)
    assert.deepEqual(await states(tx, memberId), ["email offer sent", "sms ads_stopped sent", "sms offer failed no_consent"])
    const { rows } = await tx.client.query(
      "select purpose, means, door, by from privacy.consent_event where member_id = $1 and what = 'withdrawn'",
      [memberId],
    )
    assert.deepEqual(rows, [{ purpose: "ads_sms", means: "message", door: "sms", by: `member:${memberId}` }])
  }))

test("a number nobody knows is answered alike; what says something else, or comes from no phone, is left alone", () =>
  rolledBack(async (tx) => {
    await readSms(tx, { from: "+375291234502", text: "STOP", at: NOON })
    await readSms(tx, { from: "+375291234502", text: "STOP", at: NOON })
    const answers = (await outboxOf(tx, { to: "+375291234502" })).map(({ template, memberId }) => [template, memberId])
    assert.deepEqual(answers, [["ads_stopped", null]])
    for (const wrong of [
      { from: "MILA", text: "STOP" },
      { from: "+375291234503", text: "спасибо" },
    ])
      assert.deepEqual(await readSms(tx, { ...wrong, at: NOON }), { is: "ignored" })
    assert.deepEqual(await outboxOf(tx, { to: "+375291234503" }), [])
    const { rows } = await tx.client.query("select row(s.*)::text kept from messages.suppression s")
    assert.ok(rows.length === 1 && !rows[0].kept.includes("1234502"), "a keyed hash is all that is kept")
  }))

test("a STOP outlives the membership: whoever is brought in again from a list is left alone, until they agree themselves", () =>
  rolledBack(async (tx) => {
    const phone = "+375291234504"
    const memberId = await agreeing(tx, ["ads_sms"], phone)
    await endMembership(tx, { memberId, givesUp: 0, door: "web", at: NOON, by: `member:${memberId}` })
    const again = await aMember(tx, { phone })
    await agree(tx, again, { at: hours(1), by: "staff:1" })
    await offer(tx, again, hours(2))
    await send(tx, hours(2))
    assert.deepEqual(await states(tx, again), ["sms offer failed said_stop"])
    await suppress(tx, { channel: "sms", to: phone, why: "stop", at: hours(2) })
    await readSms(tx, { from: phone, text: "stop", at: hours(2) })
    await agree(tx, again, { at: hours(3) })
    await offer(tx, again, hours(4))
    await send(tx, hours(4))
    assert.equal((await states(tx, again)).at(-1), "sms offer sent")
  }))
