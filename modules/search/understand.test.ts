import assert from "node:assert/strict"
import { test } from "node:test"
import { MemoryIndex } from "./index.ts"
import { aDocument, someWords } from "./testing.ts"

const named = (ru: string, be = ru, en = ru) => ({ ru, be, en })
const goods = [
  aDocument({
    no: 1,
    name: named("Шампунь Garnier «Ромашка», 400 мл", "Шампунь Garnier «Рамонак», 400 мл", "Garnier shampoo, 400 ml"),
    brand: "Garnier",
    eans: ["4606224041476"],
    skus: ["G-1"],
  }),
  aDocument({
    no: 2,
    name: named("Маска для лица L'Oréal Paris", "Маска для твару L'Oréal Paris", "L'Oréal Paris face mask"),
    brand: "L'Oréal Paris",
  }),
  aDocument({
    no: 3,
    name: named("Бальзам для волос «Крапива», 50 мл", "Бальзам для валасоў «Крапіва», 50 мл", "Nettle hair balm, 50 ml"),
  }),
  aDocument({
    no: 4,
    name: named("Крем для рук «Ёлочка» SPF 30", "Крэм для рук «Ёлачка» SPF 30", "Fir hand cream SPF 30"),
    ingredients: ["Aqua", "Centella Asiatica Extract"],
  }),
  aDocument({
    no: 5,
    name: named("Тушь для ресниц Maybelline New York", "Туш для вейкаў Maybelline New York", "Maybelline New York mascara"),
    brand: "Maybelline New York",
  }),
  aDocument({ no: 6, name: named("Крем для ног «Мята»", "Крэм для ног «Мята»", "Mint foot cream") }),
]
const index = new MemoryIndex({ documents: goods, words: someWords, prices: [], stock: new Map(), version: 1 })
const found = (text: string): number[] => index.searchNow({ text, today: 20_000 }).items

const QUERIES: readonly (readonly [what: string, text: string, expected: number[]])[] = [
  ["another form of the word", "шампуни", [1]],
  ["a fleeting vowel", "масок", [2]],
  ["a word the stemmer cuts too deep", "бальзамы", [3]],
  ["no ё", "елочка", [4]],
  ["Russian on Latin keys", "ifvgeym", [1]],
  ["a brand on Russian keys", "пфктшук", [1]],
  ["a brand as it sounds, on Latin keys", "ufhymth", [1]],
  ["a brand as it sounds", "лореаль", [2]],
  ["another brand as it sounds", "мейбелин", [5]],
  ["a brand without accents and apostrophes", "loreal", [2]],
  ["a slip of a finger", "шампнуь", [1]],
  ["a slip in a brand", "maybeline", [5]],
  ["an unfinished word", "шамп", [1]],
  ["Belarusian", "крэм для валасоў бальзам", [3]],
  ["English", "mascara", [5]],
  ["a number with its unit, apart", "50 мл", [3]],
  ["and together", "50ml", [3]],
  ["an ingredient", "centella", [4]],
  ["a barcode", "4606224041476", [1]],
  ["a barcode with spaces", "4 606224 041476", [1]],
  ["the beginning of a barcode", "46062240", [1]],
  ["a sku", "g-1", [1]],
  ["words that say nothing", "для рук", [4]],
  ["two words, both", "крем ног", [6]],
]
for (const [what, text, expected] of QUERIES) test(`finds by ${what}: «${text}»`, () => assert.deepEqual(found(text), expected))

test("what cannot be found together is found in part, and said so", () => {
  const answer = index.searchNow({ text: "шампунь абракадабра", today: 20_000 })
  assert.deepEqual([answer.items, answer.understood.leftOut], [[1], ["абракадабра"]])
  assert.deepEqual(index.searchNow({ text: "йцукенгшщз", today: 20_000 }).total, 0)
})

test("what was read instead of what was typed is said", () => {
  assert.equal(index.searchNow({ text: "ifvgeym", today: 20_000 }).understood.read, "шампунь")
  assert.equal(index.searchNow({ text: "шампунь", today: 20_000 }).understood.read, null)
})

test("while somebody types, whole words, brands and things are offered", () => {
  const { queries, brands, items } = index.suggestNow({ text: "garn" })
  assert.deepEqual([queries, brands, items], [["garnier"], ["Garnier"], [1]])
  assert.deepEqual(index.suggestNow({ text: "" }).items, [])
})

test("nothing anybody types breaks it", () => {
  const hostile = [
    "'; drop table x; --",
    "\u200b\u200d",
    "🙂🙂",
    "(((",
    "[a-z]+$",
    "\\",
    "%00",
    " ",
    "а".repeat(10_000),
    "1".repeat(300),
    "a b ".repeat(3_000),
    "\ud800",
    "<script>",
  ]
  for (const text of hostile) {
    assert.ok(index.searchNow({ text, today: 20_000 }).total <= goods.length)
    index.suggestNow({ text })
  }
})
