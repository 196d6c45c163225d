import { useRoot } from "./root-data.ts"
import type { SeoView } from "./seo.server.ts"

const OG_LOCALES = { ru: "ru_BY", be: "be_BY", en: "en_GB" } as const

/** What search engines and those who pass a link on are told, in the head of a page. */
export function Seo({ title, description, canonical, alternates, things, picture }: SeoView) {
  const { nonce, locale, words } = useRoot()
  return (
    <>
      <title>{title}</title>
      <meta name="description" content={description} />
      {canonical === null ? <meta name="robots" content="noindex, follow" /> : <link rel="canonical" href={canonical} />}
      {alternates.map(({ locale, href }) => (
        <link key={locale} rel="alternate" hrefLang={locale} href={href} />
      ))}
      <meta property="og:site_name" content={words.brand} />
      <meta property="og:type" content="website" />
      <meta property="og:locale" content={OG_LOCALES[locale]} />
      {canonical !== null && <meta property="og:url" content={canonical} />}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {picture && <meta property="og:image" content={picture} />}
      {things.map((thing, place) => (
        <script key={place} type="application/ld+json" nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: thing }} />
      ))}
    </>
  )
}
