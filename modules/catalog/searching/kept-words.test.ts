import assert from "node:assert/strict"
import { test } from "node:test"
import { Words } from "./kept-words.ts"

const same = (text: string) => ({ ru: text, be: text, en: text })
const category = (path: string, family: string | null = null) => ({ path, name: same(path), position: 0, family, isFilled: true })
const families = [
  { code: "face", attributes: ["skin", "age"] },
  { code: "sun", attributes: ["spf", "skin"] },
  { code: "bare", attributes: [] },
]
const of = (...categories: ReturnType<typeof category>[]) => new Words({ categories, brands: [], attributes: [], families })

test("a category's family says which attributes its goods have; one above speaks for those under it that say nothing", () => {
  const words = of(category("care", "face"), category("care/creams"), category("care/sun", "sun"))
  assert.deepEqual(
    [words.attributesIn("care/creams"), words.attributesIn("care/sun")],
    [
      ["skin", "age"],
      ["spf", "skin"],
    ],
  )
  assert.deepEqual(words.attributesIn("care"), ["skin", "age", "spf"], "above them those of all of them")
})

test("where nobody said what a category, or one under it, holds, nothing is picked", () => {
  const words = of(category("care"), category("care/creams", "face"), category("care/other"), category("gifts", "bare"))
  for (const path of ["care", "care/other", "gifts", "nowhere"]) assert.deepEqual(words.attributesIn(path), [], path)
})
