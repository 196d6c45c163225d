import { inTransaction } from "@mila/kernel"
import { movementsOf } from "../../parts/movements.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

const MOST = 1_000
const HEAD = {
  ru: ["Дата", "Что", "Где", "Бонусы"],
  be: ["Дата", "Што", "Дзе", "Бонусы"],
  en: ["Date", "What", "Where", "Points"],
} as const

/** The last thousand movements as a table for a spreadsheet: UTF-8 with a mark, RFC 4180. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const at = clock.now()
  const movements = await inTransaction(db, (tx) => movementsOf(tx, { memberId: session.memberId, most: MOST, locale, at }))
  const parting = locale === "en" ? "," : ";"
  const rows = [HEAD[locale], ...movements.map(({ day, title, where, points }) => [day, title, where ?? "", String(points)])]
  const text = rows.map((row, place) => row.map((cell, column) => cellText(cell, place > 0 && column === 3)).join(parting)).join("\r\n")
  return new Response(`\ufeff${text}\r\n`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="mila-points.csv"',
      "cache-control": "no-store",
    },
  })
}

/** A cell that no spreadsheet takes for a formula (security rule 22); numbers stay numbers. */
function cellText(text: string, isNumber: boolean): string {
  const plain = isNumber ? text : text.trim().replace(/^(?=[=+\-@\t\r])/, "'")
  return /[";,\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
