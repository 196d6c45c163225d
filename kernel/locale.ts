export const LOCALES = ["ru", "be", "en"] as const

export type Locale = (typeof LOCALES)[number]

/** One text in each language people read us in. */
export type Localized = Readonly<Record<Locale, string>>

const KNOWN = new Map<string, Locale>() // programs always ask in the same words

/** The language somebody wants to be answered in, of those we speak (Accept-Language, RFC 9110, 12.5.4); Russian when nothing fits. */
export function localeWanted(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return "ru"
  let locale = KNOWN.get(acceptLanguage)
  if (!locale) {
    locale = best(acceptLanguage.slice(0, 200))
    if (KNOWN.size < 1_000) KNOWN.set(acceptLanguage, locale)
  }
  return locale
}

function best(acceptLanguage: string): Locale {
  const wanted = acceptLanguage.split(",").map((part) => {
    const [tag = "", ...params] = part.trim().toLowerCase().split(";")
    const quality = Number(params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean) ?? 1)
    return { locale: LOCALES.find((known) => known === tag.split("-")[0]), quality }
  })
  const known = wanted.filter(({ locale, quality }) => locale !== undefined && quality > 0)
  return known.toSorted((one, other) => other.quality - one.quality)[0]?.locale ?? "ru"
}
