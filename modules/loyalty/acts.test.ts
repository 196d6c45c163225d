import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { dayIn, MINSK, points, Refusal, type Tx } from "@mila/kernel"
import { balancesOf, openPurses, settleDue, voidHold } from "@mila/ledger"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  campaignBudgets,
  holdRedemptions,
  mergeStandings,
  programmeAt,
  publishProgramme,
  quote,
  retier,
  settleReceipts,
  simulate,
  standingChangesOf,
  standingsOf,
  voidRedemption,
} from "./index.ts"
import type { Programme } from "./programme.ts"
import { aBasket, aCampaign, aLine, anEarner, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const daysLater = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const publish = (tx: Tx, document: Programme, effectiveFrom = new Date("2026-11-01T00:00:00Z")) =>
  publishProgramme(tx, { document, effectiveFrom, at: AT, by: "staff:1" })
const balanceOf = async (tx: Tx, memberId: number) => (await balancesOf(tx, [memberId])).get(memberId)
const now: Partial<Programme> = { pending: { days: 0, byCategory: [] } } // points can be used at once

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

test("from quote to hold to receipt: the points that were set aside are the points that are used", () =>
  rolledBack(async (tx) => {
    await publish(tx, aProgramme(now))
    await settleReceipts(tx, [aReceipt({ memberId: 11, basket: aBasket([aLine({ amount: 100_000 })]) })], { at: AT })
    const basket = aBasket([aLine({ amount: 1_000 }), aLine({ amount: 2_000 })])
    const earner = anEarner({ memberId: 11 })
    const seen = await quote(tx, { earner, basket, redeem: { mode: "max" }, presence: "proven", at: AT })
    assert.deepEqual([seen.redeemed, seen.payableMinor, seen.balance.available, seen.earned, seen.tier], [900, 2_100, 1_000, 21, "silver"])
    const request = {
      redemption: "1",
      memberId: 11,
      points: points(600),
      presence: "proven" as const,
      limits: seen.limits,
      programmeVersion: seen.programmeVersion,
      lapsesAt: daysLater(1),
    }
    const [held] = await holdRedemptions(tx, [request], { at: AT })
    assert.ok(held?.status === "held")
    assert.deepEqual(
      [held.perLine, held.balance.held],
      [
        [
          { line: 1, points: 200 },
          { line: 2, points: 400 },
        ],
        600,
      ],
    )
    assert.equal((await holdRedemptions(tx, [request], { at: AT }))[0]!.status, "already_held")
    const [settled] = await settleReceipts(
      tx,
      [aReceipt({ memberId: 11, basket, redeem: { points: points(600), perLine: held.perLine, holdId: held.holdId } })],
      { at: AT },
    )
    assert.deepEqual([settled!.redeemed, settled!.owing, settled!.balance.held, settled!.balance.available], [600, 0, 0, 1_000 - 600 + 24])
    assert.equal(await voidRedemption(tx, { holdId: held.holdId, memberId: 11, at: AT }), "already_ended")
  }))

test("a hold is refused with its reason, and never hinders its neighbour", () =>
  rolledBack(async (tx) => {
    await publish(tx, aProgramme(now))
    await settleReceipts(
      tx,
      [
        aReceipt({ memberId: 11, basket: aBasket([aLine({ amount: 50_000 })]) }),
        aReceipt({ memberId: 12, basket: aBasket([aLine({ amount: 50_000 })]) }),
      ],
      { at: AT },
    )
    const { limits, programmeVersion } = await quote(tx, {
      earner: anEarner({ memberId: 11 }),
      basket: aBasket([aLine({ amount: 10_000 })]),
      redeem: { mode: "none" },
      at: AT,
    })
    assert.equal(limits.most, 0, "who wishes for nothing gets no limits")
    const wished = await quote(tx, {
      earner: anEarner({ memberId: 11 }),
      basket: aBasket([aLine({ amount: 10_000 })]),
      redeem: { mode: "max" },
      at: AT,
    })
    assert.deepEqual([wished.refusal, wished.redeemed, wished.limits.most], ["proof_needed", 500, 3_000])
    const ask = async (memberId: number, wish: number, presence: "proven" | "static" = "proven") =>
      (
        await holdRedemptions(
          tx,
          [
            {
              redemption: `${memberId}-${wish}`,
              memberId,
              points: points(wish),
              presence,
              limits: wished.limits,
              programmeVersion,
              lapsesAt: daysLater(1),
            },
          ],
          { at: AT },
        )
      )[0]!
    const refusals = [
      await ask(11, 500, "static"),
      await ask(11, 0),
      await ask(11, -5),
      await ask(11, 3_001),
      await ask(11, 501),
      await ask(99, 200),
    ]
    assert.deepEqual(
      refusals.map((answer) => (answer.status === "refused" ? answer.refusal : answer.status)),
      [
        "proof_needed",
        "points_below_minimum",
        "points_below_minimum",
        "too_many_points_for_basket",
        "not_enough_points",
        "not_enough_points",
      ],
    )
    const request = (memberId: number, wish: number) => ({
      redemption: `both-${memberId}`,
      memberId,
      points: points(wish),
      presence: "proven" as const,
      limits: wished.limits,
      programmeVersion,
      lapsesAt: daysLater(1),
    })
    const both = await holdRedemptions(tx, [request(11, 9_999), request(12, 300)], { at: AT })
    assert.deepEqual(
      both.map(({ status }) => status),
      ["refused", "held"],
    )
    assert.ok(both[1]?.status === "held")
    assert.equal(await voidHold(tx, { holdId: both[1].holdId, at: AT }), "voided")
    const other = await holdRedemptions(tx, [request(12, 301)], { at: AT })
    assert.deepEqual(other[0], {
      status: "refused",
      refusal: "redemption_conflict",
      most: 3_000,
      balance: { pending: 0, available: 200, held: 300, owed: 0 },
    })
  }))

test("a level is reached by the receipt after which the turnover is there, and counts from the next", () =>
  rolledBack(async (tx) => {
    const settle = async (amount: number) =>
      (await settleReceipts(tx, [aReceipt({ memberId: 11, basket: aBasket([aLine({ amount })]) })], { at: AT }))[0]!
    assert.deepEqual([(await settle(49_999)).tier, (await settle(1)).tier, (await settle(1)).tier], ["base", "base", "silver"])
    assert.deepEqual(await standingChangesOf(tx, { memberId: 11, most: 9 }), [
      { memberId: 11, from: null, to: "silver", on: "2026-11-23", cause: "receipt" },
    ])
    const standing = (await standingsOf(tx, [11], { at: AT })).get(11)
    assert.deepEqual(standing, {
      tier: "silver",
      turnoverMinor: 50_001,
      next: { tier: "gold", missingMinor: 99_999 },
      falls: { on: "2027-11-01", to: "base" },
    })
    assert.equal((await standingsOf(tx, [99], { at: AT })).get(99)?.tier, "base")
  }))

test("the nightly job writes fallen levels down, once, page by page", () =>
  rolledBack(async (tx) => {
    const members = [11, 12, 13]
    await settleReceipts(
      tx,
      members.map((memberId) => aReceipt({ memberId, basket: aBasket([aLine({ amount: 60_000 })]) })),
      { at: AT },
    )
    const later = new Date("2027-11-01T00:30:00Z")
    const pages = []
    for (let from: number | null = 0; from !== null;) {
      const page: { members: number; changed: number; last: number | null } = await retier(tx, { at: later, after: from, most: 2 })
      pages.push(page)
      from = page.last
    }
    assert.deepEqual(
      pages.map(({ members: seen, changed }) => [seen, changed]),
      [
        [2, 2],
        [1, 1],
      ],
    )
    assert.deepEqual((await standingChangesOf(tx, { memberId: 12, most: 1 }))[0], {
      memberId: 12,
      from: "silver",
      to: "base",
      on: "2027-11-01",
      cause: "window",
    })
    assert.equal((await retier(tx, { at: later, most: 10 })).changed, 0)
  }))

test("merged members add their turnovers up", () =>
  rolledBack(async (tx) => {
    await settleReceipts(
      tx,
      [
        aReceipt({ memberId: 11, basket: aBasket([aLine({ amount: 30_000 })]) }),
        aReceipt({ memberId: 12, basket: aBasket([aLine({ amount: 25_000 })]) }),
      ],
      { at: AT },
    )
    await mergeStandings(tx, { from: 11, into: 12, at: AT })
    await mergeStandings(tx, { from: 11, into: 12, at: AT })
    const standings = await standingsOf(tx, [11, 12], { at: AT })
    assert.deepEqual([standings.get(11)?.turnoverMinor, standings.get(12)?.turnoverMinor, standings.get(12)?.tier], [0, 55_000, "silver"])
    assert.equal((await standingChangesOf(tx, { memberId: 12, most: 9 }))[0]?.cause, "merge")
  }))

test("a programme is published for a day to come, or for a past in which nothing was bought", () =>
  rolledBack(async (tx) => {
    assert.equal((await programmeAt(tx, AT)).version, 0)
    const { version } = await publish(tx, aProgramme({ expiryDays: 90 }), daysLater(1))
    assert.deepEqual([(await programmeAt(tx, AT)).version, (await programmeAt(tx, daysLater(1))).version], [0, version])
    await publish(tx, aProgramme(), new Date("2026-11-02T00:00:00Z"))
    await settleReceipts(tx, [aReceipt({ memberId: 11 })], { at: AT })
    await assert.rejects(publish(tx, aProgramme(), new Date("2026-11-02T00:00:00Z")), refused("programme_backdated"))
  }))

test("a document with faults is refused with all of them", () =>
  rolledBack(async (tx) => {
    const document = aProgramme({ campaigns: [aCampaign({ id: "c", to: "2026-10-01" }), aCampaign({ id: "c" })] })
    await assert.rejects(
      publish(tx, document, AT),
      (error) => error instanceof Refusal && error.code === "programme_invalid" && (error.details["problems"] as unknown[]).length === 2,
    )
  }))

test("a budget may grow, but not below what was given", () =>
  rolledBack(async (tx) => {
    const campaign = (budgetPoints: number) => aProgramme({ campaigns: [aCampaign({ id: "double", budgetPoints })] })
    await publish(tx, campaign(15))
    const [short] = await settleReceipts(tx, [aReceipt({ memberId: 11 })], { at: AT })
    assert.deepEqual([short!.earned, short!.explanation.some(({ code }) => code === "budget_short")], [35, true])
    await publish(tx, campaign(30), AT)
    await assert.rejects(publish(tx, campaign(14), AT), refused("budget_below_given"))
  }))

test("a published programme is never changed, not even by its owner", () =>
  rolledBack(async (tx) => {
    await publish(tx, aProgramme())
    await assert.rejects(tx.client.query("update loyalty.programme_version set note = 'x'"))
  }))

test("a draft is run over receipts as they were: what it costs, who wins, what campaigns give", () =>
  rolledBack(async (tx) => {
    const draft = aProgramme({ campaigns: [aCampaign({ id: "double", budgetPoints: 30 })] })
    const seen = (memberId: number, line = aLine()) => ({ earner: anEarner({ memberId }), basket: aBasket([line]), redeemed: points(0) })
    const result = await simulate(tx, {
      document: draft,
      receipts: [seen(11), seen(12), seen(11), seen(13, aLine({ excluded: true }))],
      at: AT,
    })
    assert.deepEqual(
      [result.before, result.draft, result.difference, result.costMinor, result.winners, result.losers],
      [60, 90, 30, 30, 2, 0],
    )
    assert.deepEqual(result.members, [
      { memberId: 11, before: 40, draft: 60, difference: 20 },
      { memberId: 12, before: 20, draft: 30, difference: 10 },
    ])
    assert.deepEqual(result.campaigns, [{ campaign: "double", points: 30, budgetPoints: 30 }])
    await assert.rejects(simulate(tx, { document: {}, receipts: [], at: AT }), refused("programme_invalid"))
    assert.equal((await simulate(tx, { document: draft, receipts: [], at: AT })).receipts, 0)
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
