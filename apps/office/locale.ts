import { type Locale, LOCALES } from "@mila/kernel"

/** The language somebody wants to be answered in, of those we speak: RFC 9110 12.5.4; Russian when nothing fits. */
export function localeWanted(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...params] = part.trim().toLowerCase().split(";")
      const quality = Number(params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean) ?? 1)
      return { locale: LOCALES.find((locale) => locale === tag.split("-")[0]), quality }
    })
    .filter(({ locale, quality }) => locale !== undefined && quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
  return wanted[0]?.locale ?? "ru"
}
