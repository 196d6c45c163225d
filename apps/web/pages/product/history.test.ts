import { minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import { honestyOf } from "./history.server.ts"
import { PRODUCT } from "./words.ts"

const AT = new Date("2026-11-23T09:00:00Z")
const ago = (days: number) => new Date(AT.getTime() - days * 86_400_000)
const told = (...steps: [daysAgo: number, card: number][]) => {
  const rows = steps.map(([days, card]) => ({ since: ago(days), regularMinor: minor(2_000 + days), cardMinor: minor(card) }))
  const honesty = honestyOf(rows, PRODUCT.ru, "ru", AT)
  return honesty && [honesty.isLower, /([\d,]+)\sр/.exec(honesty.says)?.[1]]
}

test("a lower price is called really lower only where it was not that low in the thirty days before it", () => {
  assert.deepEqual(told([60, 1_900], [3, 1_500]), [true, "19,00"])
  assert.deepEqual(told([60, 1_900], [3, 1_500], [1, 1_500]), [true, "19,00"], "whatever became of the price without a card")
  assert.deepEqual(told([60, 1_500], [10, 1_900], [3, 1_500]), [false, "15,00"], "made dear first, then cheap")
  assert.deepEqual(told([60, 1_400], [10, 1_900], [3, 1_500]), [false, "14,00"])
  assert.deepEqual(told([60, 1_400], [40, 1_900], [3, 1_500]), [true, "19,00"], "what was longer ago is another story")
  assert.deepEqual(told([80, 1_400], [33, 1_900], [3, 1_500]), [true, "19,00"])
  assert.deepEqual(told([80, 1_400], [32, 1_900], [3, 1_500]), [false, "14,00"], "it still cost that within them")
})

test("nothing is said of a price that rose, stands for long, or is all that is known", () => {
  assert.equal(told([60, 1_500], [3, 1_900]), null)
  assert.equal(told([80, 1_900], [31, 1_500]), null)
  assert.equal(told([3, 1_500]), null)
  assert.equal(told(), null)
})
