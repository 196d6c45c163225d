import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { addDays, type Day, dayIn, MINSK, takeJobs, type Tx } from "@mila/kernel"
import { adjust, balancesOf, lotsOf, openPurses, settleDue } from "@mila/ledger"
import { aMember } from "@mila/members/testing"
import { type Carrier, deliverQueued, keepSubscription, localCarrier, outboxOf, type Settled } from "@mila/messages"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { expiryNoticesOf, programmeAt, publishProgramme, settleNotices } from "./index.ts"
import { remindOfExpiry } from "./remind.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const TODAY = dayIn(MINSK, AT)
const in_ = (days: number): Date => new Date(AT.getTime() + days * 86_400_000)
let corrections = 0

/** Points of a member who can be told, in one lot that ends in so many days. */
async function aLot(tx: Tx, memberId: number, amount: number, lastsDays: number): Promise<void> {
  await openPurses(tx, { memberIds: [memberId] })
  corrections += 1
  await adjust(tx, {
    ...{ reference: `adjustment:day-before-${process.pid}-${corrections}/settled`, memberId, points: amount, at: AT, occurredAt: AT },
    ...{ expiresOn: addDays(TODAY, lastsDays), shortage: "refuse" },
  })
}

const remind = async (tx: Tx, days = 0) => {
  const { last: _, ...done } = await remindOfExpiry(tx, { at: in_(days), after: 0, most: 1_000 })
  return done
}

/** What the worker does: carries what is queued, and lets follow what follows. */
async function deliver(tx: Tx, { days = 0, carry = localCarrier }: { days?: number; carry?: Carrier } = {}): Promise<void> {
  while ((await deliverQueued(tx, { carry, at: in_(days), most: 1_000 })).carried > 0) {
    for (const { data } of await takeJobs(tx, { most: 100 }))
      await settleNotices(tx, { ...(data as { settled: Settled[] }), at: in_(days) })
  }
}

const settle = (tx: Tx, days: number) => settleDue(tx, { today: addDays(TODAY, days), at: in_(days), most: 1_000 })
const available = async (tx: Tx, memberId: number) => (await balancesOf(tx, [memberId])).get(memberId)!.available
const lastDays = async (tx: Tx, memberId: number): Promise<Day[]> => (await lotsOf(tx, memberId)).map(({ expiresOn }) => expiresOn)

/** A browser that a member is told things in; its service is never called here. */
async function aPlace(tx: Tx, memberId: number): Promise<void> {
  const subscription = { endpoint: `https://fcm.googleapis.com/${memberId}`, p256dh: "", auth: "" }
  await keepSubscription(tx, { memberId, sessionId: memberId, subscription, hosts: ["fcm.googleapis.com"], at: AT })
}

test("the day before is told of as well, and gives no more days to whoever was told before", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx, { locale: "en", email: "anna@example.by" })
    await aLot(tx, memberId, 200, 30)
    for (const day of [0, 23, 29]) {
      assert.equal((await remind(tx, day)).notices, 1, `day ${day}`)
      await deliver(tx, { days: day, carry: ({ channel }) => (day === 29 && channel === "sms" ? "failed" : "sent") })
    }
    assert.deepEqual(await lastDays(tx, memberId), [addDays(TODAY, 30)], "the day that was promised")
    const [letter] = await outboxOf(tx, { memberId })
    assert.match(letter?.text ?? "", /23\.12\.2026/, "and the letter says the same day")
    await settle(tx, 31)
    assert.equal(await available(tx, memberId), 0)
  }))

test("a lot nobody could be told of until its last day gets its seven days, though the reminder is one of a day before", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx, { locale: "en" })
    await aLot(tx, memberId, 100, 1)
    assert.equal((await remind(tx)).notices, 1)
    await settle(tx, 3)
    assert.equal(await available(tx, memberId), 100, "no delivered reminder, no expiry")
    await deliver(tx)
    assert.deepEqual(await lastDays(tx, memberId), [addDays(TODAY, 7)])
  }))

test("a notification goes beside the SMS and does not count: a service that took it has shown it to nobody yet", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await aPlace(tx, memberId)
    await aLot(tx, memberId, 100, 5)
    await remind(tx)
    await deliver(tx, { carry: ({ channel }) => (channel === "push" ? "sent" : "failed") })
    const [notice] = await expiryNoticesOf(tx, { memberId, most: 1 })
    assert.deepEqual([notice?.state, notice?.channel], ["offered", null])
    assert.deepEqual((await outboxOf(tx, { memberId })).map(({ channel }) => channel).toSorted(), ["push", "sms"])
  }))

test("where the programme lets it count, a notification is the reminder, and what its service does not take goes by SMS", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const other = await aMember(tx)
    await aPlace(tx, memberId)
    const { programme } = await programmeAt(tx, AT)
    const document = { ...programme, reminders: { ...programme.reminders, pushCounts: true } }
    await publishProgramme(tx, { document, effectiveFrom: in_(1), at: AT, by: "staff:1" })
    await aLot(tx, memberId, 100, 9)
    await aLot(tx, other, 100, 9)
    await remind(tx, 2)
    await deliver(tx, { days: 2, carry: ({ channel }) => (channel === "push" ? "failed" : "sent") })
    const channels = async (id: number) => (await outboxOf(tx, { memberId: id })).map(({ channel, state }) => `${channel} ${state}`)
    assert.deepEqual(await channels(memberId), ["sms sent", "push failed"])
    assert.deepEqual(await channels(other), ["sms sent"], "who has no browser is told by SMS at once")
    await remind(tx, 3)
    const [notice] = await expiryNoticesOf(tx, { memberId, most: 1 })
    assert.deepEqual([notice?.state, notice?.channel], ["delivered", "sms"])
  }))
