import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import { proveEmail } from "@mila/members"
import { aMember } from "@mila/members/testing"
import { deliverQueued, localCarrier, outboxOf } from "@mila/messages"
import { giveConsents, withdrawConsents } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { advertise, readUnsubscribe, screenMessages } from "./index.ts"

after(closeTestDatabases)

const NOON = new Date("2026-11-23T09:00:00Z")
const NIGHT = new Date("2026-11-23T18:00:00Z") // 21:00 in Minsk

async function agreeing(tx: Tx): Promise<number> {
  await someTexts(tx, NOON)
  const memberId = await aMember(tx, { email: "anna@example.by" })
  await agree(tx, memberId)
  return memberId
}

const agree = (tx: Tx, memberId: number, at = NOON) =>
  giveConsents(tx, {
    ...{ memberId, locale: "ru", means: "tick", door: "web", at, by: `member:${memberId}` },
    given: [
      { purpose: "ads_sms", version: 1 },
      { purpose: "ads_email", version: 1 },
    ],
  })

const withdraw = (tx: Tx, memberId: number, at = NOON) =>
  withdrawConsents(tx, { memberId, purposes: ["ads_sms"], means: "tick", door: "web", at, by: `member:${memberId}` })

const offer = (tx: Tx, memberIds: number[], at = NOON) =>
  advertise(tx, { memberIds, text: "Скидки", publicUrl: "https://mila.example", at })
const send = (tx: Tx, at = NOON) => deliverQueued(tx, { carry: localCarrier, screen: screenMessages, at, most: 100 })
const states = async (tx: Tx, memberId: number) =>
  (await outboxOf(tx, { memberId })).map(({ channel, state, why }) => `${channel} ${state} ${why ?? ""}`.trim()).toSorted()

test("A55: an address that nobody has proven gets no advertising, whoever ticked it; a stranger’s mailbox is not ours to fill", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, NOON)
    const memberId = await aMember(tx, { email: "a.typo@example.by", emailProven: false })
    await agree(tx, memberId)
    assert.deepEqual(await offer(tx, [memberId]), { queued: 1 })
    await proveEmail(tx, { memberId, email: "a.typo@example.by", at: NOON })
    assert.deepEqual(await offer(tx, [memberId]), { queued: 2 })
  }))

test("A55: nobody is advertised to without consent, nor when it was withdrawn while the message waited", () =>
  rolledBack(async (tx) => {
    const [one, other] = [await agreeing(tx), await aMember(tx)]
    assert.deepEqual(await offer(tx, [one, other]), { queued: 2 })
    await withdraw(tx, one)
    await send(tx)
    assert.deepEqual(await states(tx, one), ["email sent", "sms failed no_consent"])
    assert.deepEqual(await states(tx, other), [])
  }))

test("without anybody to ask, advertising goes to nobody; what follows from the contract goes on", () =>
  rolledBack(async (tx) => {
    const one = await agreeing(tx)
    await offer(tx, [one])
    await deliverQueued(tx, { carry: localCarrier, at: NOON, most: 100 })
    assert.deepEqual(await states(tx, one), ["email failed no_consent", "sms failed no_consent"])
  }))

test("at night it waits for the morning, and is asked about again", () =>
  rolledBack(async (tx) => {
    const one = await agreeing(tx)
    await offer(tx, [one], NIGHT)
    assert.deepEqual(await send(tx, NIGHT), { carried: 2, sent: 0 })
    assert.deepEqual(await states(tx, one), ["email queued", "sms queued"])
    assert.deepEqual(await send(tx, NIGHT), { carried: 0, sent: 0 }, "and is not taken up before")
  }))

test("three a week are enough, whatever the channel", () =>
  rolledBack(async (tx) => {
    const one = await agreeing(tx)
    await offer(tx, [one])
    await offer(tx, [one])
    await send(tx)
    assert.deepEqual(await states(tx, one), ["email failed enough_this_week", "email sent", "sms sent", "sms sent"])
    const nextWeek = new Date(NOON.getTime() + 8 * 86_400_000)
    await offer(tx, [one], nextWeek)
    assert.deepEqual(await send(tx, nextWeek), { carried: 2, sent: 2 })
  }))

test("a letter carries a link that ends its own advertising and no other", () =>
  rolledBack(async (tx) => {
    const one = await agreeing(tx)
    await offer(tx, [one])
    const letter = (await outboxOf(tx, { memberId: one })).find(({ channel }) => channel === "email")
    const token = /unsubscribe\?t=([\w-]+)/.exec(letter?.text ?? "")?.[1] ?? ""
    assert.deepEqual(readUnsubscribe(tx, token), { memberId: one, purpose: "ads_email" })
    assert.equal(readUnsubscribe(tx, `${token.slice(0, -1)}A`) === undefined || token.endsWith("A"), true)
    assert.equal(readUnsubscribe(tx, ""), undefined)
  }))
