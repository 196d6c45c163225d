import assert from "node:assert/strict"
import { test } from "node:test"
import { holdsBankCardNumber, looksLikeBankCardNumber } from "./bank-card-guard.ts"
import { mulberry32 } from "./mulberry32.ts"

test("a bank card number is seen, however it is written and whatever stands around it", () => {
  const written = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "мой номер: 5555555555554444, спасибо",
    "9112380000000002", // Belkart
    "６２０００００００００００００５", // full-width digits of a keyboard that writes so
    "чек 12 карта 4111111111111111",
    "кв. 5 4111 1111 1111 1111",
    "4111 1111 1111 1111 12/28 123",
    "4111111111111111 12/28",
    "4111.1111.1111.1111",
    "4111\n1111\n1111\n1111",
    "4111 - 1111 - 1111 - 1111".replaceAll(" - ", "- "),
    "411111 1111111111",
    "моя4111111111111111карта",
    "4\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1",
    "2200 0000 0000 0004", // Мир
    "9112-3800-0000-0002",
    "6304000000000000", // Maestro
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

test("what people write every day is no bank card number: barcodes, phones, receipts, sums, days", () => {
  const random = mulberry32(4_111) // the same five thousand on every machine
  const digits = (count: number) => Array.from({ length: count }, () => String(Math.floor(random() * 10))).join("")
  const ean13 = () => {
    const body = digits(12)
    const sum = [...body].reduce((all, one, place) => all + Number(one) * (place % 2 === 0 ? 1 : 3), 0)
    return body + String((10 - (sum % 10)) % 10)
  }
  const hex = () => Array.from({ length: 24 }, () => "0123456789ABCDEF"[Math.floor(random() * 16)]).join("")
  const phone = () => `+375 (29) ${digits(3)}-${digits(2)}-${digits(2)}`
  for (let round = 0; round < 5_000; round += 1) {
    const others = [ean13(), `0${ean13()}`, phone(), `${phone()}, ${phone()}`, `${ean13()} ${ean13()}`, hex(), digits(23)]
    others.push(
      `чек 0001-${digits(2)}-${digits(4)} от 12.11.2026 на ${digits(2)},${digits(2)} р.`,
      `A-${digits(10)}`,
      `2026-11-23T09:00:00.${digits(6)}Z`,
    )
    for (const text of others) assert.equal(holdsBankCardNumber(text), false, text)
  }
})
