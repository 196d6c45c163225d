import { dayIn, type Locale, MINSK } from "@mila/kernel"
import { csvOf } from "./csv.ts"
import { type PointsStatement, totalsOf } from "./statement.ts"
import { STATEMENT_WORDS } from "./statement-words.ts"

/**
 * The movements of a statement for a spreadsheet, under one row of titles in `locale`: ISO days of Minsk, whole points with `-` where they
 * went. UTF-8 with its mark, `;` between fields (`,` in English), CRLF; no text runs as a formula. A statement that does not add up is a bug.
 */
export function statementCsv(statement: PointsStatement, locale: Locale): string {
  totalsOf(statement)
  const { day, what, shop, receipt, points, balance } = STATEMENT_WORDS[locale].columns
  const rows = statement.movements.map((movement) => [
    dayIn(MINSK, movement.occurredAt),
    ...[movement.what, movement.shop ?? "", movement.fiscalUid ?? ""],
    ...[movement.points, movement.balance],
  ])
  return csvOf([[day, what, shop, receipt, points, balance], ...rows], locale)
}
