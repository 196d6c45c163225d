import { refuse } from "../refusals.ts"
import type { Entry } from "./archive.ts"
import type { Collector } from "./collect.ts"
import { decoded } from "./decode.ts"
import type { Batch } from "./facts.ts"
import { PackedWords } from "./packed-words.ts"
import { sheetRows } from "./sheet-rows.ts"
import { child, type Element, XmlStream } from "./xml.ts"

const MOST_COLUMNS = 2_000

/** The first sheet of an XLSX workbook (ECMA-376 SpreadsheetML), row by row. Errors: format_unknown, column_missing, too_large, and those of XML. */
export async function* readXlsx(entries: readonly Entry[], to: Collector): AsyncGenerator<Batch> {
  const sheet = entries
    .filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))[0]
  if (!sheet) return refuse("format_unknown", { field: "xl/worksheets", line: null })
  const words = new PackedWords()
  try {
    await gather(
      words,
      entries.find(({ name }) => name === "xl/sharedStrings.xml"),
    )
    yield* rowsOf(sheet, { words, dates: await dateStylesOf(entries.find(({ name }) => name === "xl/styles.xml")) }, to)
  } finally {
    words.close()
  }
}

async function* rowsOf(sheet: Entry, known: Known, to: Collector): AsyncGenerator<Batch> {
  const rows = sheetRows(to)
  const stream = new XmlStream({
    isRecord: (path) => path.at(-1) === "row" && path.at(-2) === "sheetData",
    opened: () => undefined,
    record: (row) => rows.row(Number(row.attributes["r"]) || row.line, cellsOf(row, known)),
  })
  for await (const text of decoded(await sheet.stream())) {
    stream.write(text)
    if (!to.isEmpty) yield to.take()
  }
  stream.end()
  rows.end()
  if (!to.isEmpty) yield to.take()
}

async function gather(words: PackedWords, entry: Entry | undefined): Promise<void> {
  if (!entry) return
  const stream = new XmlStream({
    isRecord: (path) => path.length === 2 && path[1] === "si",
    opened: () => undefined,
    record: (element) => words.add(richText(element)) || refuse("too_large", { line: element.line, field: "sst/si" }),
  })
  for await (const text of decoded(await entry.stream())) stream.write(text)
  stream.end()
}

/** Which styles of cells show a number as a date or a time: 12.05 typed by hand becomes the twelfth of May, and is no price. */
async function dateStylesOf(entry: Entry | undefined): Promise<ReadonlySet<number>> {
  const formats = new Map<string, string>()
  const dates = new Set<number>()
  if (!entry) return dates
  let style = 0
  const stream = new XmlStream({
    isRecord: (path) => path.at(-1) === "numFmt" || (path.at(-1) === "xf" && path.at(-2) === "cellXfs"),
    opened: () => undefined,
    record({ name, attributes }) {
      if (name === "numFmt") return void formats.set(attributes["numFmtId"] ?? "", attributes["formatCode"] ?? "")
      const id = attributes["numFmtId"] ?? "0"
      if (isDateFormat(Number(id), formats.get(id))) dates.add(style)
      style += 1
    },
  })
  for await (const text of decoded(await entry.stream())) stream.write(text)
  stream.end()
  return dates
}

/** ECMA-376 part 1, 18.8.30: 14–22 and 45–47 are dates; one of the file's own is, when days, months, years or hours stand in it outside quotes and brackets. */
function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 45 && id <= 47)
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "").replace(/general/i, ""))
}

/** A text, or the runs of a formatted one; how it is spoken (`rPh`) is not part of it. */
function richText(element: Element): string {
  return element.children.map((part) => (part.name === "t" ? part.text : part.name === "r" ? richText(part) : "")).join("")
}

type Known = { words: PackedWords; dates: ReadonlySet<number> }

function cellsOf(row: Element, known: Known): string[] {
  const cells: string[] = []
  for (const cell of row.children) {
    const place = placeOf(cell.attributes["r"]) ?? cells.length
    if (place >= MOST_COLUMNS) continue
    while (cells.length < place) cells.push("")
    cells[place] = valueOf(cell, known)
  }
  return cells
}

/** «C7» is place 2. */
function placeOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1]
  return letters === undefined ? undefined : [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** A formula is what it came to when the sheet was saved; a failed one says so (`#N/A`). */
function valueOf(cell: Element, { words, dates }: Known): string {
  const value = child(cell, "v")?.text ?? ""
  const type = cell.attributes["t"] ?? "n"
  if (type === "s") return words.at(Number(value))
  if (type === "inlineStr") return richText(child(cell, "is") ?? cell)
  if (type === "b") return value === "1" ? "да" : "нет"
  if (type !== "n") return value
  return value !== "" && dates.has(Number(cell.attributes["s"] ?? -1)) ? dayOf(Number(value)) : plainNumber(value)
}

/** Days since the thirtieth of December 1899, as spreadsheets count. */
function dayOf(serial: number): string {
  const at = new Date(Date.UTC(1899, 11, 30) + Math.trunc(serial) * 86_400_000)
  return Number.isNaN(at.getTime()) ? String(serial) : at.toISOString().slice(0, 10)
}

/** A number as people write it: a barcode kept as 4.81E+12 becomes its digits, 19.900000000000002 becomes 19.9. */
function plainNumber(value: string): string {
  const number = Number(value)
  if (value === "" || !Number.isFinite(number)) return value
  if (Number.isSafeInteger(number)) return String(number)
  return String(Number(number.toPrecision(15)))
}
