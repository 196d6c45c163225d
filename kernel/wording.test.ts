import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { addDays, day } from "./calendar.ts"
import { LOCALES } from "./locale.ts"
import { minor, points } from "./quantities.ts"
import { dayText, momentText, money, pointsText, timeText, numberText } from "./wording.ts"

test("money is roubles and kopecks, written as each language writes them", () => {
  assert.equal(money(minor(123_450), "ru"), "1\u00a0234,50\u00a0р.")
  assert.equal(money(minor(123_450), "be"), "1\u00a0234,50\u00a0р.")
  assert.equal(money(minor(123_450), "en"), "BYN\u00a01,234.50")
  assert.equal(money(minor(1), "ru"), "0,01\u00a0р.")
  assert.equal(money(minor(0), "en"), "BYN\u00a00.00")
  assert.equal(money(minor(-100_000_007), "ru"), "−1\u00a0000\u00a0000,07\u00a0р.")
  assert.equal(money(minor(-5), "en"), "−BYN\u00a00.05")
})

test("points take the word their number asks for", () => {
  const forms: [number, string, string, string][] = [
    [0, "бонусов", "бонусаў", "points"],
    [1, "бонус", "бонус", "point"],
    [2, "бонуса", "бонусы", "points"],
    [5, "бонусов", "бонусаў", "points"],
    [11, "бонусов", "бонусаў", "points"],
    [12, "бонусов", "бонусаў", "points"],
    [21, "бонус", "бонус", "points"],
    [24, "бонуса", "бонусы", "points"],
    [111, "бонусов", "бонусаў", "points"],
    [122, "бонуса", "бонусы", "points"],
  ]
  for (const [count, ru, be, en] of forms) {
    assert.equal(pointsText(points(count), "ru"), `${count}\u00a0${ru}`)
    assert.equal(pointsText(points(count), "be"), `${count}\u00a0${be}`)
    assert.equal(pointsText(points(count), "en"), `${count}\u00a0${en}`)
  }
  assert.equal(pointsText(points(-1), "ru"), "−1\u00a0бонус")
  assert.equal(pointsText(points(1_234), "be"), "1\u00a0234\u00a0бонусы")
})

test("a day is written with its month in the genitive, the twelve of them in each language", () => {
  const days = Array.from({ length: 12 }, (_, month) => day(`2026-${String(month + 1).padStart(2, "0")}-03`))
  const months = (locale: (typeof LOCALES)[number]) => days.map((of) => dayText(of, locale).split(/\s/)[1]).join(" ")
  assert.equal(months("ru"), "января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
  assert.equal(months("be"), "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня")
  assert.equal(months("en"), "January February March April May June July August September October November December")
  assert.equal(dayText(day("2026-11-23"), "ru"), "23\u00a0ноября 2026\u00a0г.")
  assert.equal(dayText(day("2026-11-03"), "be"), "3\u00a0лістапада 2026\u00a0г.")
  assert.equal(dayText(day("2026-11-23"), "en"), "23\u00a0November 2026")
})

test("Intl calls the months of Russian and Belarusian as we do", () => {
  for (const locale of LOCALES) {
    const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" })
    for (let of = day("2026-01-01"); of < "2027-01-01"; of = addDays(of, 28)) {
      const month = format.formatToParts(new Date(of)).find(({ type }) => type === "month")?.value
      assert.ok(dayText(of, locale).includes(month!), `${of} ${locale}: ${month}`)
    }
  }
})

test("an instant is told by the clocks of Minsk, also past its midnight", () => {
  assert.equal(momentText(new Date("2026-11-23T11:05:59Z"), "ru"), "23\u00a0ноября 2026\u00a0г., 14:05")
  assert.equal(momentText(new Date("2026-12-31T21:00:00Z"), "be"), "1\u00a0студзеня 2027\u00a0г., 00:00")
  assert.equal(momentText(new Date("2026-07-01T06:30:00Z"), "en"), "1\u00a0July 2026, 09:30")
  assert.equal(timeText(new Date("2026-07-01T20:59:00Z")), "23:59")
})

test("whatever its size, a number keeps its digits, in groups of three", () =>
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(...LOCALES), (amount, locale) => {
      const text = numberText(amount, locale)
      assert.equal(Number(text.replace("−", "-").replace(/[\u00a0,]/g, "")), amount)
      assert.match(text, /^−?\d{1,3}([\u00a0,]\d{3})*$/)
    }),
  ))

test("a fraction is not written as a whole number", () => {
  assert.throws(() => numberText(1.5, "ru"), /whole/)
})
