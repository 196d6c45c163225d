import { groupByCode, stockOfGroup } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { buffer } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { ZipFile } from "yazl"
import { failureText, type Import, quarantineOf, reasonText } from "./index.ts"
import { PackedWords } from "./reading/packed-words.ts"
import { imported } from "./testing.ts"

let own: OwnDb
const at = new Date("2026-11-02T09:00:00Z")
before(async () => {
  own = await ownDb()
  await inTransaction(own.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" }), aShop({ code: "0202" })], at }))
})
after(() => own.drop())

const page = (code: string) => inTransaction(own.db, (tx) => groupByCode(tx, { code, at: new Date("2026-11-03") }))
const aside = async ({ id }: Import): Promise<unknown[]> =>
  (await inTransaction(own.db, (tx) => quarantineOf(tx, { id }))).map(({ line, field, reason, value }) => [line, field, reason, value])

type Cell = string | number | { f: string; v: string | number; t?: string } | { date: number } | null

/** A workbook as Excel writes it: a sheet with merged cells, texts shared, dates by style, formulas with what they came to. */
async function workbook(rows: readonly (readonly Cell[])[], merged: readonly string[] = []): Promise<Buffer> {
  const words: string[] = []
  const cellXml = (cell: Cell, place: string): string => {
    if (cell === null) return `<c r="${place}" s="0"/>`
    if (typeof cell === "string") return `<c r="${place}" t="s"><v>${words.push(cell) - 1}</v></c>`
    if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`
    if ("date" in cell) return `<c r="${place}" s="1"><v>${cell.date}</v></c>`
    return `<c r="${place}"${cell.t ? ` t="${cell.t}"` : ""}><f>${cell.f}</f><v>${cell.v}</v></c>`
  }
  const xml = rows.map(
    (cells, no) =>
      `<row r="${no + 1}">${cells.map((cell, place) => cellXml(cell, `${String.fromCharCode(65 + place)}${no + 1}`)).join("")}</row>`,
  )
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const files = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml": `<worksheet ${main}><sheetData>${xml.join("")}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells></worksheet>`,
    "xl/sharedStrings.xml": `<sst ${main}>${words.map((word) => `<si><t xml:space="preserve">${word.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</t></si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  }
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

test("a price list as people keep it comes in: a title over it, heads in two rows with merged cells, formulas, what became a date told by its line", async () => {
  const book = await workbook(
    [
      ["ООО «Поставщик», прайс-лист", null, null, null, null, null, null],
      ["действует с", { date: 46_328 }, null, null, null, null, null],
      [],
      ["Код", "Наименование", "Цены, BYN", null, "Остатки", null, "Штрихкод"],
      [null, null, "Розничная", "По карте", "0101", "0202", null],
      [1001, "Лак «Рубин», 10 мл", { f: "C2*1.2", v: 19.900000000000002 }, { f: "C6-1", v: 18.9 }, 4, 0, 5.901234123457e12],
      ["1002", { f: "CONCAT(A1)", v: "Крем", t: "str" }, { date: 46_154 }, null, 1.5, null, "4006381333931"],
      ["1003", "Мыло", { f: "VLOOKUP(1;2)", v: "#N/A", t: "e" }, 2, null, null, null],
      ["1004", { f: "B99", v: "#REF!", t: "e" }, 3, null, null, null, null],
    ],
    ["A1:G1", "C4:D4", "E4:F4", "A4:A5"],
  )
  const job = await imported(own.db, book, { source: "price-list", name: "прайс.xlsx" })
  assert.deepEqual([job.state, job.failure], ["done", null])
  const polish = await page("1001")
  assert.deepEqual(
    [polish?.name.ru, polish?.variants[0]?.price.regularMinor, polish?.variants[0]?.price.cardMinor, polish?.variants[0]?.eans],
    ["Лак «Рубин», 10 мл", 1990, 1890, ["5901234123457"]],
  )
  const stock = await inTransaction(own.db, (tx) => stockOfGroup(tx, polish!.no))
  assert.deepEqual(
    stock.map(({ shop, quantityMilli }) => [shop, quantityMilli]),
    [["0101", 4000]],
  )
  assert.deepEqual(await aside(job), [
    [7, "Цена", "number_invalid", "2026-05-12"],
    [8, "Цена", "formula_failed", "#N/A"],
    [9, "Наименование", "formula_failed", "#REF!"],
  ])
})

test("a CSV of people is read by its heads, wherever they are and whatever stands between: digits kept as text, tabs, a title with commas", async () => {
  const semicolons =
    'Прайс-лист, ноябрь, 2026;;;\n;;;\nАртикул;Код;Наименование;Цена;Цена по карте;Штрих-код\nA-1;="0077";"Пена; для бритья, 200 мл";1 234,50;1 200,00;="4006381333931"\n'
  const first = await imported(own.db, `\ufeff${semicolons}`, { source: "csv-people", name: "a.csv" })
  assert.deepEqual([first.state, await aside(first)], ["done", []])
  const foam = await page("0077")
  assert.deepEqual(
    [foam?.name.ru, foam?.variants[0]?.price.regularMinor, foam?.variants[0]?.price.cardMinor, foam?.variants[0]?.eans],
    ["Пена; для бритья, 200 мл", 123_450, 120_000, ["4006381333931"]],
  )
  const tabs = await imported(own.db, "Код\tНазвание\tЦена\n0078\tГель, мятный\t3,2\n", { source: "csv-people", name: "b.csv" })
  assert.deepEqual([tabs.state, (await page("0078"))?.variants[0]?.price.regularMinor], ["done", 320])
})

test("a sheet without a needed column is refused with the row that comes nearest, in three languages", async () => {
  const noCode = await imported(own.db, "Прайс\nНазвание;Цена\nГель;1\n", { source: "no-code", name: "a.csv" })
  assert.deepEqual([noCode.state, noCode.failure?.code, noCode.failure?.field], ["failed", "column_missing", "Код"])
  const noName = await imported(own.db, "Прайс;\nКод;Бренд\n1;Lumi\n", { source: "no-name", name: "a.csv" })
  assert.deepEqual(
    (["ru", "be", "en"] as const).map((locale) => failureText(noName.failure!.code, noName.failure!, locale)),
    [
      "Среди первых строк нет заголовков с нужным столбцом (строка 2, Наименование)",
      "Сярод першых радкоў няма загалоўкаў з патрэбным слупком (радок 2, Наименование)",
      "None of the first rows has a heading for the column needed (line 2, Наименование)",
    ],
  )
  const long = await imported(own.db, "строка;без;заголовков\n".repeat(200), { source: "no-heads", name: "a.csv" })
  assert.deepEqual([long.state, long.failure?.code, long.failure?.line], ["failed", "column_missing", 1])
  assert.deepEqual(
    (["ru", "be", "en"] as const).map((locale) => reasonText("formula_failed", locale)),
    ["формула не посчиталась; поле не принято", "формула не палічылася; поле не прынята", "the formula failed; the field was not accepted"],
  )
})

test("a million words of a workbook are kept as bytes, past a quarter of a megabyte in a nameless file, each found at its place", () => {
  const words = new PackedWords()
  const word = (no: number): string => (no % 3 === 0 ? "" : `Крем № ${no}`.repeat(no === 500 ? 40_000 : 1))
  for (let no = 0; no < 100_000; no += 1) assert.ok(words.add(word(no)))
  for (let no = 0; no < 100_000; no += 37) assert.equal(words.at(no), word(no))
  assert.deepEqual(
    [500, 99_998, 1, 99_999].map((no) => words.at(no)),
    [500, 99_998, 1, 99_999].map(word),
    "in any order",
  )
  assert.deepEqual([words.at(100_000), words.at(-1), words.at(Number.NaN)], ["", "", ""])
  words.close()
})

test("a word that lies across two stretches of the file is whole, also where the second takes the first one's place in memory", () => {
  const words = new PackedWords()
  const word = (no: number): string => `${no} `.repeat(500).slice(0, 1_000)
  for (let no = 0; no < 12_000; no += 1) assert.ok(words.add(word(no))) // 45 stretches, more than are held at once
  words.at(0)
  for (let stretch = 2; stretch <= 32; stretch += 1) words.at(Math.ceil((stretch * 262_144) / 1_000))
  assert.equal(words.at(262), word(262), "from the first stretch into the second, which is not held")
  words.close()
})
