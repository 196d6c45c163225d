import { type Locale, momentText } from "@mila/kernel"
import { STYLE } from "./look.ts"
import { drawMasthead } from "./masthead.ts"
import { PAPER_WORDS } from "./paper-words.ts"
import { Sheet } from "./sheet.ts"
import { type Cell, drawTable } from "./table.ts"

/** A kind of data and what is kept of it: values under labels, or a table. The words are the caller's, in the reader's language. */
export type DataSection = { title: string; explanation?: string } & (
  | { rows: readonly (readonly [label: string, value: string])[] }
  | { table: DataTable }
)

type DataTable = { columns: readonly string[]; rows: readonly (readonly string[])[] }

/** Everything kept about a member, said so that they can read it (Law 99-З of 07.05.2021, Article 11). */
export type PersonalData = {
  /** the chain's name */
  chain: string
  title: string
  madeAt: Date
  sections: readonly DataSection[]
}

/**
 * What is kept about a member as a tagged A4 PDF (PDF 1.7, PDF/UA-1). Long values wrap and go on over pages; a table's header stands on each
 * of its pages; a section with nothing in it says so. The same data make the same bytes.
 */
export async function personalDataPdf({ chain, title, madeAt, sections }: PersonalData, locale: Locale): Promise<Buffer> {
  const { made, page } = PAPER_WORDS[locale]
  const sheet = new Sheet({ title, author: chain, locale, madeAt })
  drawMasthead(sheet, { chain, title, subtitle: made(momentText(madeAt, locale)) })
  for (const section of sections) drawSection(sheet, section, locale)
  return sheet.finish((number, count) => [`${chain} · ${title}`, page(number, count)])
}

function drawSection(sheet: Sheet, section: DataSection, locale: Locale): void {
  sheet.y += 22
  sheet.paragraph("H2", section.title, STYLE.heading, { keepWith: 60 })
  if (section.explanation) {
    sheet.y += 1
    sheet.paragraph("P", section.explanation, STYLE.note, { keepWith: 40 })
  }
  sheet.y += 6
  const rows = "table" in section ? section.table.rows : section.rows
  if (rows.length === 0) return sheet.paragraph("P", PAPER_WORDS[locale].nothing, STYLE.text)
  if ("table" in section) drawColumns(sheet, section.table)
  else drawPairs(sheet, section.rows)
}

function drawColumns(sheet: Sheet, { columns, rows }: DataTable): void {
  const longest = (place: number) => Math.max(...[columns, ...rows].map((row) => row[place]?.length ?? 0))
  drawTable(
    sheet,
    columns.map((title, place) => ({ title, share: Math.min(Math.max(longest(place), 8), 32) })), // neither a sliver nor the whole page
    rows.map((row) => columns.map((_, place): Cell => [{ text: row[place] ?? "", style: STYLE.text }])),
  )
}

function drawPairs(sheet: Sheet, rows: readonly (readonly [label: string, value: string])[]): void {
  drawTable(
    sheet,
    [{ share: 1 }, { share: 2.2 }],
    rows.map(([label, value]): Cell[] => [[{ text: label, style: STYLE.note }], [{ text: value, style: STYLE.text }]]),
  )
}
