import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { points, Refusal, type Tx } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import type { Basket } from "./basket.ts"
import { cancelReceipt, publishProgramme, returnLines, settleReceipts, type Settlement, type SoldReceipt, standingsOf } from "./index.ts"
import { aBasket, aLine, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const LATER = new Date("2026-11-25T10:00:00Z")
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

let nextReturn = 1

/** Sells a basket and answers what a till would keep of it. */
async function sold(
  tx: Tx,
  { memberId = 11, basket, redeemed = 0 }: { memberId?: number; basket: Basket; redeemed?: number },
): Promise<{ sale: SoldReceipt; settlement: Settlement }> {
  const receipt = aReceipt({ memberId, basket, redeem: { points: points(redeemed) } })
  const [settlement] = await settleReceipts(tx, [receipt], { at: AT })
  const lines = settlement!.lines.map(({ line, earned, redeemed: used, countedMinor }, place) => ({
    ...{
      line,
      earned,
      redeemed: used,
      countedMinor,
      quantityMilli: basket.lines[place]!.quantityMilli,
      amountMinor: basket.lines[place]!.amountMinor,
    },
    ...{ alreadyReturnedMilli: 0, alreadyClawed: points(0), alreadyRestored: points(0) },
  }))
  return {
    sale: { receipt: receipt.receipt, memberId, soldAt: basket.soldAt, programmeVersion: settlement!.programmeVersion, lines },
    settlement: settlement!,
  }
}

/** Returns lines, and keeps count as a till would. */
async function back(tx: Tx, sale: SoldReceipt, lines: { line: number; quantityMilli: number }[]) {
  const outcome = await returnLines(tx, { returnId: `r${(nextReturn += 1)}`, sale, lines, at: LATER, occurredAt: LATER })
  const after: SoldReceipt = {
    ...sale,
    lines: sale.lines.map((line) => {
      const asked = lines.find((one) => one.line === line.line)
      const moved = outcome.lines.find((one) => one.line === line.line)
      return {
        ...line,
        alreadyReturnedMilli: line.alreadyReturnedMilli + (asked?.quantityMilli ?? 0),
        alreadyClawed: points(line.alreadyClawed + (moved?.clawed ?? 0)),
        alreadyRestored: points(line.alreadyRestored + (moved?.restored ?? 0)),
      }
    }),
  }
  return { outcome, sale: after }
}

const turnoverOf = async (tx: Tx, memberId = 11) => (await standingsOf(tx, [memberId], { at: AT })).get(memberId)!.turnoverMinor

test("a whole return leaves nothing: neither points nor turnover", () =>
  rolledBack(async (tx) => {
    const { sale } = await sold(tx, { basket: aBasket([aLine({ amount: 10_000 })]) })
    const { outcome } = await back(tx, sale, [{ line: 1, quantityMilli: 1_000 }])
    assert.deepEqual(
      [outcome.clawed, outcome.restored, outcome.from, outcome.balance],
      [100, 0, { pending: 100, available: 0, owed: 0, exposure: 0 }, { pending: 0, available: 0, held: 0, owed: 0 }],
    )
    assert.deepEqual(
      outcome.explanation.map(({ code, points: moved }) => [code, moved]),
      [
        ["clawed", 100],
        ["clawed_pending", 100],
      ],
    )
    assert.equal(await turnoverOf(tx), 0)
  }))

test("a part of a line takes its part, and only its line's", () =>
  rolledBack(async (tx) => {
    const { sale } = await sold(tx, { basket: aBasket([aLine({ amount: 10_000, quantityMilli: 3_000 }), aLine({ amount: 5_000 })]) })
    const { outcome } = await back(tx, sale, [{ line: 1, quantityMilli: 1_000 }])
    assert.deepEqual(outcome.lines, [{ line: 1, clawed: 33, restored: 0 }])
    assert.equal(await turnoverOf(tx), 15_000 - 3_333)
  }))

test("redeemed points come back as they lay on the line, and the debt of the sale first", () =>
  rolledBack(async (tx) => {
    const { sale, settlement } = await sold(tx, { basket: aBasket([aLine({ amount: 2_000 })]), redeemed: 500 })
    assert.equal(settlement.balance.owed, 500)
    const { outcome } = await back(tx, sale, [{ line: 1, quantityMilli: 1_000 }])
    assert.deepEqual([outcome.restored, outcome.balance.owed, outcome.balance.available], [500, 0, 0])
  }))

test("clawed points that were spent become a visible debt, or the house's, as the programme says", () =>
  rolledBack(async (tx) => {
    const spent = async (memberId: number, shortage: "debt" | "exposure") => {
      const document = aProgramme({ pending: { days: 0, byCategory: [] }, returns: { shortage, restoredForDays: 30 } })
      await publishProgramme(tx, { document, effectiveFrom: new Date(AT.getTime() - 1_000 + memberId), at: new Date(0), by: "staff:1" })
      const basket = aBasket([aLine({ amount: 50_000 })], { soldAt: AT })
      const { sale } = await sold(tx, { memberId, basket })
      await sold(tx, { memberId, basket: aBasket([aLine({ amount: 2_000, excluded: true })], { soldAt: AT }), redeemed: 450 })
      return (await back(tx, sale, [{ line: 1, quantityMilli: 1_000 }])).outcome
    }
    const owed = await spent(11, "debt")
    assert.deepEqual([owed.from, owed.balance.owed], [{ pending: 0, available: 50, owed: 450, exposure: 0 }, 450])
    const exposed = await spent(12, "exposure")
    assert.deepEqual([exposed.from, exposed.balance.owed], [{ pending: 0, available: 50, owed: 0, exposure: 450 }, 0])
  }))

test("a return sent again answers the same and takes nothing more", () =>
  rolledBack(async (tx) => {
    const { sale } = await sold(tx, { basket: aBasket([aLine({ amount: 10_000 }), aLine({ amount: 10_000 })]) })
    const asked = { returnId: "same", sale, lines: [{ line: 1, quantityMilli: 1_000 }], at: LATER, occurredAt: LATER }
    const first = await returnLines(tx, asked)
    const second = await returnLines(tx, asked)
    assert.deepEqual([first.status, second.status, second.clawed, await turnoverOf(tx)], ["returned", "returned_before", 100, 10_000])
  }))

test("a cancelled receipt is taken back with all that is left of it", () =>
  rolledBack(async (tx) => {
    const { sale } = await sold(tx, {
      basket: aBasket([aLine({ amount: 10_000, quantityMilli: 2_000 }), aLine({ amount: 2_000 })]),
      redeemed: 600,
    })
    const { sale: rest } = await back(tx, sale, [{ line: 1, quantityMilli: 1_000 }])
    const outcome = await cancelReceipt(tx, { sale: rest, at: LATER, occurredAt: LATER })
    assert.deepEqual([outcome.balance, await turnoverOf(tx)], [{ pending: 0, available: 0, held: 0, owed: 0 }, 0])
    assert.equal((await cancelReceipt(tx, { sale: rest, at: LATER, occurredAt: LATER })).status, "returned_before")
  }))

test("more than was sold and lines that were not are refused; a line that gave nothing comes back for nothing", () =>
  rolledBack(async (tx) => {
    const { sale } = await sold(tx, { basket: aBasket([aLine({ excluded: true, quantityMilli: 2_000 })]) })
    const asked = (line: number, quantityMilli: number) => back(tx, sale, [{ line, quantityMilli }])
    await assert.rejects(asked(2, 1_000), refused("return_line_unknown"))
    await assert.rejects(asked(1, 2_001), refused("return_exceeds_sale"))
    await assert.rejects(asked(1, 0), refused("return_exceeds_sale"))
    const { outcome } = await asked(1, 2_000)
    assert.deepEqual([outcome.clawed, outcome.restored, outcome.balance.pending], [0, 0, 0])
  }))

test("whatever the slices: what comes back is the sale, exactly", async () => {
  const line = fc.record({
    amount: fc.integer({ min: 100, max: 90_000 }),
    cuts: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), fc.nat(300), (lines, redeemed) =>
      rolledBack(async (tx) => {
        const basket = aBasket(lines.map(({ amount, cuts }) => aLine({ amount, quantityMilli: cuts.reduce((sum, cut) => sum + cut, 0) })))
        const total = lines.reduce((sum, { amount }) => sum + amount, 0)
        let { sale, settlement } = await sold(tx, { basket, redeemed: Math.min(redeemed, total) })
        const moved = { clawed: 0, restored: 0 }
        for (let cut = 0; cut < 4; cut += 1) {
          const slice = lines.flatMap(({ cuts }, place) =>
            cuts[cut] === undefined ? [] : [{ line: place + 1, quantityMilli: cuts[cut]! }],
          )
          if (slice.length === 0) break
          const step = await back(tx, sale, slice)
          sale = step.sale
          moved.clawed += step.outcome.clawed
          moved.restored += step.outcome.restored
        }
        assert.deepEqual(moved, { clawed: settlement.earned, restored: settlement.redeemed })
        assert.equal(await turnoverOf(tx), 0)
      }),
    ),
    { numRuns: 25 },
  )
})
