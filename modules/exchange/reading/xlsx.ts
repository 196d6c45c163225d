import { refuse } from "../refusals.ts"
import type { Entry } from "./archive.ts"
import type { Collector } from "./collect.ts"
import { decoded } from "./decode.ts"
import type { Batch } from "./facts.ts"
import { sheetRows } from "./sheet-rows.ts"
import { child, type Element, XmlStream } from "./xml.ts"

const MOST_WORDS = 2_000_000
const MOST_WORD_CHARS = 200_000_000
const MOST_COLUMNS = 2_000

/** The first sheet of an XLSX workbook (ECMA-376 SpreadsheetML), row by row. Errors: format_unknown, column_missing, too_large, and those of XML. */
export async function* readXlsx(entries: readonly Entry[], to: Collector): AsyncGenerator<Batch> {
  const sheet = entries
    .filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))[0]
  if (!sheet) return refuse("format_unknown", { field: "xl/worksheets", line: null })
  const words = await wordsOf(entries.find(({ name }) => name === "xl/sharedStrings.xml"))
  const read = sheetRows(to)
  const stream = new XmlStream({
    isRecord: (path) => path.at(-1) === "row" && path.at(-2) === "sheetData",
    opened: () => undefined,
    record: (row) => read(Number(row.attributes["r"]) || row.line, cellsOf(row, words)),
  })
  for await (const text of decoded(await sheet.stream())) {
    stream.write(text)
    if (!to.isEmpty) yield to.take()
  }
  stream.end()
  if (!to.isEmpty) yield to.take()
}

async function wordsOf(entry: Entry | undefined): Promise<string[]> {
  const words: string[] = []
  if (!entry) return words
  let chars = 0
  const stream = new XmlStream({
    isRecord: (path) => path.length === 2 && path[1] === "si",
    opened: () => undefined,
    record(element) {
      const word = richText(element)
      chars += word.length
      if (words.push(word) > MOST_WORDS || chars > MOST_WORD_CHARS) refuse("too_large", { line: element.line, field: "sst/si" })
    },
  })
  for await (const text of decoded(await entry.stream())) stream.write(text)
  stream.end()
  return words
}

/** A text, or the runs of a formatted one; how it is spoken (`rPh`) is not part of it. */
function richText(element: Element): string {
  return element.children.map((part) => (part.name === "t" ? part.text : part.name === "r" ? richText(part) : "")).join("")
}

function cellsOf(row: Element, words: readonly string[]): string[] {
  const cells: string[] = []
  for (const cell of row.children) {
    const place = placeOf(cell.attributes["r"]) ?? cells.length
    if (place >= MOST_COLUMNS) continue
    while (cells.length < place) cells.push("")
    cells[place] = valueOf(cell, words)
  }
  return cells
}

/** «C7» is place 2. */
function placeOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1]
  return letters === undefined ? undefined : [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function valueOf(cell: Element, words: readonly string[]): string {
  const value = child(cell, "v")?.text ?? ""
  const type = cell.attributes["t"] ?? "n"
  if (type === "s") return words[Number(value)] ?? ""
  if (type === "inlineStr") return richText(child(cell, "is") ?? cell)
  return type === "n" ? plainNumber(value) : value
}

/** A number as people write it: a barcode kept as 4.81E+12 becomes its digits, 19.900000000000002 becomes 19.9. */
function plainNumber(value: string): string {
  const number = Number(value)
  if (value === "" || !Number.isFinite(number)) return value
  if (Number.isSafeInteger(number)) return String(number)
  return String(Number(number.toPrecision(15)))
}
