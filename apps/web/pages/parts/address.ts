import type { Locale } from "@mila/kernel"

/** Where a page stands in a language: `/my`, `/be/my`, `/en/my`. */
export const pathIn = (locale: Locale, path: string): string => (locale === "ru" ? path : path === "/" ? `/${locale}` : `/${locale}${path}`)

/** The page without its language: `/my` of `/be/my`. */
export const withoutLocale = (path: string): string => path.replace(/^\/(?:be|en|ru)(?=\/|$)/, "") || "/"

const OURS =
  /^\/(?:(?:be|en)(?:\/|$))?(?:(?:my|p|favorites|catalog|brands|search|promo|shops|price-check)(?:\/[\w-]+)*)?(?:\?[\w=&%.+-]*)?$/

/** One of our own pages to go on to; null for whatever a browser could read as another site's address (security case A09). */
export const ownPage = (next: string | null): string | null => (next !== null && OURS.test(next) ? next : null)

/** Where to go after signing in: one of our own pages, or the home of the account. */
export const safeNext = (next: string | null, locale: Locale): string => ownPage(next) ?? pathIn(locale, "/my")

/** A step on the way to somewhere: it keeps where one was going. */
export function onTheWay(path: string, next: string | null): string {
  const own = ownPage(next)
  return own === null ? path : `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(own)}`
}
