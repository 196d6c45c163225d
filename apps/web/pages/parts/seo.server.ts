import { LOCALES } from "@mila/kernel"
import type { Visit } from "../../visit.ts"
import { FRAME } from "../words/frame.ts"
import { pathIn } from "./address.ts"

export type SeoView = {
  title: string
  description: string
  /** null: searched, filtered and private pages are not to be listed */
  canonical: string | null
  alternates: { locale: string; href: string }[]
  /** schema.org as JSON */
  things: string[]
  picture: string | null
}

type Page = {
  /** what the page is about; our name follows where it is not in it */
  title: string
  description: string
  path: string
  /** whether the address is the page's own, without filters */ isOwn: boolean
  things?: readonly object[]
  picture?: string | null
}

/** What search engines and those who pass a link on are told. */
export function seoOf({ site, locale }: Visit, { title, description, path, isOwn, things = [], picture = null }: Page): SeoView {
  const at = (language: (typeof LOCALES)[number]): string => site.publicUrl + pathIn(language, path)
  const { brand } = FRAME[locale]
  return {
    ...{ title: title.includes(brand) ? title : `${title} — ${brand}`, description, canonical: isOwn ? at(locale) : null },
    alternates: isOwn
      ? [...LOCALES.map((language) => ({ locale: language, href: at(language) })), { locale: "x-default", href: at("ru") }]
      : [],
    things: things.map((thing) => JSON.stringify({ "@context": "https://schema.org", ...thing }).replace(/</g, "\\u003c")),
    picture: picture === null ? null : site.publicUrl + picture,
  }
}

/** schema.org BreadcrumbList. */
export const breadcrumbs = (crumbs: readonly { name: string; to: string }[], at: (to: string) => string): object => ({
  "@type": "BreadcrumbList",
  itemListElement: crumbs.map(({ name, to }, place) => ({ "@type": "ListItem", position: place + 1, name, item: at(to) })),
})
