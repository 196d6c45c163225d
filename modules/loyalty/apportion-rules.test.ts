import { points, share } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { spread, spreadWithin, totalPoints } from "./apportion-rules.ts"

const total = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0)
const weights = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 12 })

test("the fast spread gives the very parts of the kernel's share, small numbers and large", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e10 }),
      weights.filter((by) => total(by) > 0),
      (whole, by) => {
        assert.deepEqual(spread(whole, by), share(points(whole), by))
      },
    ),
  )
  assert.deepEqual(spread(0, [0, 0]), [0, 0])
  assert.throws(() => spread(1, [0, 0]))
  assert.throws(() => spread(-1, [1]))
  assert.throws(() => spread(0.5, [1]))
})

test("ties go to the earlier line", () => {
  assert.deepEqual(spread(2, [1, 1, 1]), [1, 1, 0])
  assert.deepEqual(spread(10, [1, 1, 2]), [3, 2, 5])
})

test("no part passes its cap, and all of the whole lies somewhere", () => {
  const lines = fc.array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 100_000 })), {
    minLength: 1,
    maxLength: 10,
  })
  fc.assert(
    fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (given, portion) => {
      const [by, caps] = [given.map(([weight]) => weight), given.map(([, cap]) => cap)]
      const whole = Math.floor(total(caps) * portion)
      const parts = spreadWithin(whole, by, caps)
      assert.equal(total(parts), whole)
      parts.forEach((part, place) => assert.ok(part >= 0 && part <= caps[place]!))
    }),
  )
})

test("what a full line cannot take goes to the others in proportion", () => {
  assert.deepEqual(spreadWithin(100, [50, 30, 20], [10, 100, 100]), [10, 54, 36])
  assert.deepEqual(spreadWithin(9, [1, 1, 1], [3, 3, 3]), [3, 3, 3])
  assert.deepEqual(spreadWithin(5, [0, 7], [9, 9]), [0, 5])
  assert.throws(() => spreadWithin(10, [1, 1], [4, 5]))
})

test("a sum of points is points", () => assert.equal(totalPoints([1, 2, 3]), 6))
