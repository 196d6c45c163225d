import assert from "node:assert/strict"
import { test } from "node:test"
import { looksLikeBankCardNumber } from "./bank-card-guard.ts"

test("a bank card number is seen, however it is written and whatever stands around it", () => {
  const written = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "мой номер: 5555555555554444, спасибо",
    "9112380000000002", // Belkart
    "６２０００００００００００００５", // full-width digits of a keyboard that writes so
    "чек 12 карта 4111111111111111",
  ]
  for (const text of written) assert.equal(looksLikeBankCardNumber(text), true, text)
})

test("what is no bank card number is left alone", () => {
  const others = [
    "4111111111111112", // Luhn says no
    "2912345678908", // a bonus card: thirteen digits
    "9968070001234", // «Моцная картка», as the barcode has it
    "+375 29 123-45-67",
    "1111111111111111", // no issuer begins with 1
    "",
  ]
  for (const text of others) assert.equal(looksLikeBankCardNumber(text), false, text)
})
