import { counted } from "@mila/kernel"
import { listOf } from "../catalog/list.server.ts"
import { GoodsList } from "../catalog/list.tsx"
import { GOODS } from "../catalog/words.ts"
import { pathIn } from "../parts/address.ts"
import { Crumbs } from "../parts/crumbs.tsx"
import { Seo } from "../parts/seo.tsx"
import { breadcrumbs, seoOf } from "../parts/seo.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { BRANDS } from "./words.ts"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { finder, locale, site } = visit
  const words = await finder.words()
  const slug = loading.params["slug"] ?? ""
  const brand = words.brandBySlug.get(slug)
  if (!brand) throw new Response(null, { status: 404 })
  const said = BRANDS[locale]
  const { searchParams: params } = new URL(loading.request.url)
  const list = await listOf(visit, { params, brand: brand.name })
  const path = `/brands/${slug}`
  const crumbs = [
    { name: said.title, to: "/brands" },
    { name: brand.name, to: path },
  ]
  return {
    ...{ list, crumbs, name: brand.name },
    from: brand.country && said.from.replace("{country}", words.country(brand.country, locale)),
    seo: seoOf(visit, {
      ...{ title: brand.name, path, isOwn: [...params.keys()].length === 0 },
      description: said.description.replace("{brand}", brand.name).replace("{total}", counted(list.total, GOODS[locale], locale)),
      things: [
        breadcrumbs(crumbs, (to) => site.publicUrl + pathIn(locale, to)),
        { "@type": "Brand", name: brand.name, url: site.publicUrl + pathIn(locale, path) },
      ],
    }),
  }
}

/** A brand's goods, to be narrowed like any list. */
export default function BrandPage({ loaderData: { list, crumbs, name, from, seo } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page shelf">
      <Seo {...seo} />
      <Crumbs crumbs={crumbs} />
      <h1>{name}</h1>
      {from && <p className="lead">{from}</p>}
      <GoodsList list={list} />
    </main>
  )
}
