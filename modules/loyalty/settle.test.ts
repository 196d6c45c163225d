import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { dayIn, MINSK, points, type Tx } from "@mila/kernel"
import { balancesOf, openPurses, settleDue } from "@mila/ledger"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { campaignBudgets, publishProgramme, settleReceipts, standingsOf } from "./index.ts"
import type { Programme } from "./programme.ts"
import { aBasket, aCampaign, aLine, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const daysLater = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const publish = (tx: Tx, document: Programme, effectiveFrom = new Date("2026-11-01T00:00:00Z")) =>
  publishProgramme(tx, { document, effectiveFrom, at: AT, by: "staff:1" })
const balanceOf = async (tx: Tx, memberId: number) => (await balancesOf(tx, [memberId])).get(memberId)

test("receipts of many members are settled together, each with its own points and balance", () =>
  rolledBack(async (tx) => {
    await openPurses(tx, { memberIds: [11, 12] })
    const large = aBasket([aLine({ amount: 10_000 }), aLine({ amount: 50 })])
    const [one, other, free] = await settleReceipts(
      tx,
      [
        aReceipt({ memberId: 11 }),
        aReceipt({ memberId: 12, basket: large }),
        aReceipt({ memberId: 13, basket: aBasket([aLine({ excluded: true })]) }),
      ],
      { at: AT },
    )
    assert.deepEqual([one!.earned, one!.balance.pending, one!.tier, one!.programmeVersion, one!.status], [20, 20, "base", 0, "settled"])
    assert.deepEqual(
      other!.lines.map(({ line, earned, activatesOn, expiresOn }) => [line, earned, activatesOn, expiresOn]),
      [
        [1, 100, "2026-12-07", "2027-06-05"],
        [2, 0, null, null],
      ],
    )
    assert.deepEqual([free!.earned, free!.balance.pending], [0, 0])
    assert.equal((await balanceOf(tx, 12))?.pending, 100)
  }))

test("a member without a purse gets one on the way, in the right place", () =>
  rolledBack(async (tx) => {
    await openPurses(tx, { memberIds: [22] })
    const settled = await settleReceipts(
      tx,
      [
        aReceipt({ memberId: 21, basket: aBasket([aLine({ amount: 100 })]) }),
        aReceipt({ memberId: 22, basket: aBasket([aLine({ amount: 200 })]) }),
        aReceipt({ memberId: 23, basket: aBasket([aLine({ amount: 300 })]) }),
      ],
      { at: AT },
    )
    assert.deepEqual(
      settled.map(({ balance }) => balance.pending),
      [1, 2, 3],
    )
  }))

test("a receipt settled again changes neither points, turnover nor budgets", () =>
  rolledBack(async (tx) => {
    await publish(tx, aProgramme({ campaigns: [aCampaign({ id: "double", budgetPoints: 100 })] }))
    const receipt = aReceipt({ memberId: 11 })
    const [first] = await settleReceipts(tx, [receipt], { at: AT })
    const [second] = await settleReceipts(tx, [receipt], { at: AT })
    assert.deepEqual([first!.status, second!.status, second!.earned], ["settled", "settled_before", 40])
    assert.equal((await standingsOf(tx, [11], { at: AT })).get(11)?.turnoverMinor, 2_000)
    assert.deepEqual(await campaignBudgets(tx), [{ campaign: "double", budgetPoints: 100, givenPoints: 20 }])
    await assert.rejects(settleReceipts(tx, [{ ...receipt, basket: aBasket([aLine({ amount: 9_000 })]) }], { at: AT }), /settled once/)
  }))

test("a late receipt is settled under the rules of its own day", () =>
  rolledBack(async (tx) => {
    const rate = (rateBps: number) =>
      aProgramme({ accrual: { ...aProgramme().accrual, rules: [{ ...aProgramme().accrual.rules[0]!, rateBps }] } })
    const { version: first } = await publish(tx, rate(200), new Date("2026-11-01T00:00:00Z"))
    const { version: second } = await publish(tx, rate(500), new Date("2026-11-20T00:00:00Z"))
    const sold = (memberId: number, soldAt: string) => aReceipt({ memberId, basket: aBasket([aLine()], { soldAt: new Date(soldAt) }) })
    const settled = await settleReceipts(
      tx,
      [sold(11, "2026-10-31T12:00:00Z"), sold(12, "2026-11-19T23:59:59Z"), sold(13, "2026-11-20T00:00:00Z")],
      { at: AT },
    )
    assert.deepEqual(
      settled.map(({ earned, programmeVersion }) => [earned, programmeVersion]),
      [
        [20, 0],
        [40, first],
        [100, second],
      ],
    )
    assert.equal(settled[1]!.lines[0]!.activatesOn, "2026-12-04", "days run from the sale, not from the arrival")
  }))

test("redeemed points that are not there become a debt or the house's, and the fact stands", () =>
  rolledBack(async (tx) => {
    const redeem = (shortage: "debt" | "exposure") => ({ points: points(300), shortage })
    const [owing, exposed] = await settleReceipts(
      tx,
      [aReceipt({ memberId: 11, redeem: redeem("debt") }), aReceipt({ memberId: 12, redeem: redeem("exposure") })],
      { at: AT },
    )
    assert.deepEqual([owing!.redeemed, owing!.owing, owing!.exposed, owing!.balance.owed], [300, 300, 0, 300])
    assert.deepEqual([exposed!.owing, exposed!.exposed, exposed!.lines[0]!.redeemed, exposed!.earned], [0, 300, 300, 17])
  }))

test("pending points become available on their day", () =>
  rolledBack(async (tx) => {
    await settleReceipts(tx, [aReceipt({ memberId: 11 })], { at: AT })
    const settleOn = async (days: number) => settleDue(tx, { today: dayIn(MINSK, daysLater(days)), at: daysLater(days), most: 100 })
    await settleOn(13)
    assert.deepEqual((await balanceOf(tx, 11))?.available, 0)
    await settleOn(14)
    assert.deepEqual((await balanceOf(tx, 11))?.available, 20)
  }))
