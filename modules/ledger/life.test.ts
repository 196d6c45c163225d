import { addDays, inTransaction } from "@mila/kernel"
import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { closePurse, giveBack, hold, lotsExpiring, lotsOf, post, recordReminders, voidHold } from "./index.ts"
import { addHour, aLedger, aLot, aPosting, AT, freshMember, p, pendingLine, TODAY } from "./testing.ts"

const { own, member, balance, sound, settleAll } = await aLedger()
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

test("a return claws pending first and restores the used lot with its own expiry", async () => {
  const memberId = await member(100)
  const request = aPosting({ memberId, redeem: p(40), earn: [pendingLine(1, 10), pendingLine(2, 20)] })
  await inTransaction(own.db, (tx) => post(tx, [request], { at: AT }))
  const back = { reverses: request.reference, memberId, occurredAt: AT, at: AT, restoredForDays: 30, shortage: "debt" as const }
  const first = { ...back, reference: `return:${memberId}/1` as const, restore: p(15), claw: [{ line: 2, points: p(7) }] }
  const given = await inTransaction(own.db, (tx) => giveBack(tx, first))
  assert.deepEqual(await inTransaction(own.db, (tx) => giveBack(tx, first)), { ...given, status: "already_posted" })
  assert.equal((await inTransaction(own.db, (tx) => giveBack(tx, { ...first, restore: p(14) }))).status, "conflict")
  assert.deepEqual(given.clawed, { pending: 7, available: 0, owed: 0, exposure: 0 })
  assert.deepEqual(given.balance, { pending: 23, available: 75, held: 0, owed: 0 })
  const lots = await inTransaction(own.db, (tx) => lotsOf(tx, memberId))
  assert.deepEqual(
    lots.filter(({ state }) => state === "available").map(({ expiresOn, remaining }) => [expiresOn, remaining]),
    [["2027-05-22", 75]],
  )
  await assert.rejects(
    inTransaction(own.db, (tx) => giveBack(tx, { ...back, reference: `return:${memberId}/2`, restore: p(26), claw: [] })),
    /more is restored/,
  )
  await inTransaction(own.db, (tx) =>
    giveBack(tx, {
      ...back,
      reference: `return:${memberId}/3`,
      restore: p(25),
      claw: [
        { line: 1, points: p(10) },
        { line: 2, points: p(13) },
      ],
    }),
  )
  assert.deepEqual(await balance(memberId), { pending: 0, available: 100, held: 0, owed: 0 })
  await sound()
})

test("each sale's return restores the lots that very sale had used, and nobody else's", async () => {
  const memberId = await member()
  const ends = [addDays(TODAY, 60), addDays(TODAY, 90)]
  for (const expiresOn of ends) await aLot(own.db, { memberId, amount: 10, expiresOn })
  const sales = [aPosting({ memberId, redeem: p(10) }), aPosting({ memberId, redeem: p(10) })]
  for (const sale of sales) await inTransaction(own.db, (tx) => post(tx, [sale], { at: AT }))
  for (const [nth, { reference: reverses }] of sales.entries()) {
    const back = { reverses, memberId, occurredAt: AT, at: AT, claw: [], restoredForDays: 30, shortage: "debt" as const }
    await inTransaction(own.db, (tx) => giveBack(tx, { ...back, reference: `return:${memberId}/${nth}`, restore: p(10) }))
    const lots = await inTransaction(own.db, (tx) => lotsOf(tx, memberId))
    assert.deepEqual(
      lots.map(({ expiresOn, remaining }) => [expiresOn, remaining]),
      ends.slice(0, nth + 1).map((expiresOn) => [expiresOn, 10]),
    )
  }
  await sound()
})

test("a sale restored in parts gives back the last used lot first, each no more than it gave", async () => {
  const memberId = await member()
  const ends = [addDays(TODAY, 60), addDays(TODAY, 90)]
  for (const [nth, expiresOn] of ends.entries()) await aLot(own.db, { memberId, amount: nth === 0 ? 10 : 50, expiresOn })
  const sale = aPosting({ memberId, redeem: p(40) }) // 10 and 30
  await inTransaction(own.db, (tx) => post(tx, [sale], { at: AT }))
  const back = { reverses: sale.reference, memberId, occurredAt: AT, at: AT, claw: [], restoredForDays: 30, shortage: "debt" as const }
  const steps: [number, [string, number][]][] = [
    [15, [[ends[1]!, 35]]],
    [
      20,
      [
        [ends[0]!, 5],
        [ends[1]!, 50],
      ],
    ],
    [
      5,
      [
        [ends[0]!, 5],
        [ends[0]!, 5], // a lot that was used up is not filled again: beside it stands another of the same day
        [ends[1]!, 50],
      ],
    ],
  ]
  for (const [restore, left] of steps) {
    await inTransaction(own.db, (tx) => giveBack(tx, { ...back, reference: `return:${memberId}/p${restore}`, restore: p(restore) }))
    const lots = await inTransaction(own.db, (tx) => lotsOf(tx, memberId))
    assert.deepEqual(
      lots.map(({ expiresOn, remaining }) => [expiresOn, remaining]),
      left,
    )
  }
  await sound()
})

test("what a line earned is clawed from its own lot before any other, in parts up to all of it, and the rest is owed", async () => {
  const memberId = await member()
  await aLot(own.db, { memberId, amount: 100, expiresOn: addDays(TODAY, 60) })
  const [first, second] = [10, 50].map((amount) => aPosting({ memberId, earn: [pendingLine(1, amount)] }))
  for (const sale of [first!, second!]) await inTransaction(own.db, (tx) => post(tx, [sale], { at: AT }))
  let returns = 0
  const clawing = (reverses: typeof first, points: number, at = AT) =>
    inTransaction(own.db, (tx) =>
      giveBack(tx, {
        ...{ reference: `return:${memberId}/c${(returns += 1)}`, reverses: reverses!.reference, memberId, occurredAt: at, at },
        ...{ restore: p(0), claw: [{ line: 1, points: p(points) }], restoredForDays: 30, shortage: "debt" as const },
      }),
    )
  const left = async () => (await inTransaction(own.db, (tx) => lotsOf(tx, memberId))).map(({ state, remaining }) => [state, remaining])
  await clawing(first, 4)
  await clawing(first, 6)
  await assert.rejects(clawing(first, 1), /more is clawed/)
  assert.deepEqual(await left(), [
    ["available", 100],
    ["pending", 50],
  ])
  const later = new Date(AT.getTime() + 15 * 86_400_000)
  await settleAll(later)
  assert.deepEqual((await clawing(second, 20, later)).clawed, { pending: 0, available: 20, owed: 0, exposure: 0 })
  assert.deepEqual(await left(), [
    ["available", 100],
    ["available", 30],
  ])
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(110), occurredAt: later })], { at: later }))
  assert.deepEqual((await clawing(second, 30, later)).clawed, { pending: 0, available: 20, owed: 10, exposure: 0 })
  assert.deepEqual(await balance(memberId), { pending: 0, available: 0, held: 0, owed: 10 })
  await sound(later)
})

test("what was earned, activated and spent becomes a visible debt when the goods come back", async () => {
  const memberId = await member()
  const sale = aPosting({ memberId, earn: [{ line: 1, points: p(100), activatesOn: TODAY, expiresOn: addDays(TODAY, 180) }] })
  await inTransaction(own.db, (tx) => post(tx, [sale], { at: AT }))
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(90) })], { at: AT }))
  const given = await inTransaction(own.db, (tx) =>
    giveBack(tx, {
      ...{ reference: `return:${memberId}/1`, reverses: sale.reference, memberId, occurredAt: AT, at: AT },
      ...{ restore: p(0), claw: [{ line: 1, points: p(100) }], restoredForDays: 30, shortage: "debt" },
    }),
  )
  assert.deepEqual(given.clawed, { pending: 0, available: 10, owed: 90, exposure: 0 })
  assert.equal(given.balance.owed, 90)
  await sound()
})

test("no delivered reminder, no expiry; a late reminder gives the lot more days", async () => {
  const memberId = await member()
  await aLot(own.db, { memberId, amount: 40, expiresOn: addDays(TODAY, 10) })
  const later = new Date(AT.getTime() + 20 * 86_400_000)
  await settleAll(later)
  assert.equal((await balance(memberId)).available, 40)
  const lots = await inTransaction(own.db, (tx) => lotsExpiring(tx, { until: addDays(TODAY, 30), after: memberId - 1, most: 1 }))
  assert.deepEqual(
    lots.map(({ remaining }) => remaining),
    [40],
  )
  await inTransaction(own.db, (tx) => recordReminders(tx, { lots, at: later, noticeDays: 7 }))
  await settleAll(new Date(later.getTime() + 7 * 86_400_000))
  assert.equal((await balance(memberId)).available, 40)
  await settleAll(new Date(later.getTime() + 8 * 86_400_000))
  assert.equal((await balance(memberId)).available, 0)
  await sound()
})

test("what was set aside when the rest of its lot expired comes back and expires too, and stops nobody's night", async () => {
  const [memberId, neighbour] = [await member(), await member()]
  for (const one of [memberId, neighbour]) await aLot(own.db, { memberId: one, amount: 100, expiresOn: addDays(TODAY, 10) })
  const lots = await inTransaction(own.db, (tx) => lotsExpiring(tx, { until: addDays(TODAY, 10), after: memberId - 1, most: 2 }))
  await inTransaction(own.db, (tx) => recordReminders(tx, { lots, at: AT, noticeDays: 7 }))
  const on = (days: number) => new Date(AT.getTime() + days * 86_400_000)
  const request = { reference: `order:part${memberId}/held` as const, memberId, points: p(30), lapsesAt: on(12) }
  const [held] = await inTransaction(own.db, (tx) => hold(tx, [request], { at: on(9) }))
  await settleAll(on(11))
  assert.deepEqual(await balance(memberId), { pending: 0, available: 0, held: 30, owed: 0 })
  await inTransaction(own.db, (tx) => voidHold(tx, { holdId: held!.holdId, at: on(11) }))
  await settleAll(on(11))
  assert.deepEqual(await balance(memberId), { pending: 0, available: 0, held: 0, owed: 0 })
  await sound(on(11))
})

test("a purse is emptied for good, once, with what was set aside; a debt stays visible", async () => {
  const memberId = await member(100)
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, earn: [pendingLine(1, 8)] })], { at: AT }))
  await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:c${memberId}/held`, memberId, points: p(60), lapsesAt: addHour(AT) }], { at: AT }),
  )
  const close = { memberId, reference: `leave:${memberId}/closed` as const, at: AT }
  const closed = { pending: 8, available: 100, owed: 0 }
  assert.deepEqual(await inTransaction(own.db, (tx) => closePurse(tx, close)), { status: "posted", ...closed })
  assert.deepEqual(await inTransaction(own.db, (tx) => closePurse(tx, close)), { status: "already_posted", ...closed })
  assert.deepEqual(await balance(memberId), { pending: 0, available: 0, held: 0, owed: 0 })
  const indebted = await member()
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: indebted, redeem: p(30), shortage: "debt" })], { at: AT }))
  const other = { memberId: indebted, reference: `leave:${indebted}/closed` as const, at: AT }
  assert.deepEqual(await inTransaction(own.db, (tx) => closePurse(tx, other)), { status: "posted", pending: 0, available: 0, owed: 30 })
  assert.equal((await balance(indebted)).owed, 30)
  const stranger = { ...close, memberId: freshMember(), reference: "leave:nobody/closed" as const }
  assert.equal((await inTransaction(own.db, (tx) => closePurse(tx, stranger))).status, "no_purse")
  await sound()
})
