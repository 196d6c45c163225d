import assert from "node:assert/strict"
import { test } from "node:test"
import { counted, day, dayText, momentText, money, numberText, pointsText } from "./index.ts"

const plain = (text: string) => text.replaceAll("\u00a0", " ")

test("kopecks are written as each language writes money, never as Intl does", () => {
  assert.equal(plain(money(123_450, "ru")), "1 234,50 р.")
  assert.equal(plain(money(5, "be")), "0,05 р.")
  assert.equal(plain(money(123_450, "en")), "1,234.50 BYN")
  assert.equal(plain(money(-123_456_789, "ru")), "−1 234 567,89 р.")
})

test("the word goes with its number in every language", () => {
  const said = (locale: "ru" | "be" | "en") => [0, 1, 2, 5, 11, 21, 22, 111, 1_234].map((number) => plain(pointsText(number, locale)))
  assert.deepEqual(said("ru"), [
    ...["0 бонусов", "1 бонус", "2 бонуса", "5 бонусов", "11 бонусов", "21 бонус", "22 бонуса", "111 бонусов", "1 234 бонуса"],
  ])
  assert.deepEqual(said("be"), [
    ...["0 бонусаў", "1 бонус", "2 бонусы", "5 бонусаў", "11 бонусаў", "21 бонус", "22 бонусы", "111 бонусаў", "1 234 бонусы"],
  ])
  assert.deepEqual(said("en"), [
    ...["0 points", "1 point", "2 points", "5 points", "11 points", "21 points", "22 points", "111 points", "1,234 points"],
  ])
  assert.equal(plain(pointsText(-1, "ru")), "−1 бонус")
  assert.equal(plain(counted(3, { one: "чек", few: "чека", many: "чеков" }, "ru")), "3 чека")
  assert.equal(plain(numberText(1_000_000, "be")), "1 000 000")
})

test("days and moments are those of Minsk, in the words of each language", () => {
  assert.equal(plain(dayText(day("2026-11-23"), "ru")), "23 ноября 2026 г.")
  assert.equal(plain(dayText(day("2026-02-01"), "be", day("2026-11-23"))), "1 лютага")
  assert.equal(plain(dayText(day("2026-11-23"), "en")), "23 November 2026")
  assert.equal(plain(momentText(new Date("2026-12-31T21:05:00Z"), "ru")), "1 января 2027 г., 00:05")
})
