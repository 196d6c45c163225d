/**
 * Tells a bank card number (PAN, ISO/IEC 7812) hidden in `text`: 16–19 digits, single spaces or dashes between them allowed, first digit 2–6
 * or the Belkart prefix 9112, Luhn-valid. Such a text is refused, never stored, never logged (PCI DSS 4.0.1, 3.2).
 */
export function looksLikeBankCardNumber(text: string): boolean {
  for (const [run] of text.normalize("NFKC").matchAll(/\d(?:[ \-\u00a0\u2009]?\d){15,}/g)) {
    const digits = run.replace(/\D/g, "")
    for (let length = 16; length <= Math.min(19, digits.length); length += 1) {
      for (let start = 0; start + length <= digits.length; start += 1) {
        const candidate = digits.slice(start, start + length)
        if (digits.length <= 19 && candidate.length !== digits.length) continue
        if (/^(?:[2-6]|9112)/.test(candidate) && passesLuhn(candidate)) return true
      }
    }
  }
  return false
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
