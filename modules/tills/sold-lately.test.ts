import { putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { addDays, dayIn, inTransaction, MINSK, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { cancelReceipt } from "./cancel-receipt.ts"
import { type Line, receiptIdOf, type TillIdentity } from "./facts.ts"
import { recordReceipts } from "./record-receipts.ts"
import { recordReturn } from "./record-return.ts"
import { soldLately, sumUpDay, sumUpSold } from "./sold-lately.ts"
import { aLine, aReturn, aSale, aTill, CREAM, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const DAY_MS = 86_400_000
const days = (count: number) => new Date(SOME_DAY.getTime() + count * DAY_MS)

async function sell(tx: Tx, till: TillIdentity, lines: Line[], at = SOME_DAY): Promise<string> {
  const sale = aSale(till, { lines, soldAt: at.toISOString() })
  await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at })
  return receiptIdOf(sale)
}

const giveBack = async (tx: Tx, till: TillIdentity, sale: string, at: Date) =>
  recordReturn(tx, { till, requestKey: null, return: aReturn(till, { sale, returnedAt: at.toISOString() }), locale: "ru" }, { at })

/** What is known on the day after `last`, each day since `SOME_DAY` counted. */
async function sold(tx: Tx, last = SOME_DAY): Promise<Record<string, number>> {
  for (let day = dayIn(MINSK, SOME_DAY); day <= dayIn(MINSK, last); day = addDays(day, 1)) await sumUpDay(tx, { day, at: last })
  return Object.fromEntries((await soldLately(tx, { at: new Date(last.getTime() + DAY_MS) })).map(({ sku, milli }) => [sku, milli]))
}

test("what is sold adds up by sku, and counting a day again changes nothing", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    await putProducts(tx, [aProduct({ sku: "soap", eans: [] })], { at: SOME_DAY })
    await sell(tx, till, [aLine({ quantityMilli: 2_000, amountMinor: 4_000 }), aLine({ no: 2, sku: "soap" })])
    await sell(tx, till, [aLine()])
    assert.deepEqual(await sold(tx), { [CREAM]: 3_000, soap: 1_000 })
    assert.deepEqual(await sold(tx), { [CREAM]: 3_000, soap: 1_000 })
  }))

test("what comes back is taken off on the day it comes, and a sale that is cancelled never was", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const two = await sell(tx, till, [aLine({ quantityMilli: 2_000, amountMinor: 4_000 })])
    const annulled = await sell(tx, till, [aLine()])
    assert.deepEqual(await sold(tx), { [CREAM]: 3_000 })
    await giveBack(tx, till, two, days(3))
    const cancel = { storeCode: till.shop, tillNo: till.till, cancelledAt: days(1).toISOString() }
    await cancelReceipt(tx, { till, receiptId: annulled, cancel, at: days(1) })
    assert.deepEqual(await sold(tx, days(3)), { [CREAM]: 1_000 })
    await giveBack(tx, till, two, days(4))
    assert.deepEqual(await sold(tx, days(4)), {}, "all of it came back")
  }))

test("what waits for a person is not sold yet, and after sixty days nobody speaks of a sale any more", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    await sell(tx, till, [aLine()])
    const odd = aSale(till, { totalMinor: 1 })
    await recordReceipts(tx, [{ till, requestKey: null, sale: odd, locale: "ru" }], { at: SOME_DAY })
    await sumUpDay(tx, { day: dayIn(MINSK, SOME_DAY), at: SOME_DAY })
    const on = async (day: number) => (await soldLately(tx, { at: days(day) })).map(({ milli }) => milli)
    assert.deepEqual([await on(0), await on(1), await on(60), await on(61)], [[], [1_000], [1_000], []])
  }))

test("sixty days are counted once, the last week of them every night, and two workers at once count the same", async () => {
  const own = await ownDb()
  const till = await inTransaction(own.db, (tx) => aTill(tx))
  await inTransaction(own.db, (tx) => sell(tx, till, [aLine()]))
  const at = days(10)
  assert.deepEqual((await sumUpSold(own.db, { at })).days, 60)
  assert.deepEqual(await Promise.all([sumUpSold(own.db, { at }), sumUpSold(own.db, { at })]), [{ days: 7 }, { days: 7 }])
  assert.deepEqual((await sumUpSold(own.db, { at: days(11) })).days, 7)
  assert.deepEqual(await inTransaction(own.db, (tx) => soldLately(tx, { at })), [{ sku: CREAM, milli: 1_000 }])
  await sumUpSold(own.db, { at: days(80) })
  const { rows } = await own.owner.pool.query(
    "select count(*)::int as days, (select count(*)::int from tills.sold) as sums from tills.sold_day",
  )
  assert.deepEqual(rows, [{ days: 60, sums: 0 }])
  await own.drop()
})
