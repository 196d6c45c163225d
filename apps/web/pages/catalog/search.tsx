import { Seo } from "../parts/seo.tsx"
import { seoOf } from "../parts/seo.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { listOf } from "./list.server.ts"
import { GoodsList } from "./list.tsx"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { searchParams: params } = new URL(loading.request.url)
  const text = (params.get("q") ?? "").trim().slice(0, 300)
  const list = await listOf(visit, { params, text })
  const title = text === "" ? list.words.catalog : `${text} — ${list.words.search}`
  return { list, text, seo: seoOf(visit, { title, description: list.words.results, path: "/search", isOwn: false }) }
}

export default function Search({ loaderData: { list, text, seo } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page shelf">
      <Seo {...seo} />
      <h1>{text === "" ? list.words.catalog : list.words.asked.replace("{text}", () => text)}</h1>
      <GoodsList list={list} text={text} />
    </main>
  )
}
