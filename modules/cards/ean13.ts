import { assert, checkDigit as gtinCheckDigit } from "@mila/kernel"
import { randomInt } from "node:crypto"

const LENGTH = 13

/** The 13th digit of an EAN-13 (GS1 General Specifications 7.9). */
export function checkDigit(first12: string): string {
  assert(/^\d{12}$/.test(first12), "a check digit is for twelve digits")
  return String(gtinCheckDigit(first12))
}

/** Whether `text` is thirteen digits with the right check digit. */
export function isCardNumber(text: string): boolean {
  return /^\d{13}$/.test(text) && checkDigit(text.slice(0, 12)) === text[12]
}

/** The one form of a number as typed or scanned: full-width digits, spaces and dashes are forgiven. Not a card number: undefined. */
export function canonicalNumber(text: string): string | undefined {
  if (text.length > 40) return undefined
  const digits = text.normalize("NFKC").replace(/[\s\-\u2010-\u2015]/g, "")
  return isCardNumber(digits) ? digits : undefined
}

/** A card number nobody can guess: the prefix, a serial from the system's random source (no modulo bias), the check digit. */
export function randomNumber(prefix: string): string {
  const digits = LENGTH - 1 - prefix.length
  const first12 = prefix + String(randomInt(10 ** digits)).padStart(digits, "0")
  return first12 + checkDigit(first12)
}
