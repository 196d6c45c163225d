import { counted, type Locale } from "@mila/kernel"
import { MINUTES } from "./minutes.ts"
import { REFUSALS, type RefusalWords } from "./refusals.ts"

/** The sentence of a refusal; undefined for a code without words. `wait`: seconds until one may come again. */
export function saidOf(code: string, locale: Locale, { wait = 0 }: { wait?: number } = {}): string | undefined {
  const words = REFUSALS[locale]
  if (!Object.hasOwn(words, code)) return undefined
  return words[code as keyof RefusalWords].replace("{wait}", waitText(wait, locale))
}

/** What is said where there are no better words. */
export const saidInGeneral = (locale: Locale): string => REFUSALS[locale].other

/** «2 минуты», as it stands after «через»: rounded up, for nobody likes to come back too early. */
export function waitText(seconds: number, locale: Locale): string {
  const { second, minute, hour } = MINUTES[locale]
  if (seconds < 90) return counted(seconds, second, locale)
  return seconds < 5_400 ? counted(Math.ceil(seconds / 60), minute, locale) : counted(Math.ceil(seconds / 3_600), hour, locale)
}
