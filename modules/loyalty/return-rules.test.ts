import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { partReturned, sliceOf } from "./return-rules.ts"

/** Returns `slices` of a line one after the other and answers what each of them took of `whole`. */
function taken(whole: number, soldMilli: number, slices: readonly number[]): number[] {
  let [beforeMilli, already] = [0, 0]
  return slices.map((nowMilli) => {
    const part = sliceOf(whole, { soldMilli, beforeMilli, nowMilli, taken: already })
    beforeMilli += nowMilli
    already += part
    return part
  })
}

test("a third, a third and a third of 100 are 100", () => assert.deepEqual(taken(100, 3_000, [1_000, 1_000, 1_000]), [33, 33, 34]))

test("a piece of nothing is nothing", () => assert.deepEqual(taken(0, 2_000, [1_000, 1_000]), [0, 0]))

test("history that took too much is not answered with a gift", () => {
  assert.equal(sliceOf(10, { soldMilli: 2_000, beforeMilli: 0, nowMilli: 1_000, taken: 9 }), 0)
})

const sale = fc.record({
  whole: fc.nat(2_000_000_000),
  cuts: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 10 }),
})

test("every partition of a line takes the whole line, exactly", () => {
  fc.assert(
    fc.property(sale, ({ whole, cuts }) => {
      const soldMilli = cuts.reduce((sum, cut) => sum + cut, 0)
      assert.equal(
        taken(whole, soldMilli, cuts).reduce((sum, part) => sum + part, 0),
        whole,
      )
    }),
  )
})

test("at no moment has slicing taken more or less than one return of the same quantity", () => {
  fc.assert(
    fc.property(sale, fc.nat(100_000), ({ whole, cuts }, kept) => {
      const backMilli = cuts.reduce((sum, cut) => sum + cut, 0)
      const soldMilli = backMilli + kept
      assert.equal(
        taken(whole, soldMilli, cuts).reduce((sum, part) => sum + part, 0),
        partReturned(whole, backMilli, soldMilli),
      )
    }),
  )
})
