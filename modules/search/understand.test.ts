import { closeTestDatabases, ownDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { MemoryIndex, PostgresSearch, type SearchEngine } from "./index.ts"
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
  aDocument({
    no: 7,
    name: named("Губная помада «Бархат»", "Губная памада «Аксаміт»", "Velvet lipstick"),
    labels: ["Спелая вишня", "Спелая вішня", "Кофе с молоком"],
  }),
  aDocument({ no: 6, name: named("Крем для ног «Мята»", "Крэм для ног «Мята»", "Mint foot cream") }),
  aDocument({ no: 7, name: named("Губка для посуды", "Губка для посуду", "Sponge") }),
  aDocument({ no: 8, name: named("Салфетки UE RF", "Сурвэткі UE RF", "UE RF wipes") }),
  aDocument({ no: 9, name: named("Коврик", "Дыванок", "Bath rug") }),
  aDocument({ no: 10, name: named("Чехол для щётки", "Чахол для шчоткі", "Brush case") }),
  aDocument({ no: 11, name: named("Спрей «Лира»", "Спрэй «Ліра»", "Lira spray"), popularity: 500 }),
  aDocument({ no: 12, name: named("Флюид Лирен", "Флюід Лірэн", "Lirene fluid") }),
  aDocument({ no: 13, name: named("Гель «Стиль»", "Гель «Стыль»", "Hair-do gel"), brand: "Стиль" }),
  aDocument({ no: 14, name: named("Мист Stell", "Міст Stell", "Stell mist"), brand: "Stell" }),
]
const data = { documents: goods, words: someWords, prices: [], stock: new Map<string, number[]>(), version: 1 }
const own = await ownDb()
after(async () => {
  await own.drop()
  await closeTestDatabases()
})
const inPostgres = new PostgresSearch(own.db)
await inPostgres.make(data)
const ENGINES: readonly (readonly [string, SearchEngine])[] = [
  ["in memory", new MemoryIndex(data)],
  ["in PostgreSQL", inPostgres],
]

const QUERIES: readonly (readonly [what: string, text: string, expected: number[]])[] = [
  ["another form of the word", "шампуни", [1]],
  ["a fleeting vowel", "масок", [2]],
  ["a word the stemmer cuts too deep", "бальзамы", [3]],
  ["no ё", "елочка", [4]],
  ["Russian on Latin keys", "ifvgeym", [1]],
  ["a letter whose key is a comma, though goods are called like both halves", "ue,rf", [7]],
  ["and those goods by their own name", "ue rf", [8]],
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
  ["a short English word in the plural", "rugs", [9]],
  ["a plural after a hiss", "brushes", [10]],
  ["a word as it is written before another of the same stem", "лирен", [12, 11]],
  ["a slip before a word that sounds so in other letters", "stll", [14, 13]],
  ["a number with its unit, apart", "50 мл", [3]],
  ["and together", "50ml", [3]],
  ["an ingredient", "centella", [4]],
  ["a barcode", "4606224041476", [1]],
  ["a barcode with spaces", "4 606224 041476", [1]],
  ["the beginning of a barcode", "46062240", [1]],
  ["a sku", "g-1", [1]],
  ["words that say nothing", "для рук", [4]],
  ["two words, both", "крем ног", [6]],
  ["a colour, when shades are called otherwise", "красная помада", [7]],
  ["the same in Belarusian", "чырвоная памада", [7]],
  ["an adjective of a noun", "кофейный", [7]],
  ["and with another word", "вишнёвая помада", [7]],
]
for (const [engine, index] of ENGINES) {
  for (const [what, text, expected] of QUERIES) {
    test(`finds by ${what}: «${text}»: ${engine}`, async () =>
      assert.deepEqual((await index.search({ text, today: 20_000 })).items, expected))
  }

  test(`what cannot be found together is found in part, and said so: ${engine}`, async () => {
    const answer = await index.search({ text: "шампунь абракадабра", today: 20_000 })
    assert.deepEqual([answer.items, answer.understood.leftOut], [[1], ["абракадабра"]])
    assert.deepEqual((await index.search({ text: "йцукенгшщз", today: 20_000 })).total, 0)
  })

  test(`a word that is understood is not told to be left out: ${engine}`, async () => {
    for (const text of ["красная помада", "кофейный", "помада кофейная"]) {
      const { understood } = await index.search({ text, today: 20_000 })
      assert.deepEqual([understood.leftOut, understood.read], [[], null], text)
    }
  })

  test(`how people misspell a brand finds it, and is never offered as a word to complete: ${engine}`, async () => {
    assert.deepEqual((await index.search({ text: "лориаль", today: 20_000 })).items, [2])
    for (const typed of ["лор", "лори", "лориаль", "лореа"]) {
      const { queries, brands } = await index.suggest({ text: typed, today: 20_000 })
      assert.deepEqual([queries, brands], [[], ["L'Oréal Paris"]], typed)
    }
  })

  test(`what was read instead of what was typed is said: ${engine}`, async () => {
    assert.equal((await index.search({ text: "ifvgeym", today: 20_000 })).understood.read, "шампунь")
    assert.equal((await index.search({ text: "шампунь", today: 20_000 })).understood.read, null)
  })

  test(`while somebody types, whole words, brands and things are offered: ${engine}`, async () => {
    const { queries, brands, items } = await index.suggest({ text: "garn", today: 20_000 })
    assert.deepEqual([queries, brands, items], [["garnier"], ["Garnier"], [1]])
    assert.deepEqual((await index.suggest({ text: "", today: 20_000 })).items, [])
  })

  test(`nothing anybody types breaks it: ${engine}`, async () => {
    const hostile = [
      "'; drop table x; --",
      "\u200b\u200d",
      "🙂🙂",
      "(((",
      "[a-z]+$",
      "\\",
      "%00",
      "а\u0000б",
      " ",
      "а".repeat(10_000),
      "1".repeat(300),
      "a b ".repeat(3_000),
      "\ud800",
      "<script>",
    ]
    for (const text of hostile) {
      assert.ok((await index.search({ text, today: 20_000 })).total <= goods.length)
      await index.suggest({ text, today: 20_000 })
    }
  })
}
