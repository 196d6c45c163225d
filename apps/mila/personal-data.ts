const BY_NAME =
  /^(?:phone|e-?mail|name|family|given|patronymic|card|cardnumber|number|code|otp|secret|password|token|key|authorization|cookie|signature|body|query|params|parameters|values|detail|to|address|birthday)$/i

const IDENTIFIERS = new Set(["requestId", "traceId"])

const MOST_DEPTH = 6

/**
 * What may be logged of `value`: fields that by their name hold personal data or secrets are taken out, and so is whatever looks like a phone, a
 * card number, a code on a card (nine digits and more, spaced or not) or an e-mail address inside any text.
 */
export function withoutPersonalData(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return masked(value)
  if (typeof value === "bigint") return String(value)
  if (typeof value !== "object" || value === null || value instanceof Date) return value
  if (depth >= MOST_DEPTH) return "…"
  if (value instanceof Error) return errorWords(value, depth)
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => withoutPersonalData(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      if (IDENTIFIERS.has(name)) return [name, held]
      return [name, BY_NAME.test(name) && held !== null && held !== undefined ? "[not logged]" : withoutPersonalData(held, depth + 1)]
    }),
  )
}

/** An error by type, code, words and place; what the database adds to it (rows, parameters) stays out. */
function errorWords(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error ? { code: String(error.code) } : {}
  const cause = error.cause === undefined ? {} : { cause: withoutPersonalData(error.cause, depth + 1) }
  return { type: error.name, message: masked(error.message), ...code, stack: masked(error.stack ?? ""), ...cause }
}

const masked = (text: string): string =>
  text
    .replaceAll(/[^\s@"'<>()]+@[^\s@"'<>()]+\.[\p{L}\d]+/gu, (found) => (/^(?:file|node):|node_modules/.test(found) ? found : "[e-mail]"))
    .replaceAll(/\+?\d(?:[ \u00a0()-]{0,2}\d){8,}/g, "[digits]")
