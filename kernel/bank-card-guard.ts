// Between the digits of a number people put spaces, dashes, dots, slashes, line breaks, at most two of them; keyboards add signs nobody sees.
const UNSEEN = /\p{Cf}/gu
const RUN = /\d(?:[\s.\-‐‑–—_/]{0,2}\d){15,}/g
// forms of ours and of the tax office that are longer or mixed, and may look like anything by chance
const OTHERS = [
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i, // UUID
  /^[\dA-F]{24}$/i, // УИ of a receipt
  /^\d{23}$/, // rotating code
  /^[\w-]{60,}$/, // sealed note
  /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/, // instant
]
const DEEPEST = 40 // no shape of ours nests so deep: what lies below is never read

/**
 * Tells a bank card number (PAN, ISO/IEC 7812) hidden in `text`: 16–19 digits, first digit 2–6 or the Belkart prefix 9112, Luhn-valid, written in one piece, in groups as
 * on a card, or alone in any groups; whatever stands around it. Such a text is refused, never stored, never logged (PCI DSS 4.0.1, 3.2).
 */
export function looksLikeBankCardNumber(text: string): boolean {
  for (const [run] of text.normalize("NFKC").replaceAll(UNSEEN, "").matchAll(RUN)) {
    const groups = run.split(/\D+/)
    const digits = groups.join("")
    if (digits.length <= 19 && isBankCardNumber(digits)) return true
    if (groups.some((group) => hasInside(group)) || groups.some((_, first) => asOnACard(groups.slice(first)))) return true
  }
  return false
}

/** Whether a bank card number stands anywhere in a value: in texts, numbers, names of fields, however deep. */
export function holdsBankCardNumber(value: unknown, depth = 0): boolean {
  if (typeof value === "string" || typeof value === "number") return isSuspicious(String(value))
  if (value === null || typeof value !== "object" || depth > DEEPEST) return false
  if (Array.isArray(value)) return value.some((held) => holdsBankCardNumber(held, depth + 1))
  return Object.entries(value).some(([key, held]) => isSuspicious(key) || holdsBankCardNumber(held, depth + 1))
}

/** The value with every bank card number in it crossed out, for what has to be kept all the same; cut off where it nests too deep to be ours. */
export function withoutBankCardNumbers(value: unknown, depth = 0): unknown {
  if (typeof value === "string" || typeof value === "number") return isSuspicious(String(value)) ? CROSSED_OUT : value
  if (value === null || typeof value !== "object") return value
  if (depth > DEEPEST) return "[too deep]"
  if (Array.isArray(value)) return value.map((held) => withoutBankCardNumbers(held, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [isSuspicious(key) ? CROSSED_OUT : key, withoutBankCardNumbers(held, depth + 1)]),
  )
}

export const CROSSED_OUT = "[bank card number]"

const isSuspicious = (text: string): boolean => !OTHERS.some((form) => form.test(text)) && looksLikeBankCardNumber(text)

const isBankCardNumber = (digits: string): boolean =>
  digits.length >= 16 && digits.length <= 19 && /^(?:[2-6]|9112)/.test(digits) && passesLuhn(digits)

/** In one piece, alone or with other digits run into it. */
function hasInside(digits: string): boolean {
  if (digits.length <= 19) return isBankCardNumber(digits)
  for (let length = 16; length <= 19; length += 1)
    for (let start = 0; start + length <= digits.length; start += 1) if (isBankCardNumber(digits.slice(start, start + length))) return true
  return false
}

/** Four by four, as on a card, with other numbers before or after: a flat, the month it ends. */
function asOnACard(groups: readonly string[]): boolean {
  if (groups.slice(0, 4).some((group) => group.length !== 4) || groups.length < 4) return false
  const four = groups.slice(0, 4).join("")
  return isBankCardNumber(four) || (groups[4] !== undefined && groups[4].length <= 3 && isBankCardNumber(four + groups[4]))
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = digit * 2
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
