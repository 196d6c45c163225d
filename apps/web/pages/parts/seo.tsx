import { useRoot } from "./root-data.ts"
import type { SeoView } from "./seo.server.ts"

export function Seo({ title, description, canonical, alternates, things, picture }: SeoView) {
  const { nonce } = useRoot()
  return (
    <>
      <title>{title}</title>
      <meta name="description" content={description} />
      {canonical === null ? <meta name="robots" content="noindex, follow" /> : <link rel="canonical" href={canonical} />}
      {alternates.map(({ locale, href }) => (
        <link key={locale} rel="alternate" hrefLang={locale} href={href} />
      ))}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {picture && <meta property="og:image" content={picture} />}
      {things.map((thing, place) => (
        <script key={place} type="application/ld+json" nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: thing }} />
      ))}
    </>
  )
}
