import assert from "node:assert/strict"
import { test } from "node:test"
import { dueOf, farthestTold } from "./reminder-rules.ts"

const due = (lots: [left: number, ...told: number[]][]) =>
  dueOf(
    lots.map(([left, ...told]) => ({ left, told })),
    [30, 7],
  ).map(({ left, daysBefore }) => [left, daysBefore])

test("a lot is due at the nearest distance it was not told at, its last day passed or not", () => {
  const lots: Parameters<typeof due>[0] = [[31], [20], [16, 30], [7, 30], [7, 7], [0], [-4, 30]]
  assert.deepEqual(due(lots), [
    [31, 30],
    [20, 30],
    [7, 7],
    [0, 7],
    [-4, 7],
  ])
})

test("nothing is due alone beyond the farthest distance, and along with what is due up to twice its distance", () => {
  assert.deepEqual(due([[31], [60]]), [])
  assert.deepEqual(due([[30], [31], [60], [61]]), [
    [30, 30],
    [31, 30],
    [60, 30],
  ])
  assert.deepEqual(
    due([
      [7, 30],
      [14, 30],
      [15, 30],
    ]),
    [
      [7, 7],
      [14, 7],
    ],
  )
})

test("told at a near distance, a lot is not told again at a farther one", () => {
  assert.deepEqual(due([[12, 7], [30]]), [[30, 30]])
  assert.equal(farthestTold([30, 7]), 60)
})
