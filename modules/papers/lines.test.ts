import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { inLines } from "./lines.ts"

const byLetters = (width: number) => ({ width, widthOf: (text: string) => [...text].length })

test("lines break at spaces, at line ends of the text, and inside a word only when it is too wide", () => {
  assert.deepEqual(inLines("бонусы за покупку", byLetters(10)), ["бонусы за", "покупку"])
  assert.deepEqual(inLines("раз\r\nдва\n\nтри", byLetters(10)), ["раз", "два", "", "три"])
  assert.deepEqual(inLines("абвгдежз и к", byLetters(3)), ["абв", "где", "жз", "и к"])
  assert.deepEqual(inLines("за 1\u00a0234\u00a0бонуса", byLetters(13)), ["за", "1\u00a0234\u00a0бонуса"])
})

test("letters made of two signs become one, signs that nobody sees are gone", () => {
  assert.deepEqual(inLines("Ко\u0301лько", byLetters(20)), ["Ко\u0301лько"]) // no such letter: the stress stays beside it
  assert.deepEqual(inLines("воу\u0306к\tі\u202e и\u0306од", byLetters(20)), ["воўк і йод"])
})

test("no line is wider than asked, and nothing but spaces is lost", () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."абў \u00a0\n-x") }), fc.integer({ min: 1, max: 12 }), (text, width) => {
      const lines = inLines(text, byLetters(width))
      for (const line of lines) assert.ok([...line].length <= width, line)
      assert.equal(lines.join("").replace(/[ \n]/g, ""), text.replace(/[ \n]/g, ""))
    }),
  ))
