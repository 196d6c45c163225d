/** The digit that completes a GTIN (EAN-8, UPC, EAN-13, GTIN-14; GS1 General Specifications 7.9): weights 3 and 1 from the right. */
export function checkDigit(digits: string): number {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}
