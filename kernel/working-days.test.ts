import assert from "node:assert/strict"
import { test } from "node:test"
import { addDays, addWorkingDays, type Day, day, isWorkingDay, workingDayBy } from "./index.ts"

test("Radunitsa is the Tuesday nine days after Orthodox Easter, year for year", () => {
  for (const known of ["2021-05-11", "2022-05-03", "2023-04-25", "2024-05-14", "2025-04-29", "2026-04-21", "2027-05-11", "2028-04-25"]) {
    assert.equal(isWorkingDay(day(known)), false, known)
    assert.equal(isWorkingDay(addDays(day(known), 1)), true, "the Wednesday after is worked")
  }
})

test("weekends and state holidays are free, other days are worked", () => {
  for (const free of ["2026-01-01", "2026-01-02", "2026-01-07", "2026-05-01", "2026-07-03", "2026-12-25", "2026-11-22", "2027-03-08"]) {
    assert.equal(isWorkingDay(day(free)), false, free)
  }
  for (const worked of ["2026-11-23", "2026-01-05", "2026-12-31", "2026-02-23"]) assert.equal(isWorkingDay(day(worked)), true, worked)
})

test("a moved day is what the order says, whatever the rule", () => {
  const moved = new Map<Day, boolean>([
    [day("2026-01-10"), true],
    [day("2026-04-20"), false],
  ])
  assert.equal(isWorkingDay(day("2026-01-10"), moved), true)
  assert.equal(isWorkingDay(day("2026-04-20"), moved), false)
})

test("five working days over the New Year end after Christmas", () => {
  assert.equal(addWorkingDays(day("2025-12-30"), 5), "2026-01-09") // 31, 5, 6, 8, 9
  assert.equal(addWorkingDays(day("2026-11-23"), 5), "2026-11-30")
})

test("a term that ends on a free day ends on the working day before", () => {
  assert.equal(workingDayBy(day("2026-11-22")), "2026-11-20")
  assert.equal(workingDayBy(day("2026-11-20")), "2026-11-20")
})
