import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { addDays, type Day, dayIn, type Db, inTransaction, MINSK, points, takeJobs, type Tx } from "@mila/kernel"
import { adjust, balancesOf, hold, lotsOf, openPurses, settleDue, voidHold } from "@mila/ledger"
import { leaveMember, parkNumber } from "@mila/members"
import { aMember, aPhone } from "@mila/members/testing"
import { type Carrier, deliverQueued, localCarrier, outboxOf, type Settled } from "@mila/messages"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { expiryNoticesOf, jobs, settleNotices } from "./index.ts"
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
    ...{ reference: `adjustment:remind-${process.pid}-${corrections}/settled`, memberId, points: amount, at: AT, occurredAt: AT },
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
const told = async (tx: Tx, memberId: number) => (await outboxOf(tx, { memberId })).map(({ text, subject }) => subject ?? text)
const lastDays = async (tx: Tx, memberId: number): Promise<Day[]> => (await lotsOf(tx, memberId)).map(({ expiresOn }) => expiresOn)

test("a member is told once at thirty and once at seven days, of the sum and its first day, and then the points expire", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx, { locale: "en" })
    await aLot(tx, memberId, 200, 30)
    await aLot(tx, memberId, 300, 40)
    assert.deepEqual(await remind(tx), { notices: 1, offered: 0, points: 500 }, "one notice, with what ends soon after")
    assert.deepEqual(await remind(tx), { notices: 0, offered: 0, points: 0 }, "the job may run again")
    await deliver(tx)
    for (const day of [1, 10, 22]) assert.deepEqual(await remind(tx, day), { notices: 0, offered: 0, points: 0 })
    assert.deepEqual(await remind(tx, 23), { notices: 1, offered: 0, points: 200 })
    await deliver(tx, { days: 23 })
    assert.deepEqual(await told(tx, memberId), ["Mila: use your points by 23.12.2026: 200.", "Mila: use your points by 23.12.2026: 500."])

    await settle(tx, 30)
    assert.equal(await available(tx, memberId), 500, "the last day itself is usable")
    await settle(tx, 31)
    assert.equal(await available(tx, memberId), 300)
    assert.deepEqual(await remind(tx, 33), { notices: 1, offered: 0, points: 300 })
    await settle(tx, 41)
    assert.equal(await available(tx, memberId), 0, "they were told of it once, and that was delivered")
  }))

test("no delivered reminder, no expiry: while it waits to be delivered, the points live", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await aLot(tx, memberId, 100, 5)
    await remind(tx)
    await settle(tx, 60)
    assert.equal(await available(tx, memberId), 100)
    assert.equal((await expiryNoticesOf(tx, { memberId, most: 10 }))[0]?.state, "waiting")
    assert.equal((await remind(tx, 60)).notices, 1, "the day before is a reminder of its own")
    assert.equal((await remind(tx, 60)).notices, 0, "nor is the same told again meanwhile")
  }))

test("who is told late gets at least seven days, as the message says", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await aLot(tx, memberId, 100, 2)
    await remind(tx)
    assert.deepEqual(await told(tx, memberId), ["Мила: до 30.11.2026 можно использовать бонусы: 100."])
    await deliver(tx)
    assert.deepEqual(await lastDays(tx, memberId), [addDays(TODAY, 7)])
    assert.equal((await remind(tx)).notices, 0, "the day it was moved to is the day that was told")
    await settle(tx, 7)
    assert.equal(await available(tx, memberId), 100)
    await settle(tx, 8)
    assert.equal(await available(tx, memberId), 0)
  }))

test("an SMS that fails goes by e-mail, naming every day; when that fails too it is offered, and seven days are given from then on", () =>
  rolledBack(async (tx) => {
    const [written, mute] = [await aMember(tx, { email: "anna@example.by", locale: "en" }), await aMember(tx)]
    await aLot(tx, written, 100, 20)
    await aLot(tx, written, 50, 25)
    await aLot(tx, mute, 70, 3)
    await remind(tx)
    await deliver(tx, { carry: ({ channel }) => (channel === "email" ? "sent" : "failed") })
    const [mail, sms] = await outboxOf(tx, { memberId: written })
    assert.deepEqual([sms?.state, mail?.state, mail?.channel], ["failed", "sent", "email"])
    assert.match(mail!.text, /13\.12\.2026: 100\u00a0points\n18\.12\.2026: 50\u00a0points/)
    const state = async (memberId: number) => (await expiryNoticesOf(tx, { memberId, most: 1 }))[0]
    assert.deepEqual([(await state(written))?.state, (await state(written))?.channel], ["delivered", "email"])
    assert.deepEqual([(await state(mute))?.state, (await state(mute))?.channel], ["offered", null])
    assert.deepEqual(await lastDays(tx, mute), [addDays(TODAY, 7)])
    await settle(tx, 8)
    assert.deepEqual([await available(tx, mute), await available(tx, written)], [0, 150])
  }))

test("who has no number any more is written to, at an address that is proven; without one the points are offered, and nobody else waits for it", () =>
  rolledBack(async (tx) => {
    const [written, unproven, other] = [aPhone(), aPhone(), aPhone()]
    const parked = await aMember(tx, { phone: written, email: "anna@example.by" })
    const silent = await aMember(tx, { phone: unproven, email: "strange@example.by", emailProven: false })
    for (const memberId of [parked, silent, await aMember(tx, { phone: other })]) await aLot(tx, memberId, 100, 20)
    for (const phone of [written, unproven]) await parkNumber(tx, { phone, at: AT })
    assert.deepEqual(await remind(tx), { notices: 2, offered: 1, points: 300 })
    assert.deepEqual((await outboxOf(tx, { most: 10 })).map(({ channel, to }) => `${channel} ${to}`).toSorted(), [
      "email anna@example.by",
      `sms ${other}`,
    ])
  }))

test("points of nobody who can be told are offered at once, and get their seven days", () =>
  rolledBack(async (tx) => {
    const stranger = 8_000_001 // a purse of an import, or of a card nobody attached
    const gone = await aMember(tx)
    await aLot(tx, stranger, 40, 1)
    await aLot(tx, gone, 60, 10)
    await leaveMember(tx, { memberId: gone, at: AT, by: "system" })
    assert.deepEqual(await remind(tx), { notices: 0, offered: 2, points: 100 })
    assert.deepEqual(await remind(tx), { notices: 0, offered: 0, points: 0 })
    assert.deepEqual([await lastDays(tx, stranger), await lastDays(tx, gone)], [[addDays(TODAY, 7)], [addDays(TODAY, 10)]])
    await settle(tx, 8)
    assert.deepEqual([await available(tx, stranger), await available(tx, gone)], [0, 60])
  }))

test("points set aside while the reminder went out expire after all, some days later", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await aLot(tx, memberId, 100, 20)
    await remind(tx)
    const request = { reference: `order:remind-${memberId}/held` as const, memberId, points: points(100), lapsesAt: in_(3) }
    const [held] = await hold(tx, [request], { at: AT })
    await deliver(tx)
    await voidHold(tx, { holdId: held!.holdId, at: in_(1) })
    assert.deepEqual(
      (await lotsOf(tx, memberId)).map(({ remindedOn }) => remindedOn),
      [null],
    )
    assert.equal((await remind(tx, 1)).notices, 0, "they were told")
    assert.equal((await remind(tx, 1)).notices, 0)
    await settle(tx, 21)
    assert.equal(await available(tx, memberId), 0)
  }))

async function aCrowd(db: Db): Promise<number[]> {
  return inTransaction(db, async (tx) => {
    const memberIds: number[] = []
    for (let member = 0; member < 450; member += 1) {
      const memberId = await aMember(tx, { phone: `+37529${1_000_000 + member}` }) // none by chance twice
      memberIds.push(memberId)
      await aLot(tx, memberId, 10, 20)
    }
    return memberIds
  })
}

test("A28: two workers at once and a third later leave one notice a member, more members than a step takes", async () => {
  const own = await ownDb()
  const memberIds = await aCrowd(own.db)
  const job = jobs.find(({ name }) => name === "remindOfExpiry")!
  const run = () => job.run(own.db, { at: AT, now: () => AT })
  const both = await Promise.all([run(), run()])
  assert.equal(both[0]["notices"]! + both[1]["notices"]!, memberIds.length)
  assert.deepEqual(await run(), { notices: 0, offered: 0, points: 0 })
  const { rows } = await own.db.pool.query("select count(*) messages, count(distinct member_id) members from messages.outbox")
  assert.deepEqual(rows, [{ messages: memberIds.length, members: memberIds.length }])
  await own.drop()
})

test("a reminder of an act that failed is never there: notice, message and claim go together", async () => {
  const own = await ownDb()
  const memberId = await inTransaction(own.db, async (tx) => {
    const member = await aMember(tx)
    await aLot(tx, member, 10, 20)
    return member
  })
  const killed = inTransaction(own.db, async (tx) => {
    await remind(tx)
    throw new Error("killed half-way")
  })
  await assert.rejects(killed, /killed/)
  await inTransaction(own.db, async (tx) => {
    assert.deepEqual([await told(tx, memberId), await expiryNoticesOf(tx, { memberId, most: 9 })], [[], []])
    assert.equal((await remind(tx)).notices, 1)
  })
  await own.drop()
})
