import { holdsBankCardNumber as holdsOne } from "@mila/kernel"

// sixteen digits with what may stand between them, as JSON writes it; an escaped sign may be a digit
const SIXTEEN_DIGITS = /\\u|\d(?:(?:[\s.\-‐‑–—_/\p{Cf}]|\\[nrt]){0,4}\d){15}|\p{Nd}{16}/u

/** Whether a bank card number stands anywhere in a body. Almost every body is cleared by one look at its text. */
export function holdsBankCardNumber(text: string, parsed: unknown): boolean {
  return SIXTEEN_DIGITS.test(text) && holdsOne(parsed)
}
