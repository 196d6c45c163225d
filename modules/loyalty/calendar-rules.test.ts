import { day, dayIn, MINSK } from "@mila/kernel"
import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { activationDay, isNearBirthday, isWithin, laterDay, minuteOf, momentIn } from "./calendar-rules.ts"

test("a moment is the shop's: day, weekday and minute in Minsk", () => {
  assert.deepEqual(momentIn(new Date("2026-11-22T21:05:59Z")), { day: "2026-11-23", weekday: 1, minute: 5 })
  assert.deepEqual(momentIn(new Date("2026-11-22T20:59:00Z")), { day: "2026-11-22", weekday: 7, minute: 1_439 })
  fc.assert(
    fc.property(fc.date({ min: new Date("2011-04-01T00:00:00Z"), max: new Date("2040-01-01T00:00:00Z"), noInvalidDate: true }), (at) =>
      assert.equal(momentIn(at).day, dayIn(MINSK, at)),
    ),
  )
})

test("minutes are counted from midnight", () => assert.deepEqual(["00:00", "09:05", "24:00"].map(minuteOf), [0, 545, 1_440]))

test("the deepest category decides when points can be used", () => {
  const pending = {
    days: 14,
    byCategory: [
      { category: "face", days: 7 },
      { category: "face/creams", days: 0 },
    ],
  }
  const on = (category: string | null) => activationDay(pending, { day: day("2026-11-23"), category })
  assert.deepEqual(
    [on(null), on("hair"), on("face"), on("face/creams/night"), on("facets")],
    ["2026-12-07", "2026-12-07", "2026-11-30", "2026-11-23", "2026-12-07"],
  )
  const turned = { ...pending, byCategory: pending.byCategory.toReversed() }
  assert.equal(activationDay(turned, { day: day("2026-11-23"), category: "face/creams" }), "2026-11-23")
})

test("days are added over the year's end and the leap day", () => {
  assert.deepEqual(
    [laterDay(day("2026-12-30"), 3), laterDay(day("2028-02-28"), 1), laterDay(day("2028-02-28"), 1)],
    ["2027-01-02", "2028-02-29", "2028-02-29"],
  )
})

test("a category counts with everything below it, by whole names", () => {
  assert.deepEqual(
    [
      isWithin("face", "face"),
      isWithin("face/creams", "face"),
      isWithin("facets", "face"),
      isWithin("fac", "face"),
      isWithin(null, "face"),
    ],
    [true, true, false, false, false],
  )
})

test("without a birthday nobody's week comes", () => {
  assert.equal(isNearBirthday(null, { day: day("2026-11-23"), daysBefore: 30, daysAfter: 30 }), false)
  assert.equal(isNearBirthday({ month: 11, day: 23 }, { day: day("2026-11-23"), daysBefore: 0, daysAfter: 0 }), true)
})
