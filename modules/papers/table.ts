import { assert } from "@mila/kernel"
import { INK, type Style, STYLE } from "./look.ts"
import type { Part, Sheet } from "./sheet.ts"

/** `share` is the column's part of the paper's width, of all the shares together. Columns without titles have their header in each row's first cell. */
export type Column = { title?: string; share: number; align?: "right" }

/** What stands in a cell: texts under each other, each in its style. */
export type Cell = readonly { text: string; style: Style }[]

type Frame = { x: number; width: number; align: "right" | undefined }

type Line = { text: string; style: Style }

const GAP = 12
const PAD = 5
const HEADED = 80 // of a page, where a table may still begin

/**
 * A table over the whole width. Its header stands on every page it reaches; a row stays whole unless it is taller than half a page: then it
 * is continued on the next ones.
 */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: Iterable<readonly Cell[]>): void {
  const frames = framesOf(sheet, columns)
  const table = sheet.open(sheet.root, "Table")
  sheet.keep(HEADED) // a header at the foot of a page heads nothing
  const titled = columns.some(({ title }) => title !== undefined)
  if (titled) drawHeader(sheet, { columns, frames, table })
  else sheet.rule(sheet.y)
  const repeatHeader = () => {
    if (titled) drawHeader(sheet, { columns, frames, table: null })
  }
  for (const row of rows) {
    const cells = row.map((cell, place) => linesOf(sheet, cell, frames[place]!.width))
    drawRow(sheet, cells, { frames, table, firstIsHeader: !titled, repeatHeader })
  }
  table.end()
}

function framesOf(sheet: Sheet, columns: readonly Column[]): Frame[] {
  const shares = columns.reduce((before, { share }) => before + share, 0)
  const room = sheet.width - GAP * (columns.length - 1)
  let x = sheet.left
  return columns.map(({ share, align }) => {
    const frame = { x, width: (room * share) / shares, align }
    x += frame.width + GAP
    return frame
  })
}

/** With a table the header is read aloud; without one it is a repetition. */
function drawHeader(
  sheet: Sheet,
  { columns, frames, table }: { columns: readonly Column[]; frames: readonly Frame[]; table: Part | null },
): void {
  const style = STYLE.column
  const titles = columns.map(({ title = "" }, place) => sheet.lines(title, style, frames[place]!.width))
  const height = Math.max(...titles.map((lines) => lines.length)) * style.leading
  const row = table ? sheet.open(table, "TR") : null
  titles.forEach((lines, place) => {
    const at = { ...frames[place]!, y: sheet.y + height - lines.length * style.leading }
    if (row) sheet.put(sheet.open(row, "TH", { scope: "Column" }), lines, style, at)
    else sheet.repeat(lines, style, at)
  })
  row?.end()
  sheet.y += height + PAD
  sheet.rule(sheet.y, { colour: INK.dark, thickness: 0.8 })
}

function drawRow(
  sheet: Sheet,
  cells: Line[][],
  {
    frames,
    table,
    firstIsHeader,
    repeatHeader,
  }: { frames: readonly Frame[]; table: Part; firstIsHeader: boolean; repeatHeader: () => void },
): void {
  const turnPage = () => {
    sheet.turnPage()
    repeatHeader()
  }
  const height = Math.max(...cells.map(heightOf)) + 2 * PAD
  const whole = height <= 0.5 * sheet.bottom // a taller row begins where it stands and is continued
  if (sheet.y + (whole ? height : HEADED) > sheet.bottom) turnPage()

  const row = sheet.open(table, "TR")
  const parts = cells.map((_, place) => (firstIsHeader && place === 0 ? sheet.open(row, "TH", { scope: "Row" }) : sheet.open(row, "TD")))
  for (let left = cells; ; turnPage()) {
    const [now, later] = splitAt(left, sheet.bottom - sheet.y - 2 * PAD)
    assert(
      now.some((lines) => lines.length > 0),
      "a page has room for a line under its header",
    )
    now.forEach((lines, place) => putLines(sheet, lines, { part: parts[place]!, frame: frames[place]! }))
    sheet.y += Math.max(...now.map(heightOf)) + 2 * PAD
    sheet.rule(sheet.y)
    left = later
    if (left.every((lines) => lines.length === 0)) break
  }
  row.end()
}

function linesOf(sheet: Sheet, cell: Cell, width: number): Line[] {
  return cell.flatMap(({ text, style }) => sheet.lines(text, style, width).map((line) => ({ text: line, style })))
}

const heightOf = (lines: readonly Line[]): number => lines.reduce((before, { style }) => before + style.leading, 0)

/** What of each cell fits into `height`, and what is left for the next page. */
function splitAt(cells: readonly Line[][], height: number): [Line[][], Line[][]] {
  const fitting = cells.map((lines) => {
    let taken = 0
    const full = lines.findIndex(({ style }) => (taken += style.leading) > height)
    return full < 0 ? lines.length : full
  })
  return [cells.map((lines, place) => lines.slice(0, fitting[place])), cells.map((lines, place) => lines.slice(fitting[place]))]
}

function putLines(sheet: Sheet, lines: readonly Line[], { part, frame }: { part: Part; frame: Frame }): void {
  let y = sheet.y + PAD
  for (const { text, style } of lines) {
    sheet.put(part, [text], style, { ...frame, y })
    y += style.leading
  }
}
