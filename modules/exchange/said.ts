import type { Locale } from "@mila/kernel"
import type { Brake } from "./import-rules.ts"
import type { Reason } from "./reading/facts.ts"
import type { ExchangeRefusal } from "./refusals.ts"
import { be } from "./said-be.ts"
import { en } from "./said-en.ts"
import { ru } from "./said-ru.ts"

/** What a person reads about an import, in one language; total, so that a code without words does not compile. */
export type ExchangeWords = { failures: Record<ExchangeRefusal, string>; brakes: Record<Brake, string>; reasons: Record<Reason, string> }

const WORDS: Readonly<Record<Locale, ExchangeWords>> = { ru, be, en }

type Place = { line?: unknown; field?: unknown; record?: unknown }

/** Why a file could not be taken: «Файл не читается… (строка 27, offers/offer/name)». */
export function failureText(code: string, { line, field, record }: Place, locale: Locale): string {
  const { failures } = WORDS[locale]
  const says = Object.hasOwn(failures, code) ? failures[code as ExchangeRefusal] : code
  const place = [
    typeof line === "number" ? `${LINE[locale]} ${line}` : "",
    typeof record === "number" ? `${AFTER_RECORD[locale]} ${record}` : "",
    typeof field === "string" ? field : "",
  ]
    .filter(Boolean)
    .join(", ")
  return place ? `${says} (${place})` : says
}

const LINE: Readonly<Record<Locale, string>> = { ru: "строка", be: "радок", en: "line" }

const AFTER_RECORD: Readonly<Record<Locale, string>> = { ru: "после записи", be: "пасля запісу", en: "after record" }

export const brakeText = (brake: Brake, locale: Locale): string => WORDS[locale].brakes[brake]

/** Why a row was not taken; one kept from before its reason had words is said by its code. */
export function reasonText(reason: string, locale: Locale): string {
  const { reasons } = WORDS[locale]
  return Object.hasOwn(reasons, reason) ? reasons[reason as Reason] : reason
}
