import { refuse } from "./refusals.ts"

export type PhoneRules = {
  /** `refuse` takes Belarusian mobile numbers only */
  foreign: "refuse" | "allow"
}

export const PHONE_RULES: PhoneRules = { foreign: "refuse" }

const BELARUS = "375"
const MOBILE_CODES = new Set(["25", "29", "33", "44"])

/**
 * The one form of a phone number: E.164, `+375291234567`. Takes what people write: `8 029 123-45-67`, `029…`, `80 29…`, `375…`, `29…`, `00375…`,
 * full-width digits. Foreign numbers are written with `+`, `00` or `8 10`. Limits, uniqueness and look-ups use only this form.
 * Errors: `phone_invalid`, `phone_foreign`.
 */
export function canonicalPhone(text: string, { foreign }: PhoneRules = PHONE_RULES): string {
  const international = internationalDigits(text)
  if (international === undefined) return refuse("phone_invalid")
  if (international.startsWith(BELARUS)) {
    const local = international.slice(BELARUS.length)
    if (local.length !== 9 || !MOBILE_CODES.has(local.slice(0, 2))) return refuse("phone_invalid")
  } else {
    if (!/^[1-9]\d{7,14}$/.test(international)) return refuse("phone_invalid")
    if (foreign === "refuse") return refuse("phone_foreign")
  }
  return `+${international}`
}

/** `+375 29 ***-**-67`: enough for the owner to know it, too little for anybody else to call it. */
export function maskedPhone(phone: string): string {
  return phone.startsWith(`+${BELARUS}`)
    ? `+${BELARUS} ${phone.slice(4, 6)} ***-**-${phone.slice(-2)}`
    : `${phone.slice(0, 3)} *** ${phone.slice(-2)}`
}

function internationalDigits(text: string): string | undefined {
  if (text.length > 40) return undefined
  const plain = text.normalize("NFKC").replace(/[\s\-\u2010-\u2015\u2212().\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
  const [, plus, digits] = /^(\+?)(\d{7,20})$/.exec(plain) ?? []
  if (digits === undefined) return undefined
  if (plus) return digits
  if (digits.startsWith("00")) return digits.slice(2)
  if (digits.startsWith("810")) return digits.slice(3)
  if (digits.startsWith(BELARUS) && digits.length === 12) return digits
  if (digits.startsWith("80") && digits.length === 11) return BELARUS + digits.slice(2)
  if (digits.startsWith("0") && digits.length === 10) return BELARUS + digits.slice(1)
  return digits.length === 9 ? BELARUS + digits : undefined
}
