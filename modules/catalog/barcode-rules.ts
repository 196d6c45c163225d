/** Whether `text` is a GTIN (8, 12, 13 or 14 digits) with the right check digit (GS1 General Specifications 7.9). */
export function isBarcode(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false
  return Number(text.at(-1)) === checkDigit(text.slice(0, -1))
}

/** The check digit that completes `digits`: weights 3 and 1 from the right. */
export function checkDigit(digits: string): number {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}
