import { To } from "../parts/link.tsx"
import { SectionIcon } from "../parts/section-icon.tsx"
import { Seo } from "../parts/seo.tsx"
import { seoOf } from "../parts/seo.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { BRANDS } from "../brands/words.ts"
import { LIST } from "./words.ts"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { finder, locale } = visit
  const words = await finder.words()
  const said = LIST[locale]
  const parts = BRANDS[locale]
  const named = (path: string | null) => words.under(path).map(({ path: own, name }) => ({ path: own, name: name[locale] }))
  return {
    words: said,
    brands: [
      { to: "/brands", name: parts.title },
      ...(["BY", "KR", "world"] as const).map((part) => ({ to: `/brands#${part.toLowerCase()}`, name: parts.parts[part] })),
    ],
    roots: named(null).map((root) => ({ ...root, under: named(root.path) })),
    seo: seoOf(visit, { title: said.catalog, description: said.all, path: "/catalog", isOwn: true }),
  }
}

/** All sections at once. */
export default function Catalog({ loaderData: { words, roots, brands, seo } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page">
      <Seo {...seo} />
      <h1>{words.catalog}</h1>
      <ul className="sections">
        {brands.map(({ to, name }) => (
          <li key={to}>
            <To to={to}>{name}</To>
          </li>
        ))}
      </ul>
      <ul className="tree">
        {roots.map(({ path, name, under }) => (
          <li key={path}>
            <h2>
              <To to={`/catalog/${path}`}>
                <SectionIcon path={path} />
                {name}
              </To>
            </h2>
            <ul>
              {under.map((child) => (
                <li key={child.path}>
                  <To to={`/catalog/${child.path}`}>{child.name}</To>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </main>
  )
}
