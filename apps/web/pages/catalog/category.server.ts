import { counted } from "@mila/kernel"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { breadcrumbs, seoOf } from "../parts/seo.server.ts"
import { listOf } from "./list.server.ts"
import { GOODS, LIST } from "./words.ts"

/** A category's goods; 404 for a path nobody named. */
export async function categoryPage(visit: Visit, { path, url }: { path: string; url: URL }) {
  const { finder, locale, site } = visit
  const words = await finder.words()
  const category = words.categories.get(path)
  if (!category) throw new Response(null, { status: 404 })
  const list = await listOf(visit, { params: url.searchParams, category: path })
  const said = LIST[locale]
  const crumbs = [
    { name: said.catalog, to: "/catalog" },
    ...words.above(path).map((above) => ({ name: above.name[locale], to: `/catalog/${above.path}` })),
  ]
  const name = category.name[locale]
  return {
    ...{ list, name, crumbs },
    under: words.under(path).map((under) => ({ path: under.path, name: under.name[locale] })),
    seo: seoOf(visit, {
      ...{ title: name, path: `/catalog/${path}`, isOwn: [...url.searchParams.keys()].length === 0 },
      description: said.description.replace("{name}", name).replace("{total}", counted(list.total, GOODS[locale], locale)),
      things: [breadcrumbs(crumbs, (to) => site.publicUrl + pathIn(locale, to))],
    }),
  }
}
