import { addDays, day, dayIn, inTransaction, MINSK, type Points, points, type Tx } from "@mila/kernel"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  adjust,
  balanceAt,
  balancesOf,
  checkLedger,
  closePurse,
  expiryCalendar,
  giveBack,
  hold,
  lapseHolds,
  liability,
  lotsExpiring,
  lotsOf,
  mergePurses,
  openPurses,
  post,
  recordReminders,
  seal,
  settleDue,
  statementOf,
  voidHold,
} from "./index.ts"
import { aLot, aPosting, freshMember } from "./testing.ts"

const AT = new Date("2026-11-23T09:00:00Z")
const TODAY = dayIn(MINSK, AT)
const p = (amount: number): Points => points(amount)
const pendingLine = (line: number, amount: number) => ({
  line,
  points: p(amount),
  activatesOn: addDays(TODAY, 14),
  expiresOn: addDays(TODAY, 194),
})

let own: OwnDb
before(async () => {
  own = await ownDb()
})
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

async function member(amount = 0): Promise<number> {
  const memberId = freshMember()
  if (amount > 0) await aLot(own.db, { memberId, amount })
  else await inTransaction(own.db, (tx) => openPurses(tx, { memberIds: [memberId] }))
  return memberId
}
const balance = async (memberId: number) => inTransaction(own.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId)!)
const sound = async (at = AT) => assert.deepEqual((await checkLedger(own.db, { at, now: () => at })).findings, [])
const settleAll = async (at: Date) => {
  while ((await inTransaction(own.db, (tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 100 }))).members > 0);
}

test("earned points wait until their day, then become available", async () => {
  const memberId = await member()
  const request = aPosting({ memberId, earn: [pendingLine(1, 70), pendingLine(2, 30)] })
  const [outcome] = await inTransaction(own.db, (tx) => post(tx, [request], { at: AT }))
  assert.equal(outcome!.status, "posted")
  assert.deepEqual(outcome!.balance, { pending: 100, available: 0, held: 0, owed: 0 })
  await settleAll(new Date(AT.getTime() + 14 * 86_400_000))
  assert.deepEqual(await balance(memberId), { pending: 0, available: 100, held: 0, owed: 0 })
  await sound()
})

test("a repeated reference answers as before and moves nothing; another body is a conflict", async () => {
  const memberId = await member()
  const request = aPosting({ memberId, earn: [pendingLine(1, 5)] })
  const [first] = await inTransaction(own.db, (tx) => post(tx, [request], { at: AT }))
  const [again] = await inTransaction(own.db, (tx) => post(tx, [request], { at: AT }))
  const [other] = await inTransaction(own.db, (tx) => post(tx, [{ ...request, earn: [pendingLine(1, 6)] }], { at: AT }))
  assert.deepEqual({ ...again, status: "posted" }, first)
  assert.equal(again!.status, "already_posted")
  assert.equal(other!.status, "conflict")
  assert.equal((await balance(memberId)).pending, 5)
})

test("requests of one batch have outcomes of their own", async () => {
  const [rich, poor, stranger] = [await member(500), await member(10), freshMember()]
  const outcomes = await inTransaction(own.db, (tx) =>
    post(
      tx,
      [rich, poor, stranger].map((memberId) => aPosting({ memberId, redeem: p(100) })),
      { at: AT },
    ),
  )
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["posted", "insufficient", "no_purse"],
  )
  assert.equal((await balance(rich)).available, 400)
  assert.equal((await balance(poor)).available, 10)
})

test("points are used soonest expiry first", async () => {
  const memberId = await member()
  await aLot(own.db, { memberId, amount: 50, expiresOn: day("2027-03-01") })
  await aLot(own.db, { memberId, amount: 50, expiresOn: day("2027-01-01") })
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(60) })], { at: AT }))
  const lots = await inTransaction(own.db, (tx) => lotsOf(tx, memberId))
  assert.deepEqual(
    lots.map(({ expiresOn, remaining }) => [expiresOn, remaining]),
    [["2027-03-01", 40]],
  )
})

test("a hold is captured in part and the rest goes back to its lots", async () => {
  const memberId = await member(100)
  const [held] = await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:h${memberId}/redemption`, memberId, points: p(80), lapsesAt: new Date(AT.getTime() + 900_000) }], {
      at: AT,
    }),
  )
  assert.deepEqual(held!.balance, { pending: 0, available: 20, held: 80, owed: 0 })
  const [captured] = await inTransaction(own.db, (tx) =>
    post(tx, [aPosting({ memberId, redeem: p(50), holdId: held!.holdId })], { at: AT }),
  )
  assert.deepEqual(captured!.balance, { pending: 0, available: 50, held: 0, owed: 0 })
  assert.equal(await inTransaction(own.db, (tx) => voidHold(tx, { holdId: held!.holdId, at: AT })), "already_ended")
  await sound()
})

test("a lapsed hold gives its points back; a confirmed receipt still wins, on debt or on the house", async () => {
  const memberId = await member(100)
  const [held] = await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:l${memberId}/redemption`, memberId, points: p(80), lapsesAt: AT }], { at: AT }),
  )
  assert.ok((await inTransaction(own.db, (tx) => lapseHolds(tx, { at: AT, most: 10 }))) >= 1)
  assert.equal((await balance(memberId)).available, 100)
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(70) })], { at: AT }))
  const [late] = await inTransaction(own.db, (tx) =>
    post(tx, [aPosting({ memberId, redeem: p(80), holdId: held!.holdId, shortage: "debt" })], { at: AT }),
  )
  assert.deepEqual([late!.status, late!.owing, late!.balance.owed], ["posted", 50, 50])
  const [house] = await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(5), shortage: "exposure" })], { at: AT }))
  assert.deepEqual([house!.exposed, house!.balance.owed], [5, 50])
  await sound()
})

test("an available earning pays the debt first, and the member sees it in the same answer", async () => {
  const memberId = await member()
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(30), shortage: "debt" })], { at: AT }))
  const outcome = await aLot(own.db, { memberId, amount: 100 })
  assert.deepEqual(outcome.balance, { pending: 0, available: 70, held: 0, owed: 0 })
  await sound()
})

test("a return claws pending first and restores the used lot with its own expiry", async () => {
  const memberId = await member(100)
  const request = aPosting({ memberId, redeem: p(40), earn: [pendingLine(1, 10), pendingLine(2, 20)] })
  await inTransaction(own.db, (tx) => post(tx, [request], { at: AT }))
  const back = { reverses: request.reference, memberId, occurredAt: AT, at: AT, restoredForDays: 30, shortage: "debt" as const }
  const given = await inTransaction(own.db, (tx) =>
    giveBack(tx, { ...back, reference: `return:${memberId}/1`, restore: p(15), claw: [{ line: 2, points: p(7) }] }),
  )
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

test("a merge pays the debt of one with the points of the other", async () => {
  const [from, into] = [await member(), await member(100)]
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: from, redeem: p(30), shortage: "debt" })], { at: AT }))
  await inTransaction(own.db, (tx) => mergePurses(tx, { from, into, reference: `merge:${from}-${into}/moved`, at: AT }))
  assert.deepEqual(await balance(into), { pending: 0, available: 70, held: 0, owed: 0 })
  await sound()
})

test("purses merge with lots, holds and debts, once", async () => {
  const [from, into] = [await member(60), await member(5)]
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: from, earn: [pendingLine(1, 8)] })], { at: AT }))
  await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:m${from}/redemption`, memberId: from, points: p(10), lapsesAt: addHour(AT) }], { at: AT }),
  )
  const merge = { from, into, reference: `merge:${from}/${into}` as const, at: AT }
  assert.equal(await inTransaction(own.db, (tx) => mergePurses(tx, merge)), "posted")
  assert.equal(await inTransaction(own.db, (tx) => mergePurses(tx, merge)), "already_posted")
  assert.deepEqual(await balance(into), { pending: 8, available: 65, held: 0, owed: 0 })
  assert.deepEqual(await balance(from), { pending: 0, available: 0, held: 0, owed: 0 })
  await sound()
})

test("a correction adds or takes, and the past balance stays what it was", async () => {
  const memberId = await member()
  const give = {
    reference: `adjustment:${memberId}/1` as const,
    memberId,
    points: 500,
    expiresOn: addDays(TODAY, 90),
    at: AT,
    occurredAt: AT,
    shortage: "refuse" as const,
  }
  await inTransaction(own.db, (tx) => adjust(tx, give))
  const later = addHour(AT)
  await inTransaction(own.db, (tx) => adjust(tx, { ...give, reference: `adjustment:${memberId}/2`, points: -200, at: later }))
  assert.equal((await balance(memberId)).available, 300)
  assert.equal((await inTransaction(own.db, (tx) => balanceAt(tx, { memberId, at: AT }))).available, 500)
  const [newest, oldest] = await inTransaction(own.db, (tx) => statementOf(tx, { memberId, most: 10 }))
  assert.deepEqual([newest!.balance.available, oldest!.balance.available], [300, 500])
  const page = await inTransaction(own.db, (tx) => statementOf(tx, { memberId, most: 1, before: newest!.transactionId }))
  assert.deepEqual(
    page.map(({ transactionId }) => transactionId),
    [oldest!.transactionId],
  )
})

test("liability and the expiry calendar add up to the purses", async () => {
  await inTransaction(own.db, async (tx) => {
    const owedToMembers = await liability(tx, { today: TODAY })
    const byDay = await expiryCalendar(tx, { most: 10_000 })
    const total = byDay.reduce((sum, day) => sum + day.points, 0)
    assert.equal(total, owedToMembers.pending + owedToMembers.available)
  })
})

test("balances at past moments, the liability and the expiry calendar are what the entries add up to by hand", async () => {
  const alone = await ownDb()
  const act = <Result>(work: (tx: Tx) => Promise<Result>) => inTransaction(alone.db, work)
  const [one, other] = [freshMember(), freshMember()]
  const on = (days: number) => new Date(AT.getTime() + days * 86_400_000)
  const earn = (amount: number, from: number) => [
    { line: 1, points: p(amount), activatesOn: addDays(TODAY, from), expiresOn: addDays(TODAY, from + 60) },
  ]
  await act((tx) => openPurses(tx, { memberIds: [one, other] }))
  const sale = aPosting({ memberId: one, earn: earn(100, 14) })
  await act((tx) => post(tx, [sale, aPosting({ memberId: other, earn: earn(40, 0) })], { at: on(0) }))
  await act((tx) => settleDue(tx, { today: addDays(TODAY, 14), at: on(14), most: 100 }))
  await act((tx) => post(tx, [aPosting({ memberId: one, redeem: p(30) })], { at: on(20) }))
  const back = { reference: "return:hand/1" as const, reverses: sale.reference, memberId: one, occurredAt: on(21), at: on(21) }
  const claw = [{ line: 1, points: p(100) }]
  await act((tx) => giveBack(tx, { ...back, restore: p(0), claw, restoredForDays: 30, shortage: "debt" }))
  await act((tx) => post(tx, [aPosting({ memberId: one, earn: earn(25, 40) })], { at: on(22) }))

  // day 0: 100 pending. 14: available. 20: 30 used, 70 left. 21: 100 clawed, 70 were there, 30 are owed. 22: 25 pending.
  const atDay = async (memberId: number, days: number) => {
    const { pending, available, held, owed } = await act((tx) => balanceAt(tx, { memberId, at: on(days) }))
    return [pending, available, held, owed]
  }
  assert.deepEqual(await Promise.all([-1, 0, 14, 20, 21, 22].map((days) => atDay(one, days))), [
    [0, 0, 0, 0],
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 70, 0, 0],
    [0, 0, 0, 30],
    [25, 0, 0, 30],
  ])
  assert.deepEqual(await atDay(other, 22), [0, 40, 0, 0])
  const owing = { members: 2, pending: 25, available: 40, held: 0, owed: 30 }
  assert.deepEqual(await act((tx) => liability(tx, { today: addDays(TODAY, 22) })), { ...owing, overdueUnreminded: 0 })
  assert.deepEqual(await act((tx) => liability(tx, { today: addDays(TODAY, 61) })), { ...owing, overdueUnreminded: 40 })
  assert.deepEqual(await act((tx) => expiryCalendar(tx, {})), [
    { day: addDays(TODAY, 60), points: 40, lots: 1, reminded: 0 },
    { day: addDays(TODAY, 100), points: 25, lots: 1, reminded: 0 },
  ])
  const entries = await act((tx) => statementOf(tx, { memberId: one, most: 100 }))
  const summed = entries
    .flatMap(({ postings }) => postings)
    .reduce((sum, { source, target, points }) => {
      return (
        sum + (target === "available" || target === "pending" ? points : 0) - (source === "available" || source === "pending" ? points : 0)
      )
    }, 0)
  assert.equal(summed, 25, "every entry of the statement, added up")
  await alone.drop()
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

test("the database refuses what must never be", async () => {
  const memberId = await member(10)
  const refused = async (as: "db" | "owner", text: string, why: RegExp) => assert.rejects(own[as].pool.query(text), why, `${as}: ${text}`)
  for (const text of [
    "update ledger.posting set points = 1",
    "delete from ledger.transaction",
    "insert into ledger.purse (member_id) values (7)",
    "update ledger.purse set available = 1000000",
    "truncate ledger.posting",
    "drop table ledger.posting",
    "alter table ledger.posting disable trigger all",
  ])
    await refused("db", text, /permission denied|must be owner/)
  await refused("owner", "update ledger.posting set points = points + 1", /never changed/)
  await refused("owner", "delete from ledger.transaction", /never changed/)
  await refused("owner", "truncate ledger.posting", /never changed/)
  await refused("owner", "truncate ledger.transaction", /never changed/)
  await refused("owner", `update ledger.purse set available = -1 where member_id = ${memberId}`, /check constraint/)
  await refused(
    "owner",
    "insert into ledger.posting values (1, 9007199254740, 0, 'expired', 'available', 5, null, 1, 0)",
    /legal_move|no partition/,
  )
  await refused(
    "owner",
    "insert into ledger.lot values (1, 1, 'available', '2026-01-01', '2026-02-01', '2026-02-02', 5, 6)",
    /check constraint/,
  )
})

test("an edit by a database administrator breaks the hash chain", async () => {
  const tampered = await ownDb()
  const memberId = freshMember()
  await aLot(tampered.db, { memberId, amount: 10 })
  assert.ok((await seal(tampered.db, { at: AT })) > 0)
  assert.deepEqual((await checkLedger(tampered.db, { at: AT, now: () => AT })).findings, [])
  await tampered.owner.pool.query(
    `begin; alter table ledger.transaction disable trigger append_only; update ledger.transaction set occurred_at = occurred_at - interval '1 day';
     alter table ledger.transaction enable trigger append_only; commit`,
  )
  const { findings } = await checkLedger(tampered.db, { at: AT, now: () => AT })
  assert.deepEqual(
    findings.map(({ invariant }) => invariant),
    ["I13"],
  )
  await tampered.drop()
})

const addHour = (at: Date): Date => new Date(at.getTime() + 3_600_000)

test("a hold that ends pays a debt made meanwhile before its points can be used", async () => {
  const memberId = await member(10)
  const [held] = await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:d${memberId}/redemption`, memberId, points: p(10), lapsesAt: addHour(AT) }], { at: AT }),
  )
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: p(4), shortage: "debt" })], { at: AT }))
  await inTransaction(own.db, (tx) => voidHold(tx, { holdId: held!.holdId, at: AT }))
  assert.deepEqual(await balance(memberId), { pending: 0, available: 6, held: 0, owed: 0 })
  await sound()
})

test("ids of the journal never go back, however many a millisecond brings", async () => {
  const { rows } = await own.owner.pool.query(
    `select count(*) back from (
       select id, lag(id) over (order by n) before from (select n, ledger.take_ids(1) id from generate_series(1, 20000) n offset 0) ids) pairs
      where id <= before`,
  )
  assert.equal(rows[0].back, 0)
})
