import { day, inTransaction } from "@mila/kernel"
import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { hold, lapseHolds, lotsOf, post, voidHold } from "./index.ts"
import { addHour, aLedger, aLot, aPosting, AT, freshMember, p, pendingLine } from "./testing.ts"

const { own, member, balance, sound, settleAll } = await aLedger()
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

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
  assert.deepEqual([first!.owing, first!.exposed], [0, 0])
  assert.deepEqual({ ...again, status: "posted" }, first)
  assert.equal(again!.status, "already_posted")
  assert.equal(other!.status, "conflict")
  assert.equal((await balance(memberId)).pending, 5)
})

test("a repeated redemption that earned nothing answers as before; one point that is not there is refused", async () => {
  const memberId = await member(40)
  const request = aPosting({ memberId, redeem: p(40) })
  const posting = (given = request) => inTransaction(own.db, async (tx) => (await post(tx, [given], { at: AT }))[0]!)
  const first = await posting()
  assert.deepEqual({ ...(await posting()), status: "posted" }, first)
  assert.equal((await posting(aPosting({ memberId, redeem: p(1) }))).status, "insufficient")
  assert.deepEqual(await balance(memberId), { pending: 0, available: 0, held: 0, owed: 0 })
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

test("a repeated hold is the one it was; another amount or member under its reference is a conflict", async () => {
  const [memberId, somebody] = [await member(100), await member(100)]
  const asked = { reference: `order:twice-${memberId}/redemption` as const, memberId, points: p(80), lapsesAt: addHour(AT) }
  const holding = (given: Partial<typeof asked> = {}) => inTransaction(own.db, (tx) => hold(tx, [{ ...asked, ...given }], { at: AT }))
  const [first] = await holding()
  const [again] = await holding()
  assert.deepEqual({ ...again, status: "held" }, first)
  assert.equal(again!.status, "already_held")
  assert.deepEqual(
    [(await holding({ points: p(20) }))[0]!.status, (await holding({ memberId: somebody }))[0]!.status],
    ["conflict", "conflict"],
  )
  assert.deepEqual([(await balance(memberId)).held, (await balance(somebody)).held], [80, 0])
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
