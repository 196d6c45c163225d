import assert from "node:assert/strict"
import { test } from "node:test"
import { chanceOf } from "../seeded.ts"
import { dayOf, HABITS } from "./day.ts"

const asked = { receipts: 400, members: 60, redeemers: 4, habits: HABITS }

test("the same seed writes the same day, another one another", () => {
  assert.deepEqual(dayOf(chanceOf(7), asked), dayOf(chanceOf(7), asked))
  assert.notDeepEqual(dayOf(chanceOf(7), asked), dayOf(chanceOf(8), asked))
})

test("a long day has everything in it, and a sale is taken back or cancelled at most once", () => {
  const steps = dayOf(chanceOf(7), asked)
  for (const what of ["sale", "return", "cancel", "changeOfMind"])
    assert.ok(
      steps.some((step) => step.do === what),
      what,
    )
  assert.ok(steps.some((step) => step.do === "sale" && step.redeem))
  assert.ok(steps.some((step) => step.do === "sale" && step.alone && step.repeat !== "none"))
  assert.ok(steps.some((step) => step.do === "return" && step.beforeSale))
  const undone = steps.flatMap((step) => (step.do === "return" || step.do === "cancel" ? [step.of] : []))
  assert.equal(new Set(undone).size, undone.length)
})
