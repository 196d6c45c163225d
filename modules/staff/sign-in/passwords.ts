import { looksLikeBankCardNumber } from "@mila/kernel"
import { isCommonPassword } from "@mila/kernel/passwords"
import { refuse } from "../refusals.ts"

/** What a password of the staff must be (NIST SP 800-63B-4, ASVS 6.2.1): fifteen characters, counted in code points; no rule of what they are, and the whole of it counts. */
export const STAFF_PASSWORD = { least: 15, most: 128 }

/** Refuses what is no good password: `password_too_short`, `password_too_long`, `password_common` (leaked, or made of the shop's name), `bank_card_number`. */
export function checkStaffPassword(password: string): void {
  const length = [...password].length
  if (looksLikeBankCardNumber(password)) refuse("bank_card_number")
  if (length < STAFF_PASSWORD.least) refuse("password_too_short", { least: STAFF_PASSWORD.least })
  if (length > STAFF_PASSWORD.most) refuse("password_too_long", { most: STAFF_PASSWORD.most })
  const plain = password.normalize("NFKC").toLowerCase()
  // fifteen signs are soon reached by a leaked one with a tail of digits, or written twice
  const halved = /^(.{4,})\1+$/u.exec(plain)?.[1]
  if (isCommonPassword(plain) || (halved !== undefined && isCommonPassword(halved))) refuse("password_common")
}
