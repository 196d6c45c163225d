import type { Locale } from "@mila/kernel"
import type { Explanation, ExplanationCode } from "./explanation.ts"
import type { Programme } from "./programme.ts"
import { BE } from "./sentences-be.ts"
import { EN } from "./sentences-en.ts"
import { RU } from "./sentences-ru.ts"
import { wordsFor, type Words } from "./words.ts"

/** One sentence for each code: what was counted, with what, and what came out. */
export type Sentences = Record<ExplanationCode, (fact: Told, words: Words) => string>

/** A fact with its params by name; `rule` is spelt the way people know it, when the programme is at hand. */
type Told = { points: number; rule: string; version: number; number(name: string): number; text(name: string): string }

const SENTENCES: Record<Locale, Sentences> = { ru: RU, be: BE, en: EN }

/**
 * Says one fact in one plain sentence. Money is `12,34 р.` (`BYN 12.34` in English), days are `15.05.2027`. With the programme of the fact's version
 * at hand, rules and campaigns are called by their names, else by their ids.
 */
export function explain(fact: Explanation, locale: Locale, programme?: Programme): string {
  const { code, params, points, rule, version } = fact
  const told: Told = {
    ...{ points, version },
    rule: nameOf(rule, locale, programme),
    number: (name) => Number(params[name] ?? 0),
    text: (name) => (name === "by" ? nameOf(String(params[name] ?? ""), locale, programme) : String(params[name] ?? "")),
  }
  return SENTENCES[locale][code](told, wordsFor(locale)).replaceAll("р..", "р.") // «р.» at the end of a sentence has its stop already
}

function nameOf(id: string | null, locale: Locale, programme: Programme | undefined): string {
  const found =
    id === null ? undefined : [...(programme?.accrual.rules ?? []), ...(programme?.campaigns ?? [])].find((one) => one.id === id)
  return found?.name[locale] ?? id ?? ""
}
