import { looksLikeBankCardNumber, type Tx } from "@mila/kernel"
import { canonicalPhone, type PhoneRules } from "./phone.ts"
import { refuse } from "./refusals.ts"

/** `family` may be empty: some people have one name. */
export type PersonName = { family: string; given: string; patronymic: string | null }

/** Month and day alone: enough for a birthday, too little for an age. */
export type Birthday = { month: number; day: number }

export type PersonalData = { name: PersonName; phone: string; email: string | null; birthday: Birthday | null }

const LONGEST_NAME = 100
const NAME = /^\p{L}[\p{L}\p{M}'’ʼ`.\- ]*$/u
const EMAIL = /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * What a person wrote, in its one form: names trimmed and composed, the phone in E.164, the e-mail in lower case.
 * Errors, in this order: `bank_card_number`, `name_invalid`, `phone_invalid`, `phone_foreign`, `email_invalid`, `birthday_invalid`.
 */
export function canonicalPerson({ name, phone, email, birthday }: PersonalData, phoneRules?: PhoneRules): PersonalData {
  const texts = [name.family, name.given, name.patronymic ?? "", phone, email ?? ""]
  if (texts.some((text) => looksLikeBankCardNumber(text))) refuse("bank_card_number")
  return {
    name: canonicalNames(name),
    phone: canonicalPhone(phone, phoneRules),
    email: email === null || email.trim() === "" ? null : canonicalEmail(email),
    birthday: birthday === null ? null : realDay(birthday),
  }
}

/** «Анна П.»: what a cashier may read aloud. */
export function maskName({ given, family }: PersonName): string {
  const initial = [...family][0]
  return initial === undefined ? given : `${given} ${initial.toLocaleUpperCase("ru")}.`
}

/** The keyed hash by which a phone is unique and found; `phone` is canonical. */
export function phoneHash(tx: Tx, phone: string): Buffer {
  return tx.secrets.hmac("members.phone", phone)
}

/** Each field is sealed for its own purpose, so that one cannot be passed off as another. */
export function sealPerson(tx: Tx, { name, phone, email }: PersonalData) {
  return {
    phone_hash: phoneHash(tx, phone),
    phone_sealed: tx.secrets.seal("members.phone", phone),
    name_sealed: tx.secrets.seal("members.name", JSON.stringify([name.family, name.given, name.patronymic])),
    email_sealed: email === null ? null : tx.secrets.seal("members.email", email),
  }
}

export function openName(tx: Tx, sealed: Buffer, sealedFor = "members.name"): PersonName {
  const [family, given, patronymic] = JSON.parse(tx.secrets.open(sealedFor, sealed)) as [string, string, string | null]
  return { family, given, patronymic }
}

/** A name in its one form. Refuses `name_invalid`. */
export const canonicalNames = ({ family, given, patronymic }: PersonName): PersonName => ({
  family: family.trim() === "" ? "" : canonicalName(family),
  given: canonicalName(given),
  patronymic: patronymic === null || patronymic.trim() === "" ? null : canonicalName(patronymic),
})

function canonicalName(text: string): string {
  const name = text.normalize("NFC").trim().replace(/\s+/gu, " ")
  return name.length <= LONGEST_NAME && NAME.test(name) ? name : refuse("name_invalid")
}

/** The one form of an e-mail address. Refuses `email_invalid`. */
export function canonicalEmail(text: string): string {
  const email = text.normalize("NFKC").trim().toLowerCase()
  return email.length <= 254 && EMAIL.test(email) ? email : refuse("email_invalid")
}

function realDay({ month, day }: Birthday): Birthday {
  const days = DAYS_OF_MONTH[month - 1]
  return Number.isInteger(day) && days !== undefined && day >= 1 && day <= days ? { month, day } : refuse("birthday_invalid")
}
