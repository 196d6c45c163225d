import assert from "node:assert/strict"
import { test } from "node:test"
import { type DataSection, personalDataPdf } from "./personal-data-pdf.ts"
import { readPaper } from "./testing.ts"

const ABOUT = { chain: "Мила", title: "Всё, что мы храним о вас", madeAt: new Date("2026-12-01T06:30:00Z") }

const paperOf = async (...sections: DataSection[]) => readPaper(await personalDataPdf({ ...ABOUT, sections }, "ru"))

test("sections are values under labels, explained in words", async () => {
  const { pages, title, roles } = await paperOf({
    title: "Вы",
    explanation: "То, что вы сообщили сами.",
    rows: [
      ["Имя", "Анна Ёлкина-Ўласевіч"],
      ["Телефон", "+375 29 100 20 30"],
    ],
  })
  assert.equal(title, "Всё, что мы храним о вас")
  for (const said of ["Вы", "То, что вы сообщили сами.", "Имя", "Анна Ёлкина-Ўласевіч", "Телефон", "+375 29 100 20 30", "стр. 1 из 1"]) {
    assert.ok(pages[0]!.includes(said), said)
  }
  assert.ok(pages[0]!.includes("Сформировано 1 декабря 2026 г., 09:30 (время Минска)"))
  assert.deepEqual(roles[0]!.slice(-6), ["TR", "TH", "TD", "TR", "TH", "TD"])
})

test("a value longer than a page goes on over the next ones, and no word of it is lost", async () => {
  const words = Array.from({ length: 1_500 }, (_, place) => `слово${place}`)
  const { pages } = await paperOf({ title: "Согласие", rows: [["Текст", words.join(" ")]] })
  assert.ok(pages.length >= 3, `${pages.length} pages`)
  const read = new Set(pages.join(" ").split(" "))
  for (const word of words) assert.ok(read.has(word), word)
})

test("a word wider than its column is broken and stays on the paper", async () => {
  const { pages } = await paperOf({ title: "Ключ", rows: [["Отпечаток", "0123456789abcdef".repeat(30)]] })
  assert.ok(pages[0]!.replaceAll(" ", "").includes("0123456789abcdef".repeat(30)))
})

test("a table's header stands on each of its pages", async () => {
  const rows = Array.from({ length: 100 }, (_, place) => [`вход ${place}`, "93.84.10.2"])
  const { pages } = await paperOf({ title: "Входы", table: { columns: ["Когда", "Откуда"], rows } })
  assert.ok(pages.length >= 3)
  for (const text of pages) assert.ok(text.includes("Когда") && text.includes("Откуда"))
})

test("a section with nothing in it says so", async () => {
  const { pages } = await paperOf({ title: "Заявки", table: { columns: ["Когда"], rows: [] } }, { title: "Карты", rows: [] })
  assert.equal(pages[0]!.split("Здесь ничего нет.").length, 3)
})
