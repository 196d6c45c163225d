import { type Day, day, minor } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import { standingOn, tierFor, windowStart } from "./tier-rules.ts"

const { tiers } = DEFAULT_PROGRAMME // silver from 500.00, gold from 1500.00, twelve months
const bought = (...months: [string, number][]) => months.map(([month, net]) => ({ month: `${month}-01` as Day, netMinor: minor(net) }))

test("a level begins with its very kopeck", () => {
  assert.deepEqual(
    [0, 49_999, 50_000, 149_999, 150_000].map((turnover) => tierFor(tiers.levels, turnover)),
    ["base", "base", "silver", "silver", "gold"],
  )
})

test("the window holds this month and the eleven before", () => {
  assert.equal(windowStart(day("2026-11-23"), 12), "2025-12-01")
  assert.equal(windowStart(day("2026-11-30"), 1), "2026-11-01")
})

test("it says what is missing to the next level, and nothing at the top", () => {
  assert.deepEqual(standingOn(day("2026-11-23"), tiers, bought(["2026-11", 20_000])).next, { tier: "silver", missingMinor: 30_000 })
  assert.equal(standingOn(day("2026-11-23"), tiers, bought(["2026-11", 150_000])).next, null)
})

test("a level falls on the first of the month in which its purchases leave the window", () => {
  const standing = standingOn(day("2026-11-23"), tiers, bought(["2026-01", 120_000], ["2026-10", 60_000]))
  assert.deepEqual([standing.tier, standing.turnoverMinor, standing.falls], ["gold", 180_000, { on: "2027-01-01", to: "silver" }])
  assert.equal(standingOn(day("2027-01-01"), tiers, bought(["2026-01", 120_000], ["2026-10", 60_000])).tier, "silver")
  assert.equal(standingOn(day("2026-12-31"), tiers, bought(["2026-01", 120_000], ["2026-10", 60_000])).tier, "gold")
})

test("the lowest level falls nowhere", () => assert.equal(standingOn(day("2026-11-23"), tiers, bought(["2026-11", 100])).falls, null))

test("months outside the window, before or after, do not count", () => {
  const standing = standingOn(day("2026-11-23"), tiers, bought(["2025-11", 900_000], ["2026-12", 900_000]))
  assert.deepEqual([standing.tier, standing.turnoverMinor, standing.falls], ["base", 0, null])
})

test("the promised day is the first on which the level is lower, and the level is the promised one", () => {
  const months = fc.array(fc.tuple(fc.integer({ min: 1, max: 11 }), fc.nat(200_000)), { maxLength: 8 })
  fc.assert(
    fc.property(months, (all) => {
      const turnovers = all.map(([month, net]) => ({ month: `2026-${String(month).padStart(2, "0")}-01` as Day, netMinor: minor(net) }))
      const { tier, falls } = standingOn(day("2026-11-23"), tiers, turnovers)
      if (!falls) return assert.equal(tier, "base")
      assert.equal(standingOn(falls.on, tiers, turnovers).tier, falls.to)
      const dayBefore = new Date(Date.parse(falls.on) - 86_400_000).toISOString().slice(0, 10) as Day
      assert.equal(standingOn(dayBefore, tiers, turnovers).tier, tier)
    }),
  )
})
