import { minor, points } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BasketLine, TenderType } from "./basket.ts"
import type { Calculation } from "./calculate-rules.ts"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import type { AccrualRule } from "./programme.ts"
import { aBasket, aCalculation, aLine, anEarner, aProgramme } from "./testing.ts"

const name = { ru: "Правило", be: "Правіла", en: "Rule" }
const rule = (id: string, rateBps: number, when: AccrualRule["when"] = {}, priority = 0): AccrualRule => ({
  id,
  name,
  rateBps,
  priority,
  when,
})
const withRules = (...rules: AccrualRule[]) => aProgramme({ accrual: { ...DEFAULT_PROGRAMME.accrual, rules } })
const codes = ({ explanation }: Calculation, line: number | null = 1) =>
  explanation.filter((fact) => fact.line === line).map(({ code }) => code)
const winner = (rules: AccrualRule[], given: Parameters<typeof aCalculation>[0] = {}) =>
  aCalculation({ programme: withRules(...rules), ...given }).explanation.find(({ line }) => line === 1)?.rule
const paid = (type: TenderType, amount = 2_000) => [{ type, amountMinor: minor(amount) }]

test("the base rate is 1 %, with a linked partner card 3 %", () => {
  assert.equal(aCalculation().earned, 20)
  assert.equal(aCalculation({ earner: anEarner({ cardKind: "partner" }) }).earned, 60)
})

test("one rule counts for a line: priority, then conditions, then depth, then rate, then id", () => {
  assert.equal(winner([rule("a", 100), rule("b", 900), rule("c", 50, {}, 1)]), "c")
  assert.equal(winner([rule("a", 900), rule("b", 100, { shops: ["0412"] })]), "b")
  assert.equal(winner([rule("a", 900, { shops: ["0412"] }), rule("b", 100, { shops: ["0412"], channels: ["till"] })]), "b")
  assert.equal(winner([rule("a", 900, { categories: ["face"] }), rule("b", 100, { categories: ["hair", "face/creams"] })]), "b")
  assert.equal(winner([rule("a", 100), rule("b", 900)]), "b")
  assert.equal(winner([rule("b", 100), rule("a", 100)]), "a")
})

test("each condition opens and closes a rule", () => {
  const monday = new Date("2026-11-23T09:00:00Z") // noon in Minsk
  const fits: [AccrualRule["when"], boolean][] = [
    [{ cardKinds: ["virtual"] }, true],
    [{ cardKinds: ["plastic"] }, false],
    [{ tiers: ["base"] }, true],
    [{ tiers: ["gold"] }, false],
    [{ categories: ["face"] }, true],
    [{ categories: ["face/creams"] }, true],
    [{ categories: ["fac"] }, false],
    [{ categories: ["face/creams/night"] }, false],
    [{ brands: ["Лён"] }, true],
    [{ brands: ["лён"] }, false],
    [{ skus: ["cream"] }, true],
    [{ skus: ["soap"] }, false],
    [{ shops: ["0412"] }, true],
    [{ shops: ["0413"] }, false],
    [{ channels: ["till"] }, true],
    [{ channels: ["web"] }, false],
    [{ weekdays: [1] }, true],
    [{ weekdays: [7] }, false],
    [{ hours: { from: "12:00", to: "13:00" } }, true],
    [{ hours: { from: "11:00", to: "12:00" } }, false],
    [{ hours: { from: "22:00", to: "12:01" } }, true],
    [{ hours: { from: "22:00", to: "12:00" } }, false],
    [{ hours: { from: "12:00", to: "02:00" } }, true],
    [{ dates: { from: "2026-11-23", to: "2026-11-23" } }, true],
    [{ dates: { from: "2026-11-24", to: "2026-11-25" } }, false],
    [{ tenders: ["cash"] }, true],
    [{ tenders: ["card", "erip"] }, false],
  ]
  for (const [when, expected] of fits) {
    const basket = aBasket([aLine()], { soldAt: monday })
    assert.equal(aCalculation({ basket, programme: withRules(rule("r", 500, when)) }).earned, expected ? 100 : 0, JSON.stringify(when))
  }
})

test("a rule for a tender holds only when every tender is of its kind, and is known", () => {
  const programme = withRules(rule("erip", 500, { tenders: ["erip"] }))
  const earned = (tenders: { type: TenderType; amountMinor: ReturnType<typeof minor> }[]) =>
    aCalculation({ programme, basket: aBasket([aLine()], { tenders }) }).earned
  assert.equal(earned(paid("erip")), 100)
  assert.equal(earned([...paid("erip", 1_000), ...paid("cash", 1_000)]), 0)
  assert.equal(earned([]), 0)
})

test("the day and the hour are Minsk's: the last minutes of a day in London are the next day here", () => {
  const programme = withRules(rule("tuesday", 500, { weekdays: [2], hours: { from: "00:00", to: "01:00" } }))
  assert.equal(aCalculation({ programme, basket: aBasket([aLine()], { soldAt: new Date("2026-11-23T21:30:00Z") }) }).earned, 100)
})

test("every zero says why", () => {
  const cases: [Partial<BasketLine>, string][] = [
    [{ kind: "certificate" }, "no_certificate"],
    [{ kind: "delivery" }, "no_delivery"],
    [{ excluded: true }, "no_excluded"],
    [{ category: "sale/last" }, "no_category"],
    [{ brand: "Чужая" }, "no_brand"],
    [{ amountMinor: minor(0) }, "no_price"],
    [{ amountMinor: minor(40) }, "rounded_to_zero"],
  ]
  const programme = aProgramme({ accrual: { ...DEFAULT_PROGRAMME.accrual, exclude: { categories: ["sale"], brands: ["Чужая"] } } })
  for (const [line, code] of cases) {
    const calculation = aCalculation({ programme, basket: aBasket([aLine(line)]) })
    assert.equal(calculation.earned, 0)
    assert.deepEqual(codes(calculation), [code])
    assert.equal(calculation.turnoverMinor, code === "rounded_to_zero" ? 40 : 0)
  }
  assert.deepEqual(codes(aCalculation({ programme: withRules(rule("zero", 0)) })), ["no_rate"])
  assert.deepEqual(codes(aCalculation({ programme: withRules(rule("web", 100, { channels: ["web"] })) })), ["no_rule"])
  const employee = aCalculation({ earner: anEarner({ employeeAtOwnTill: true }) })
  assert.deepEqual([employee.earned, employee.turnoverMinor, codes(employee, null)], [0, 0, ["no_earner_own_till"]])
})

test("a receipt with an installment tender earns nothing, however small the tender", () => {
  const calculation = aCalculation({ basket: aBasket([aLine()], { tenders: [...paid("cash", 1_999), ...paid("installment", 1)] }) })
  assert.deepEqual([calculation.earned, calculation.turnoverMinor, codes(calculation, null)], [0, 0, ["no_tender"]])
  assert.equal(aCalculation({ basket: aBasket([aLine()], { tenders: [...paid("cash"), ...paid("installment", 0)] }) }).earned, 20)
})

test("the part paid by certificate earns nothing, the rest does", () => {
  const calculation = aCalculation({
    basket: aBasket([aLine(), aLine()], { tenders: [...paid("certificate", 1_001), ...paid("cash", 2_999)] }),
  })
  assert.equal(calculation.earned, 29)
  assert.deepEqual(
    calculation.lines.map(({ countedMinor }) => countedMinor),
    [1_499, 1_500],
  )
  assert.ok(codes(calculation, null).includes("paid_otherwise"))
  assert.deepEqual(codes(aCalculation({ basket: aBasket([aLine()], { tenders: paid("certificate", 9_000) }) })), ["no_money"])
  const both = aCalculation({
    basket: aBasket([aLine(), aLine()], { tenders: [...paid("certificate", 300), ...paid("cash", 3_400)] }),
    redeem: { wish: { mode: "amount", points: points(300) }, available: 1_000, presence: "proven" },
  })
  assert.deepEqual(both.explanation.find(({ code }) => code === "paid_otherwise")?.params, { points: 300, certificate: 300 })
})

test("points come before money: what they pay earns nothing", () => {
  const calculation = aCalculation({ redeem: { happened: points(500), perLine: null } })
  assert.deepEqual([calculation.earned, calculation.turnoverMinor, calculation.redeemed], [15, 1_500, 500])
})

test("the receipt is rounded down once, and the lines add up to it", () => {
  const basket = aBasket([aLine({ amount: 199 }), aLine({ amount: 199 }), aLine({ amount: 199 })])
  const calculation = aCalculation({ basket }) // 1.99 + 1.99 + 1.99 = 5.97
  assert.deepEqual(
    calculation.lines.map(({ earned }) => earned),
    [2, 2, 1],
  )
  assert.equal(calculation.explanation.find(({ code }) => code === "receipt_rounding")?.params["exact"], 5.97)
  assert.ok(!codes(aCalculation(), null).includes("receipt_rounding"), "an exact receipt is not rounded")
})

test("points worth more than a kopeck are fewer", () => {
  assert.equal(aCalculation({ programme: aProgramme({ pointWorthMinor: 10 }) }).earned, 2)
})

test("nobody gains by splitting a basket into receipts", () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(amounts, (all) => {
      const whole = aCalculation({ basket: aBasket(all.map((amount) => aLine({ amount }))) }).earned
      const apart = all.reduce((sum, amount) => sum + aCalculation({ basket: aBasket([aLine({ amount })]) }).earned, 0)
      assert.ok(apart <= whole)
    }),
  )
})
