import { looksLikeBankCardNumber } from "@mila/kernel"

const SIXTEEN_DIGITS = /\d(?:[ \-\u00a0\u2009]?\d){15}/
// forms of ours and of the tax office that are longer or mixed, and may look like anything by chance
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const RECEIPT_UID = /^[\dA-F]{24}$/i
const ROTATING_CODE = /^\d{23}$/
const SEALED_NOTE = /^[\w-]{60,}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/

/** Whether a bank card number stands anywhere in a body. Almost every body is cleared by one look at its text. */
export function holdsBankCardNumber(text: string, parsed: unknown): boolean {
  return SIXTEEN_DIGITS.test(text) && anyIn(parsed)
}

/** The value with every bank card number in it crossed out, for what has to be kept all the same; cut off where it nests too deep to be ours. */
export function withoutBankCardNumbers(value: unknown, depth = 0): unknown {
  if (typeof value === "string" || typeof value === "number") return suspicious(String(value)) ? CROSSED_OUT : value
  if (value === null || typeof value !== "object") return value
  if (depth > DEEPEST) return "[too deep]"
  if (Array.isArray(value)) return value.map((held) => withoutBankCardNumbers(held, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [suspicious(key) ? CROSSED_OUT : key, withoutBankCardNumbers(held, depth + 1)]),
  )
}

export const CROSSED_OUT = "[bank card number]"
const DEEPEST = 40 // no shape of ours nests so deep: what lies below is never read

function anyIn(value: unknown, depth = 0): boolean {
  if (typeof value === "string" || typeof value === "number") return suspicious(String(value))
  if (value === null || typeof value !== "object" || depth > DEEPEST) return false
  if (Array.isArray(value)) return value.some((held) => anyIn(held, depth + 1))
  return Object.entries(value).some(([key, held]) => suspicious(key) || anyIn(held, depth + 1))
}

function suspicious(text: string): boolean {
  if (UUID.test(text) || RECEIPT_UID.test(text) || ROTATING_CODE.test(text) || SEALED_NOTE.test(text) || INSTANT.test(text)) return false
  return looksLikeBankCardNumber(text)
}
