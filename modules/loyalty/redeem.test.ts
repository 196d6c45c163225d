import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { points, type Tx } from "@mila/kernel"
import { voidHold } from "@mila/ledger"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { holdRedemptions, publishProgramme, quote, settleReceipts, voidRedemption } from "./index.ts"
import type { Programme } from "./programme.ts"
import { aBasket, aLine, anEarner, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const daysLater = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const publish = (tx: Tx, document: Programme, effectiveFrom = new Date("2026-11-01T00:00:00Z")) =>
  publishProgramme(tx, { document, effectiveFrom, at: AT, by: "staff:1" })
const now: Partial<Programme> = { pending: { days: 0, byCategory: [] } } // points can be used at once

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
