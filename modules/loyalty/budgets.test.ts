import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { campaignBudgets, programmeAt, publishProgramme, settleReceipts } from "./index.ts"
import { aCampaign, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")

test("a crowd of batches never gives more than the budget, and gives all of it", async () => {
  const { db, drop } = await ownDb()
  try {
    const campaigns = [
      aCampaign({ id: "a", budgetPoints: 1_003 }),
      aCampaign({ id: "b", budgetPoints: 507, effect: { kind: "multiplier", timesBps: 30_000 } }),
    ]
    await inTransaction(db, (tx) =>
      publishProgramme(tx, { document: aProgramme({ campaigns }), effectiveFrom: new Date(0), at: AT, by: "staff:1" }),
    )
    const batches = Array.from({ length: 20 }, (_, batch) =>
      Array.from({ length: 5 }, (__, nth) => aReceipt({ memberId: batch * 5 + nth + 1 })),
    )
    const settled = (await Promise.all(batches.map((batch) => inTransaction(db, (tx) => settleReceipts(tx, batch, { at: AT }))))).flat()
    const given = (rule: string) =>
      settled.reduce(
        (sum, { explanation }) =>
          sum + explanation.filter((fact) => fact.rule === rule && fact.line !== null).reduce((of, fact) => of + fact.points, 0),
        0,
      )
    assert.deepEqual([given("a"), given("b")], [1_003, 507])
    assert.deepEqual(
      (await inTransaction(db, campaignBudgets)).map(({ givenPoints }) => givenPoints),
      [1_003, 507],
    )
    assert.equal(
      settled.reduce((sum, { earned }) => sum + earned, 0),
      100 * 20 + 1_003 + 507,
    )
    assert.equal(
      settled.filter(({ explanation }) => explanation.some(({ code, rule }) => code === "budget_short" && rule === "a")).length,
      1,
    )
  } finally {
    await drop()
  }
})

test("a programme published on one connection is seen by all the others at once, and a rolled back one by none", async () => {
  const { db, drop } = await ownDb({ max: 5 })
  try {
    const settleOne = (memberId: number) =>
      inTransaction(db, async (tx) => (await settleReceipts(tx, [aReceipt({ memberId })], { at: AT }))[0]!.programmeVersion)
    const crowd = (from: number) => Promise.all(Array.from({ length: 10 }, (_, nth) => settleOne(from + nth)))
    assert.deepEqual(new Set(await crowd(100)), new Set([0]))
    const publish = { document: aProgramme(), effectiveFrom: new Date("2026-12-01T00:00:00Z"), at: AT, by: "staff:1" }
    await assert.rejects(
      inTransaction(db, async (tx) => {
        await publishProgramme(tx, publish)
        throw new Error("on purpose")
      }),
    )
    const { version } = await inTransaction(db, (tx) => publishProgramme(tx, publish))
    const seen = await Promise.all(
      Array.from({ length: 10 }, () => inTransaction(db, async (tx) => (await programmeAt(tx, publish.effectiveFrom)).version)),
    )
    assert.deepEqual(new Set(seen), new Set([version]))
    assert.deepEqual(new Set(await crowd(200)), new Set([0]))
  } finally {
    await drop()
  }
})
