import { LOCALES, type Locale } from "@mila/kernel"
import type { ConsentText } from "./consent-text.ts"
import { PURPOSES, type Purpose } from "./purposes.ts"
import { be } from "./texts-be.ts"
import { en } from "./texts-en.ts"
import { ru } from "./texts-ru.ts"

/** Who processes the data: as it stands in the register, with an address to write to. */
export type Operator = { name: string; address: string; email: string }

/** What differs from purpose to purpose; who, to whom and with which rights is the same everywhere. */
type OwnWords = Pick<ConsentText, "title" | "ask" | "purposes" | "data" | "term" | "consequences">

export type Words = Pick<ConsentText, "processors" | "actions" | "rights"> & { operator: string; own: Record<Purpose, OwnWords> }

const WORDS: Readonly<Record<Locale, Words>> = { ru, be, en }

/** The wording a chain begins with, in every language; its lawyer publishes the next version. */
export function defaultTexts(operator: Operator): Record<Purpose, Record<Locale, ConsentText>> {
  const purposes = Object.keys(PURPOSES) as Purpose[]
  return Object.fromEntries(purposes.map((purpose) => [purpose, inEach((locale) => textIn(locale, purpose, operator))])) as Record<
    Purpose,
    Record<Locale, ConsentText>
  >
}

function textIn(locale: Locale, purpose: Purpose, operator: Operator): ConsentText {
  const { operator: who, processors, actions, rights, own } = WORDS[locale]
  const fill = (pattern: string): string =>
    pattern.replaceAll("{name}", operator.name).replaceAll("{address}", operator.address).replaceAll("{email}", operator.email)
  return { ...own[purpose], operator: fill(who), processors, actions, rights: fill(rights) }
}

const inEach = (text: (locale: Locale) => ConsentText) =>
  Object.fromEntries(LOCALES.map((locale) => [locale, text(locale)])) as Record<Locale, ConsentText>
