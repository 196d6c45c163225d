import { checkDigit } from "@mila/kernel"

/** Whether `text` is a GTIN (8, 12, 13 or 14 digits) with the right check digit (GS1 General Specifications 7.9). */
export function isBarcode(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false
  return Number(text.at(-1)) === checkDigit(text.slice(0, -1))
}
