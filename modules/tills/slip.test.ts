import { type Day, LOCALES } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import { parkedSlip, returnSlip, saleSlip, SLIP_WIDTH, waitingSlip } from "./slip.ts"

const AT = "2026-11-23" as Day
const LATER = "2026-12-07" as Day

test("every line of every slip fits the narrowest printer, in three languages, and no number is parted from its unit", () => {
  for (const locale of LOCALES) {
    for (const sum of [1, 20, 12_345, 9_999_999]) {
      const lines = [
        { earned: sum, activatesOn: LATER },
        { earned: sum, activatesOn: null },
      ]
      const slips = [
        saleSlip({ lines, redeemed: sum, balance: { available: sum, owed: sum }, at: AT }, locale),
        returnSlip({ clawed: sum, restored: sum }, locale),
        waitingSlip(locale),
        parkedSlip(locale),
      ]
      for (const line of slips.flat()) {
        assert.ok(line.length > 0 && line.length <= SLIP_WIDTH, `${line.length}: ${line}`)
        assert.doesNotMatch(line, /^BYN|^\d\d\.\d\d|^\s|\s$/, line)
      }
    }
  }
})

test("a slip says whole sentences, line after line", () => {
  const lines = [{ earned: 123, activatesOn: LATER }]
  assert.deepEqual(saleSlip({ lines, redeemed: 50, balance: { available: 0, owed: 1_234 }, at: AT }, "ru"), [
    "Оплачено бонусами: 0,50 BYN",
    "Начислено бонусов: 1,23 BYN,",
    "доступны с 07.12",
    "Доступно бонусов: 0,00 BYN",
    "Долг: 12,34 BYN, его погасят",
    "следующие начисления",
  ])
})
