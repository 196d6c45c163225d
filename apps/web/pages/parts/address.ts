import type { Locale } from "@mila/kernel"

/** Where a page stands in a language: `/my`, `/be/my`, `/en/my`. */
export const pathIn = (locale: Locale, path: string): string => (locale === "ru" ? path : path === "/" ? `/${locale}` : `/${locale}${path}`)

/** The page without its language: `/my` of `/be/my`. */
export const withoutLocale = (path: string): string => path.replace(/^\/(?:be|en|ru)(?=\/|$)/, "") || "/"

/**
 * Where to go after signing in: one of our own pages, or the home of the account. Whatever a browser could read as another site's address is not
 * followed (security case A09).
 */
export function safeNext(next: string | null, locale: Locale): string {
  const home = pathIn(locale, "/my")
  if (
    next === null ||
    !/^\/(?:(?:be|en)(?:\/|$))?(?:(?:my|p|favorites|catalog|brands|search|promo|shops|price-check)(?:\/[\w-]+)*)?(?:\?[\w=&%.+-]*)?$/.test(
      next,
    )
  )
    return home
  return next
}
