import { To } from "../parts/link.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { Crumbs } from "../parts/crumbs.tsx"
import { GoodsList } from "./list.tsx"
import { Seo } from "../parts/seo.tsx"
import { categoryPage } from "./category.server.ts"

export const loader = (loading: Loading) =>
  categoryPage(visitOf(loading), { path: loading.params["*"] ?? "", url: new URL(loading.request.url) })

/** A category with what is under it. */
export default function Category({ loaderData }: { loaderData: Awaited<ReturnType<typeof categoryPage>> }) {
  const { list, name, crumbs, under, seo } = loaderData
  return (
    <main id="main" className="page shelf">
      <Seo {...seo} />
      <Crumbs crumbs={crumbs} />
      <h1>{name}</h1>
      {under.length > 0 && (
        <ul className="sections" aria-label={list.words.subcategories}>
          {under.map(({ path, name: said }) => (
            <li key={path}>
              <To to={`/catalog/${path}`}>{said}</To>
            </li>
          ))}
        </ul>
      )}
      <GoodsList list={list} />
    </main>
  )
}
