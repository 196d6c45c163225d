import { AWAY } from "./away-words.ts"
import { WORDS } from "./words.ts"

type Locale = keyof typeof AWAY

const BRAND: Readonly<Record<Locale, string>> = { ru: "Мила", be: "Міла", en: "Mila" }

/** The head of a page without a network: whose it is, and what else opens without one. */
export function drawFrame(locale: Locale, here: "/my/card" | "/price-check" | "/shops" | null): void {
  const prefix = locale === "ru" ? "" : `/${locale}`
  const brand = document.getElementById("brand") as HTMLAnchorElement
  brand.firstChild!.textContent = BRAND[locale]
  brand.href = `${prefix}/`
  const ways = [
    ["/my/card", WORDS[locale].title],
    ["/price-check", AWAY[locale].price],
    ["/shops", AWAY[locale].shops],
  ] as const
  document.getElementById("ways")!.replaceChildren(
    ...ways.map(([path, says]) => {
      const way = Object.assign(document.createElement("a"), { href: prefix + path, textContent: says })
      if (path === here) way.setAttribute("aria-current", "page")
      return way
    }),
  )
}
