import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aBasket, aCalculation, aCampaign, aLine, anEarner, aProgramme } from "./testing.ts"
import type { Campaign } from "./programme.ts"

const calculated = (campaigns: Campaign[], given: Parameters<typeof aCalculation>[0] = {}) =>
  aCalculation({ programme: aProgramme({ campaigns }), ...given })
const double = aCampaign({ id: "double" })
const triple = aCampaign({ id: "triple", effect: { kind: "multiplier", timesBps: 30_000 } })

test("×2 adds the base once, ×3 twice; together they make ×4", () => {
  assert.equal(calculated([double]).earned, 40)
  assert.equal(calculated([triple]).earned, 60)
  assert.equal(calculated([double, triple]).earned, 80)
})

test("of one group only the best counts, and the other says so", () => {
  const calculation = calculated([
    { ...double, group: "x" },
    { ...triple, group: "x" },
  ])
  assert.equal(calculation.earned, 60)
  assert.deepEqual(
    calculation.explanation.find(({ code }) => code === "outdone"),
    { line: null, code: "outdone", rule: "double", version: 1, params: { by: "triple" }, points: 0 },
  )
  assert.equal(
    calculated([
      { ...double, group: "x" },
      { ...double, id: "twin", group: "x" },
    ]).earned,
    40,
    "one of two equals",
  )
})

test("the best of a group is the one that can still give", () => {
  const budgeted = { ...triple, group: "x", budgetPoints: 1_000 }
  assert.equal(calculated([{ ...double, group: "x" }, budgeted], { budgets: new Map([["triple", 5]]) }).earned, 40)
})

test("a campaign begins and ends with its days, in Minsk", () => {
  const november = aCampaign({ id: "day", from: "2026-11-23", to: "2026-11-23" })
  const earned = (soldAt: string) => calculated([november], { basket: aBasket([aLine()], { soldAt: new Date(soldAt) }) }).earned
  assert.deepEqual(
    [earned("2026-11-22T20:59:59Z"), earned("2026-11-22T21:00:00Z"), earned("2026-11-23T20:59:59Z"), earned("2026-11-23T21:00:00Z")],
    [20, 40, 40, 20],
  )
})

test("a campaign speaks of the lines it is for, whichever of its categories they are in", () => {
  const campaign = aCampaign({ id: "face", when: { categories: ["face", "hair"] } })
  const basket = aBasket([aLine(), aLine({ category: "hair/masks" }), aLine({ category: "home" })])
  assert.deepEqual(
    calculated([campaign], { basket }).lines.map(({ earned }) => earned),
    [40, 40, 20],
  )
})

test("a fixed extra is given once a receipt, or for each whole piece", () => {
  const once = aCampaign({ id: "once", effect: { kind: "fixed", points: 101, per: "receipt" } })
  const each = aCampaign({ id: "each", effect: { kind: "fixed", points: 50, per: "piece" } })
  const basket = aBasket([aLine({ quantityMilli: 3_000 }), aLine({ quantityMilli: 999 })])
  assert.deepEqual(
    calculated([once], { basket }).lines.map(({ earned }) => earned),
    [71, 70],
  )
  assert.deepEqual(
    calculated([each], { basket }).lines.map(({ earned }) => earned),
    [170, 20],
  )
  assert.equal(calculated([each], { basket: aBasket([aLine({ quantityMilli: 500 })]) }).earned, 20)
  const one = aCampaign({ id: "one", effect: { kind: "fixed", points: 1, per: "piece" } })
  assert.equal(calculated([one]).earned, 21)
})

test("a threshold counts what is paid in money for its own lines, once or every time", () => {
  const at = (fromMinor: number, every = false) => aCampaign({ id: "t", effect: { kind: "threshold", fromMinor, points: 100, every } })
  assert.equal(calculated([at(2_000)]).earned, 120)
  const missed = calculated([at(2_001)])
  assert.equal(missed.earned, 20)
  assert.deepEqual(missed.explanation.find(({ code }) => code === "threshold_missed")?.params, { reached: 2_000, from: 2_001 })
  assert.equal(calculated([at(900, true)]).earned, 220)
  assert.equal(calculated([at(900)]).earned, 120)
})

test("the birthday week is around the day and month, also over the year's end and on 29 February", () => {
  const week = aCampaign({ id: "birthday", from: "2026-01-01", to: "2030-01-01", birthday: { daysBefore: 3, daysAfter: 3 } })
  const earned = (month: number, day: number, soldAt: string) =>
    calculated([week], {
      earner: anEarner({ birthday: { month, day } }),
      basket: aBasket([aLine()], { soldAt: new Date(`${soldAt}T09:00:00Z`) }),
    }).earned
  assert.deepEqual(
    ["2026-11-19", "2026-11-20", "2026-11-26", "2026-11-27"].map((day) => earned(11, 23, day)),
    [20, 40, 40, 20],
  )
  assert.deepEqual([earned(1, 1, "2026-12-29"), earned(12, 31, "2027-01-03"), earned(1, 1, "2026-12-28")], [40, 40, 20])
  assert.deepEqual([earned(2, 29, "2027-02-25"), earned(2, 29, "2027-03-03"), earned(2, 29, "2027-03-04")], [40, 40, 20])
  assert.deepEqual([earned(2, 29, "2028-02-26"), earned(2, 29, "2028-02-25"), earned(2, 29, "2028-03-03")], [40, 20, 40])
  assert.equal(calculated([week]).earned, 20, "nobody's birthday")
})

test("a budget gives what is left, says so, and stops", () => {
  const budgeted = { ...double, budgetPoints: 1_000 }
  const short = calculated([budgeted], { budgets: new Map([["double", 7]]) })
  assert.equal(short.earned, 27)
  assert.deepEqual(short.budgeted, [{ campaign: "double", wanted: 20, given: 7 }])
  assert.deepEqual(short.explanation.find(({ code }) => code === "budget_short")?.points, 7)
  const spent = calculated([budgeted], { budgets: new Map() })
  assert.equal(spent.earned, 20)
  assert.equal(spent.explanation.find(({ code }) => code === "budget_spent")?.params["wanted"], 20)
  assert.equal(calculated([double], { budgets: new Map() }).earned, 40, "without a budget it goes on")
})

test("points of a campaign can have a clock of their own", () => {
  const { earnings, lines } = calculated([{ ...double, expiryDays: 30 }])
  assert.deepEqual(
    earnings.map(({ points, activatesOn, expiresOn }) => [points, activatesOn, expiresOn]),
    [
      [20, "2026-12-07", "2027-06-05"],
      [20, "2026-12-07", "2027-01-06"],
    ],
  )
  assert.equal(lines[0]!.expiresOn, "2027-01-06")
  assert.equal(calculated([double]).earnings.length, 1, "the same clock is one lot")
})

test("campaigns give nothing where nothing can be earned", () => {
  const fixed = aCampaign({ id: "f", effect: { kind: "fixed", points: 100, per: "receipt" } })
  assert.equal(calculated([fixed], { basket: aBasket([aLine({ kind: "certificate" }), aLine({ excluded: true })]) }).earned, 0)
  assert.equal(calculated([fixed, double], { earner: anEarner({ employeeAtOwnTill: true }) }).earned, 0)
})

test("facts of the lines add up to the lines, lines to the receipt, and budgets are never passed", () => {
  const basket = fc.array(
    fc.record({
      amount: fc.integer({ min: 0, max: 200_000 }),
      quantityMilli: fc.integer({ min: 1, max: 9_000 }),
      category: fc.constantFrom("face/creams", "hair", null),
    }),
    { minLength: 1, maxLength: 8 },
  )
  const campaigns = [
    { ...double, budgetPoints: 1_000 },
    { ...triple, when: { categories: ["hair"] } },
    aCampaign({ id: "t", effect: { kind: "threshold", fromMinor: 5_000, points: 333, every: true }, budgetPoints: 500, expiryDays: 10 }),
    aCampaign({ id: "p", effect: { kind: "fixed", points: 7, per: "piece" } }),
  ]
  fc.assert(
    fc.property(basket, fc.nat(1_500), fc.nat(700), (lines, left, other) => {
      const result = calculated(campaigns, {
        basket: aBasket(lines.map((line) => aLine(line))),
        budgets: new Map([
          ["double", left],
          ["t", other],
        ]),
      })
      for (const { line, earned } of result.lines) {
        const facts = result.explanation.filter((fact) => fact.line === line && fact.code !== "redeemed")
        assert.equal(
          facts.reduce((sum, fact) => sum + fact.points, 0),
          earned,
        )
        assert.ok(facts.length > 0, "each line says something")
      }
      assert.equal(
        result.earnings.reduce((sum, { points }) => sum + points, 0),
        result.earned,
      )
      for (const { campaign, given } of result.budgeted) assert.ok(given <= (campaign === "double" ? left : other))
    }),
  )
})
