import { groupsInPromotion, promotionByCode, tilesOf } from "@mila/catalog"
import { inTransaction } from "@mila/kernel"
import { LIST } from "../catalog/words.ts"
import { paged, ON_PAGE } from "../parts/goods-query.ts"
import { Link } from "react-router"
import { Banner } from "../parts/banner.tsx"
import { Seo } from "../parts/seo.tsx"
import { seoOf } from "../parts/seo.server.ts"
import { tilesFor } from "../parts/tile.server.ts"
import { Tiles } from "../parts/tiles.tsx"
import { zoneFor } from "../parts/zone.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { untilOf } from "./until.server.ts"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { db, clock, locale } = visit
  const code = loading.params["code"] ?? ""
  const at = clock.now()
  const page = Math.max(1, Math.trunc(Number(new URL(loading.request.url).searchParams.get("page") ?? 1)) || 1)
  const read = await inTransaction(db, async (tx) => {
    const promotion = await promotionByCode(tx, code)
    if (!promotion || promotion.startsAt > at) return undefined
    const numbers = await groupsInPromotion(tx, code)
    return {
      promotion,
      count: numbers.length,
      tiles: await tilesOf(tx, { numbers: numbers.slice((page - 1) * ON_PAGE, page * ON_PAGE), zone: await zoneFor(tx, visit), at }),
    }
  })
  if (!read) throw new Response(null, { status: 404 })
  const { promotion, tiles, count } = read
  const name = promotion.name[locale]
  return {
    ...{ name, look: promotion.look, terms: promotion.terms[locale], page, pages: Math.ceil(count / ON_PAGE), words: LIST[locale] },
    until: untilOf(promotion.endsAt, { at, locale }),
    tiles: await tilesFor(visit, tiles),
    seo: seoOf(visit, { title: name, description: promotion.terms[locale], path: `/promo/${code}`, isOwn: page === 1 }),
  }
}

export default function Promo({
  loaderData: { name, look, terms, until, tiles, seo, page, pages, words },
}: {
  loaderData: Awaited<ReturnType<typeof loader>>
}) {
  return (
    <main id="main" className="page">
      <Seo {...seo} />
      <header className="promo-top">
        <Banner look={look}>
          <h1>{name}</h1>
          <p>
            <b>{until}.</b> {terms}
          </p>
        </Banner>
      </header>
      <Tiles tiles={tiles} />
      {pages > 1 && (
        <nav className="pages" aria-label={words.pages}>
          {page > 1 && <Link to={paged(new URLSearchParams(), page - 1)}>{words.previous}</Link>}
          {page < pages && <Link to={paged(new URLSearchParams(), page + 1)}>{words.next}</Link>}
        </nav>
      )}
    </main>
  )
}
