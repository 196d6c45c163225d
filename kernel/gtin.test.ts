import assert from "node:assert/strict"
import { test } from "node:test"
import { checkDigit } from "./gtin.ts"

test("the check digit of GTINs of every length, as GS1 counts it", () => {
  assert.equal(checkDigit("400638133393"), 1) // EAN-13 4006381333931
  assert.equal(checkDigit("7351353"), 7) // EAN-8 73513537
  assert.equal(checkDigit("03600029145"), 2) // UPC-A 036000291452
})

test("one wrong digit never keeps the check digit", () => {
  const digits = "481000000123"
  for (let place = 0; place < digits.length; place += 1) {
    for (let wrong = 0; wrong < 10; wrong += 1) {
      if (String(wrong) === digits[place]) continue
      assert.notEqual(checkDigit(digits.slice(0, place) + wrong + digits.slice(place + 1)), checkDigit(digits))
    }
  }
})
