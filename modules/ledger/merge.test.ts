import { inTransaction } from "@mila/kernel"
import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { hold, lotsOf, mergePurses, post, unmergePurses } from "./index.ts"
import { addHour, aLedger, aPosting, AT, p, pendingLine } from "./testing.ts"

const { own, member, balance, sound } = await aLedger()
after(async () => {
  await own.drop()
  await closeTestDatabases()
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

test("A27: a merge is taken back, once: what is still there goes home with its dates, what was used meanwhile does not", async () => {
  const [from, into] = [await member(60), await member(50)]
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: from, earn: [pendingLine(1, 8)] })], { at: AT }))
  const before = await inTransaction(own.db, (tx) => lotsOf(tx, from))
  const merge = `merge:${from}-${into}/moved` as const
  await inTransaction(own.db, (tx) => mergePurses(tx, { from, into, reference: merge, at: AT }))
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: into, redeem: p(70), earn: [pendingLine(1, 3)] })], { at: AT }))
  await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:u${into}/redemption`, memberId: into, points: p(10), lapsesAt: addHour(AT) }], { at: AT }),
  )
  const back = { from, into, merge, reference: `merge:${from}-${into}/undone` as const, at: AT }
  const home = await inTransaction(own.db, (tx) => unmergePurses(tx, back))
  assert.equal(home.pending, 8)
  const left = await balance(into)
  assert.equal(home.available + left.available + left.held, 40, "nothing is lost, nothing is made")
  assert.deepEqual(await inTransaction(own.db, (tx) => unmergePurses(tx, back)), { ...home, status: "already_posted" })
  const after = await inTransaction(own.db, (tx) => lotsOf(tx, from))
  const dates = new Map(before.map(({ lotId, expiresOn }) => [lotId, expiresOn]))
  for (const { lotId, expiresOn } of after) assert.equal(expiresOn, dates.get(lotId))
  assert.equal(left.pending, 3)
  await sound()
})

test("A27: a debt that came along goes home as far as it is still owed", async () => {
  const [from, into] = [await member(), await member()]
  await inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId: from, redeem: p(30), shortage: "debt" })], { at: AT }))
  const merge = `merge:${from}-${into}/moved` as const
  await inTransaction(own.db, (tx) => mergePurses(tx, { from, into, reference: merge, at: AT }))
  const reference = `merge:${from}-${into}/undone` as const
  const home = await inTransaction(own.db, (tx) => unmergePurses(tx, { from, into, merge, reference, at: AT }))
  assert.deepEqual(home, { status: "posted", pending: 0, available: 0, owed: 30 })
  assert.deepEqual([(await balance(from)).owed, (await balance(into)).owed], [30, 0])
  await sound()
})
