import { minor, points } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Presence, TenderType, Wish } from "./basket.ts"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import type { Programme } from "./programme.ts"
import { spreadRedeemed } from "./redemption-rules.ts"
import { aBasket, aCalculation, aLine, aProgramme } from "./testing.ts"

const ruled = (redemption: Partial<Programme["redemption"]>) =>
  aProgramme({ redemption: { ...DEFAULT_PROGRAMME.redemption, ...redemption } })
const MAX: Wish = { mode: "max" }
const amount = (wished: number): Wish => ({ mode: "amount", points: points(wished) })

type Given = { wish?: Wish; available?: number; presence?: Presence; basket?: ReturnType<typeof aBasket>; programme?: Programme }
function asked({
  wish = MAX,
  available = 1_000_000,
  presence = "proven",
  basket = aBasket([aLine({ amount: 10_000 })]),
  programme = DEFAULT_PROGRAMME,
}: Given = {}) {
  return aCalculation({ basket, programme, redeem: { wish, available, presence } })
}
const codes = (given: Given) => asked(given).explanation.map(({ code }) => code)

test("at most 30 % of the goods of a receipt, and 50 % of a line", () => {
  assert.deepEqual([asked().redeemed, asked().most], [3_000, 3_000])
  const basket = aBasket([aLine({ amount: 10_000 }), aLine({ amount: 10_000, excluded: true })])
  assert.equal(asked({ basket }).redeemed, 5_000, "the excluded line counts towards the receipt, the other line has its own limit")
  assert.ok(codes({ basket }).includes("redeem_line_caps"))
  const certificate = aBasket([aLine({ amount: 10_000 }), aLine({ amount: 10_000, kind: "certificate" })])
  assert.equal(asked({ basket: certificate }).redeemed, 3_000)
  const delivered = aBasket([aLine({ amount: 10_000 }), ...Array.from({ length: 4 }, () => aLine({ amount: 500, kind: "delivery" }))])
  assert.equal(asked({ basket: delivered }).redeemed, 3_000, "what is no goods adds nothing to the receipt's share")
})

test("a wish for none is none, without a word", () => {
  const none = asked({ wish: { mode: "none" } })
  assert.deepEqual([none.redeemed, none.most, none.refusal], [0, 0, null])
  assert.ok(none.explanation.every(({ code }) => !code.startsWith("redeem")))
})

test("the balance is a limit, but not the basket's", () => {
  const { redeemed, most, basketMost } = asked({ available: 700 })
  assert.deepEqual([redeemed, most, basketMost], [700, 700, 3_000])
  assert.ok(codes({ available: 700 }).includes("redeem_balance"))
})

test("less than the minimum is nothing", () => {
  assert.deepEqual([asked({ available: 99 }).redeemed, asked({ available: 100 }).redeemed], [0, 100])
  assert.ok(codes({ available: 99 }).includes("redeem_minimum"))
  assert.equal(asked({ wish: amount(99) }).refusal, "points_below_minimum")
  assert.equal(asked({ wish: amount(100) }).refusal, null)
  assert.equal(asked({ wish: amount(100) }).redeemed, 100)
})

test("points go in steps", () => {
  const programme = ruled({ stepPoints: 100 })
  assert.deepEqual(
    [asked({ programme, available: 250 }).redeemed, asked({ programme, wish: amount(250) }).refusal],
    [200, "points_not_in_step"],
  )
  assert.ok(codes({ programme, wish: amount(250) }).includes("redeem_step"))
})

test("a wish that cannot be fulfilled is refused with the first reason, and shown as far as it goes", () => {
  const cases: [Given, string | null][] = [
    [{ wish: amount(0) }, "points_below_minimum"],
    [{ wish: amount(-5) }, "points_below_minimum"],
    [{ wish: amount(3_000) }, null],
    [{ wish: amount(3_001) }, "too_many_points_for_basket"],
    [{ wish: amount(700), available: 699 }, "not_enough_points"],
    [{ wish: amount(700), presence: "static" }, "proof_needed"],
    [{ wish: amount(700), basket: aBasket([aLine({ excluded: true })]) }, "nothing_redeemable"],
  ]
  for (const [given, refusal] of cases) assert.equal(asked(given).refusal, refusal, JSON.stringify(given))
  assert.equal(asked({ wish: amount(-5) }).redeemed, 0)
  assert.equal(asked({ wish: amount(5_000) }).redeemed, 3_000)
})

test("without proof the points are shown, and the proof is asked for; a programme may let the number alone redeem", () => {
  assert.deepEqual([asked({ presence: "phone" }).redeemed, asked({ presence: "phone" }).refusal], [3_000, "proof_needed"])
  assert.ok(codes({ presence: "static" }).includes("redeem_presence"))
  assert.equal(asked({ presence: "static", programme: ruled({ presence: ["proven", "static"] }) }).refusal, null)
})

test("an installment tender forbids points, other tenders don't", () => {
  const basket = (type: TenderType, paid = 10_000) =>
    aBasket([aLine({ amount: 10_000 })], { tenders: [{ type, amountMinor: minor(paid) }] })
  const forbidden = asked({ basket: basket("installment") })
  assert.deepEqual([forbidden.redeemed, forbidden.most, forbidden.refusal], [0, 0, "tender_cannot_redeem"])
  assert.equal(asked({ basket: basket("installment", 0) }).redeemed, 3_000)
  assert.equal(asked({ basket: basket("certificate") }).redeemed, 3_000)
})

test("lines that take no points say why", () => {
  const programme = ruled({ exclude: { categories: ["sale"], brands: ["Чужая"] } })
  const cases: [Parameters<typeof aLine>[0], string | null][] = [
    [{ kind: "certificate" }, "redeem_certificate"],
    [{ kind: "delivery" }, "redeem_delivery"],
    [{ excluded: true }, "redeem_excluded"],
    [{ category: "sale/now" }, "redeem_category"],
    [{ brand: "Чужая" }, "redeem_brand"],
    [{ amount: 8_000, regular: 10_000 }, "redeem_discounted"],
    [{ amount: 8_001, regular: 10_000 }, null],
    [{ floor: 2_000 }, "redeem_min_price"],
    [{ floor: 1_999 }, null],
  ]
  for (const [line, code] of cases) {
    const calculation = asked({ programme, basket: aBasket([aLine(line), aLine({ amount: 100_000 })]) })
    const reasons = calculation.explanation.filter((fact) => fact.line === 1 && fact.code.startsWith("redeem_")).map((fact) => fact.code)
    assert.deepEqual(reasons, code === null ? [] : [code])
    assert.equal(calculation.lines[0]!.redeemed > 0, code === null, JSON.stringify(line))
  }
  assert.equal(
    asked({ programme: ruled({ discountedFromBps: null }), basket: aBasket([aLine({ amount: 1_000, regular: 10_000 })]) }).redeemed,
    300,
  )
  const excluded = asked({ basket: aBasket([aLine({ excluded: true })]) }).explanation.filter(({ code }) => code.startsWith("redeem"))
  assert.ok(
    excluded.some(({ code }) => code === "redeem_nothing") && excluded.every(({ code, points: none }) => none === 0 && code !== "redeemed"),
  )
})

test("the minimum price is a unit's: three pieces have three floors, rounded up for weights", () => {
  const floored = (quantityMilli: number, floor: number) =>
    asked({ basket: aBasket([aLine({ amount: 10_000, quantityMilli, floor }), aLine({ amount: 90_000, excluded: true })]) }).redeemed
  assert.equal(floored(3_000, 3_000), 1_000)
  assert.equal(floored(333, 29_000), 343, "0.333 × 290.00 = 96.57 stays")
})

test("points worth ten kopecks pay ten kopecks each", () => {
  const programme = { ...DEFAULT_PROGRAMME, pointWorthMinor: 10 }
  const { redeemed, turnoverMinor } = asked({ programme })
  assert.deepEqual([redeemed, turnoverMinor], [300, 7_000])
  const odd = aBasket([aLine({ amount: 3_999 }), aLine({ amount: 10_000, excluded: true })])
  assert.equal(asked({ programme, basket: odd }).most, 199, "1,999 kopecks of the line are 199 points and a rest that stays money")
})

test("whatever is asked: caps, floors and balance hold, the lines add up, and money is left", () => {
  const line = fc.record({
    amount: fc.integer({ min: 0, max: 100_000 }),
    off: fc.integer({ min: 0, max: 5_000 }),
    floor: fc.option(fc.integer({ min: 0, max: 100_000 })),
    excluded: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(50_000), fc.nat(50_000), (lines, available, wished) => {
      const basket = aBasket(
        lines.map(({ amount: paid, off, floor, excluded }) => aLine({ amount: paid, regular: paid + off, floor, excluded })),
      )
      const { redeemed, most, lines: parts } = asked({ basket, available, wish: amount(wished) })
      const total = basket.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      assert.ok(redeemed <= available && redeemed <= wished && redeemed <= most && redeemed * 10 <= total * 3)
      assert.equal(
        parts.reduce((sum, part) => sum + part.redeemed, 0),
        redeemed,
      )
      parts.forEach((part, place) => {
        const { amountMinor, minPriceMinor } = basket.lines[place]!
        assert.ok(part.redeemed <= part.mostRedeemable && part.redeemed * 2 <= amountMinor)
        if (part.redeemed > 0) assert.ok(amountMinor - part.redeemed >= (minPriceMinor ?? 0))
      })
    }),
  )
})

test("points that a receipt says were used find their lines, also beyond every cap", () => {
  const basket = aBasket([aLine({ amount: 1_000 }), aLine({ amount: 3_000 })])
  const spreadOf = (redeemed: number, perLine: { line: number; points: number }[] | null = null) =>
    spreadRedeemed(basket, { programme: DEFAULT_PROGRAMME, redeemed, perLine })
  assert.deepEqual(spreadOf(0), [0, 0])
  assert.deepEqual(spreadOf(400), [100, 300])
  assert.deepEqual(
    spreadRedeemed(aBasket([aLine({ amount: 1_000, excluded: true }), aLine({ amount: 3_000 })]), {
      ...{ programme: DEFAULT_PROGRAMME, redeemed: 1_500, perLine: null },
    }),
    [0, 1_500],
    "exactly what the caps hold stays within them",
  )
  assert.deepEqual(spreadOf(400, [{ line: 2, points: 400 }]), [0, 400], "the till's own lines count")
  assert.deepEqual(spreadOf(400, [{ line: 2, points: 399 }]), [100, 300], "unless they do not add up")
  assert.equal(
    spreadOf(3_999).reduce((sum, part) => sum + part, 0),
    3_999,
  )
  assert.equal(
    spreadOf(5_000).reduce((sum, part) => sum + part, 0),
    5_000,
  )
  assert.deepEqual(spreadRedeemed(aBasket([aLine({ amount: 0 })]), { programme: DEFAULT_PROGRAMME, redeemed: 5, perLine: null }), [5])
})
