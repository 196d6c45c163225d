import type { Locale } from "@mila/kernel"

/** A text is somebody's words and may be anything; a number is whole, and stays one. */
export type Field = string | number

const MARK = "\ufeff" // without it Excel reads UTF-8 as the code page of its country

/** What makes a spreadsheet take a text for a formula, in narrow and in full width; spaces in front of it do not help. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^\s*[\t\r\n]/u

/**
 * Rows as a spreadsheet of the reader's country opens them: UTF-8 with its mark, `;` between fields (`,` in English), CRLF, quoting by
 * RFC 4180. A text that would run as a formula gets an apostrophe in front.
 */
export function csvOf(rows: readonly (readonly Field[])[], locale: Locale): string {
  const separator = locale === "en" ? "," : ";"
  return MARK + rows.map((row) => `${row.map(written).join(separator)}\r\n`).join("")
}

function written(field: Field): string {
  if (typeof field === "number") return String(field)
  const text = FORMULA.test(field) ? `'${field}` : field
  return /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
