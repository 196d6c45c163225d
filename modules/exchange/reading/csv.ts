import { CsvError, type Info, parse } from "csv-parse"
import { Readable } from "node:stream"
import { refuse } from "../refusals.ts"
import type { Collector } from "./collect.ts"
import type { Batch } from "./facts.ts"
import { mayBeHeads, sheetRows } from "./sheet-rows.ts"

const ROWS_A_BATCH = 500

/** A CSV file (RFC 4180) with heads; semicolons, tabs or commas between, as its first line has them. Errors: column_missing, too_large, xml_broken's sister format_unknown. */
export async function* readCsv(text: AsyncGenerator<string>, to: Collector): AsyncGenerator<Batch> {
  const { value: first = "" } = await text.next()
  const rows = Readable.from(chained(first, text)).pipe(
    parse({
      delimiter: delimiterOf(first),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    }),
  )
  const sheet = sheetRows(to)
  let count = 0
  try {
    for await (const { info, record } of rows as AsyncIterable<{ info: Info; record: string[] }>) {
      sheet.row(info.lines, record)
      count += 1
      if (count % ROWS_A_BATCH === 0) yield to.take()
    }
  } catch (error) {
    if (error instanceof CsvError)
      refuse("format_unknown", { line: Number(error["lines"] ?? 0) || null, field: "(csv)", saying: error.code })
    throw error
  }
  sheet.end()
  if (!to.isEmpty) yield to.take()
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

/** The sign that makes heads of one of the first lines; else the one the first line has most of. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 31).slice(0, 30)
  const cells = (line: string, sign: string): string[] => line.split(sign).map((cell) => cell.replace(/^\s*"(.*)"\s*$/, "$1"))
  const heading = SIGNS.find((sign) => lines.some((line) => line.includes(sign) && mayBeHeads(cells(line, sign))))
  const counted = SIGNS.map((sign) => [(lines[0] ?? "").split(sign).length, sign] as const)
  return heading ?? counted.toSorted(([one], [other]) => other - one)[0]![1]
}

const SIGNS = [";", "\t", ","]
