import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { minor, points, portion, share, sum } from "./quantities.ts"

const amounts = fc.nat(1_000_000_000_000)
const weights = fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 60 }).filter((list) => list.some((weight) => weight > 0))

test("parts always add up to the whole, and each is within one of its exact share", () =>
  fc.assert(
    fc.property(amounts, weights, (whole, by) => {
      const total = by.reduce((before, weight) => before + BigInt(weight), 0n)
      const parts = share(points(whole), by)
      assert.equal(sum(parts), whole)
      parts.forEach((part, place) => {
        const exact = BigInt(whole) * BigInt(by[place]!)
        assert.ok(BigInt(part) * total > exact - total && BigInt(part) * total < exact + total, `part ${place}`)
      })
    }),
  ))

test("the largest remainder gets the odd unit, of equal ones the earlier line", () => {
  assert.deepEqual(share(minor(10), [1, 1, 1]), [4, 3, 3])
  assert.deepEqual(share(minor(100), [50, 25, 26]), [49, 25, 26]) // remainders of 50, 75 and 74 hundred-and-firsts: two units left
  assert.deepEqual(share(minor(5), [0, 3, 0]), [0, 5, 0])
})

test("weights of nothing carry nothing, and something has nowhere to go", () => {
  assert.deepEqual(share(points(0), [0, 0]), [0, 0])
  assert.throws(() => share(points(1), [0, 0]), /nothing to carry/)
  assert.throws(() => share(points(-1), [1]), /not negative/)
})

test("a portion is exact and rounded down, also below zero and beyond 2^53 inside", () => {
  assert.equal(portion(minor(999), 1, 100), 9)
  assert.equal(portion(minor(-999), 1, 100), -10)
  assert.equal(portion(minor(9_007_199_254_740_991), 999, 1_000), 8_998_192_055_486_250) // …250.009
  assert.throws(() => portion(minor(1), 1, 0), /of something/)
})

test("a quantity is whole, and a sum stays exact", () => {
  assert.throws(() => minor(19.99), /whole/)
  assert.throws(() => points(Number.NaN), /whole/)
  assert.throws(() => sum([minor(Number.MAX_SAFE_INTEGER), minor(1)]), /exact/)
  assert.equal(sum([]), 0)
})
