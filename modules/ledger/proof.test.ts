import { addDays, inTransaction, type Tx } from "@mila/kernel"
import { closeTestDatabases, ownDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  adjust,
  balanceAt,
  checkLedger,
  expiryCalendar,
  giveBack,
  liability,
  openPurses,
  post,
  seal,
  settleDue,
  statementOf,
} from "./index.ts"
import { addHour, aLedger, aLot, aPosting, AT, freshMember, p, TODAY } from "./testing.ts"

const { own, member, balance } = await aLedger()
after(async () => {
  await own.drop()
  await closeTestDatabases()
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

test("A26: the database refuses what must never be", async () => {
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

test("seals of a few transactions each leave none out and count none twice, and their totals are the journal's", async () => {
  const alone = await ownDb()
  for (let nth = 1; nth <= 7; nth += 1) await aLot(alone.db, { memberId: freshMember(), amount: nth })
  const counts: number[] = []
  for (;;) {
    const { rows } = await alone.db.pool.query("select ledger.seal_upto(ledger.seal_line(), 3, $1, $2) sealed", [TODAY, AT])
    if (rows[0].sealed === 0) break
    counts.push(rows[0].sealed)
  }
  assert.deepEqual(counts, [3, 3, 1])
  const { rows } = await alone.owner.pool.query("select totals from ledger.seal order by seal_id")
  assert.deepEqual(
    rows.map(({ totals }) => totals["issued>available"]),
    [1 + 2 + 3, 4 + 5 + 6, 7],
  )
  assert.deepEqual((await checkLedger(alone.db, { at: AT, now: () => AT })).findings, [])
  await alone.drop()
})

test("the short check reads what came after the last seal but one, finds what broke there, and leaves the older to the whole check", async () => {
  const alone = await ownDb()
  const [early, late] = [freshMember(), freshMember()]
  const short = async () =>
    (await checkLedger(alone.db, { at: AT, now: () => AT, complete: false })).findings.map(({ invariant }) => invariant)
  for (const memberId of [early, freshMember(), freshMember(), late]) {
    await aLot(alone.db, { memberId, amount: 10 })
    await seal(alone.db, { at: AT })
    assert.deepEqual(await short(), [])
  }
  const spoil = (memberId: number) =>
    alone.owner.pool.query(
      `begin; alter table ledger.posting disable trigger all; update ledger.posting set points = 9 where member_id = ${memberId};
       alter table ledger.posting enable trigger all; commit`,
    )
  await spoil(early)
  assert.deepEqual(await short(), [])
  await spoil(late)
  assert.ok((await short()).includes("I3"))
  const { findings } = await checkLedger(alone.db, { at: AT, now: () => AT })
  assert.equal(findings.find(({ invariant }) => invariant === "I3")!.count, 2)
  await alone.drop()
})

test("ids of the journal never go back, however many a millisecond brings", async () => {
  const { rows } = await own.owner.pool.query(
    `select count(*) back from (
       select id, lag(id) over (order by n) before from (select n, ledger.take_ids(1) id from generate_series(1, 20000) n offset 0) ids) pairs
      where id <= before`,
  )
  assert.equal(rows[0].back, 0)
})
