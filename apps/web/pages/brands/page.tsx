import { type Loading, visitOf } from "../visit-context.ts"
import { To } from "../parts/link.tsx"
import { Seo } from "../parts/seo.tsx"
import { seoOf } from "../parts/seo.server.ts"
import { BRANDS } from "./words.ts"

const PARTS = ["BY", "KR", "world"] as const

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const words = BRANDS[visit.locale]
  const { brands } = await visit.finder.words()
  const all = [...brands.values()].toSorted((one, other) => one.name.localeCompare(other.name, visit.locale))
  const partOf = (country: string | null) => (country === "BY" || country === "KR" ? country : "world")
  return {
    words,
    parts: PARTS.map((part) => ({
      part,
      name: words.parts[part],
      all: part === "world" ? null : { to: `/search?country=${part}`, says: words.allOf[part] },
      brands: all.filter(({ country }) => partOf(country) === part).map(({ name, slug }) => ({ name, slug })),
    })).filter((part) => part.brands.length > 0),
    seo: seoOf(visit, { title: words.title, description: words.lead, path: "/brands", isOwn: true }),
  }
}

/** Every brand there is, by where it comes from. */
export default function Brands({ loaderData: { words, parts, seo } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page">
      <Seo {...seo} />
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {parts.map(({ part, name, all, brands }) => (
        <section key={part} id={part.toLowerCase()} className="brand-part">
          <h2>{name}</h2>
          <ul className="brand-names">
            {brands.map((brand) => (
              <li key={brand.slug}>
                <To to={`/brands/${brand.slug}`}>{brand.name}</To>
              </li>
            ))}
          </ul>
          {all && (
            <p className="after">
              <To to={all.to}>{all.says}</To>
            </p>
          )}
        </section>
      ))}
    </main>
  )
}
