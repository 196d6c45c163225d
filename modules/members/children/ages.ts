import { addMonths, type Day, dayIn, MINSK } from "@mila/kernel"
import { refuse } from "../refusals.ts"

/** Until this age a legal representative consents (Law 99-З, article 5). */
const YEARS = 16

/** The day on which somebody born on `bornOn` is sixteen, from its first minute in Minsk on. */
export const sixteenthBirthday = (bornOn: Day): Day => addMonths(bornOn, YEARS * 12)

/** A whole birth date. Refuses `birthday_invalid` for a day that is in no calendar, or still to come. */
export function birthDate({ year, month, day }: { year: number; month: number; day: number }, at: Date): Day {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`
  const isReal = /^(19|20)\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)
  return isReal && text <= dayIn(MINSK, at) ? (text as Day) : refuse("birthday_invalid")
}

/** Whether the sixteenth birthday is still to come, by Minsk's calendar. */
export const isUnder16 = (sixteenOn: Day, at: Date): boolean => dayIn(MINSK, at) < sixteenOn
