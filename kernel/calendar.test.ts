import assert from "node:assert/strict"
import { test } from "node:test"
import { addDays, addMonths, clockIn, day, dayIn, daysBetween, endOfDay, MINSK, monthOf, startOfDay } from "./calendar.ts"

test("a day begins at midnight in Minsk, three hours before it does in Greenwich", () => {
  assert.equal(dayIn(MINSK, new Date("2026-11-22T20:59:59.999Z")), "2026-11-22")
  assert.equal(dayIn(MINSK, new Date("2026-11-22T21:00:00Z")), "2026-11-23")
  assert.equal(dayIn("UTC", new Date("2026-11-22T21:00:00Z")), "2026-11-22")
})

test("clocks in Minsk show the next day three hours before it begins in Greenwich, and showed two hours in winter before 2011", () => {
  assert.equal(clockIn(MINSK, new Date("2026-11-22T22:05:09.900Z")), "2026-11-23T01:05:09")
  assert.equal(clockIn(MINSK, new Date("2010-01-15T22:30:00Z")), "2010-01-16T00:30:00")
})

test("the zone's own history holds: Minsk was an hour closer to Greenwich in winter before 2011", () => {
  assert.equal(dayIn(MINSK, new Date("2010-01-15T21:30:00Z")), "2010-01-15")
  assert.equal(dayIn(MINSK, new Date("2012-01-15T21:30:00Z")), "2012-01-16")
})

test("a day ends one millisecond before the next one starts", () => {
  const today = day("2026-11-23")
  assert.equal(startOfDay(MINSK, today).toISOString(), "2026-11-22T21:00:00.000Z")
  assert.equal(endOfDay(MINSK, today).getTime() + 1, startOfDay(MINSK, addDays(today, 1)).getTime())
})

test("months are counted by date, and a date that is not there is the month's last", () => {
  assert.equal(addMonths(day("2026-01-31"), 1), "2026-02-28")
  assert.equal(addMonths(day("2027-12-31"), 2), "2028-02-29")
  assert.equal(addMonths(day("2026-11-23"), 12), "2027-11-23")
  assert.equal(addMonths(day("2026-03-31"), -1), "2026-02-28")
})

test("days are counted over the ends of months and years", () => {
  assert.equal(addDays(day("2026-12-31"), 1), "2027-01-01")
  assert.equal(addDays(day("2028-03-01"), -1), "2028-02-29")
  assert.equal(daysBetween(day("2026-11-23"), day("2027-11-23")), 365)
  assert.equal(monthOf(day("2026-11-23")), "2026-11")
})

test("what is not a day is not taken for one", () => {
  for (const text of ["2026-1-1", "23.11.2026", "2026-13-01", ""]) assert.throws(() => day(text), /a day is written/)
})
