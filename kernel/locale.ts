export const LOCALES = ["ru", "be", "en"] as const

export type Locale = (typeof LOCALES)[number]

/** One text in each language people read us in. */
export type Localized = Readonly<Record<Locale, string>>
