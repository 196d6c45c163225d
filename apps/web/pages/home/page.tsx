import { Banner } from "../parts/banner.tsx"
import { To } from "../parts/link.tsx"
import { SectionIcon } from "../parts/section-icon.tsx"
import { Seo } from "../parts/seo.tsx"
import type { TileView } from "../parts/tile.server.ts"
import { Picture } from "../parts/shot.tsx"
import { Tiles } from "../parts/tiles.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { front } from "./page.server.ts"

export const loader = (loading: Loading) => front(visitOf(loading))

export default function Home({ loaderData }: { loaderData: Awaited<ReturnType<typeof front>> }) {
  const { words, shops, signedIn, sections, promotions, viewed, novel, popular, discounted, seo } = loaderData
  return (
    <main id="main" className="page home">
      <Seo {...seo} />
      <section className="hero">
        <div>
          <h1>{words.h1}</h1>
          <p className="lead">{words.lead}</p>
          <p className="row">
            <To className="button" to={signedIn ? "/my" : "/register"}>
              {signedIn ? words.toAccount : words.get}
            </To>
            <To className="button quiet" to="/catalog">
              {words.toCatalog}
            </To>
          </p>
          <p className="soft">{shops}</p>
        </div>
        <ul className="arches" aria-label={words.popular}>
          {popular.slice(0, 3).map(({ no, to, name, picture, card }) => (
            <li key={no}>
              <To to={to}>
                {picture && <Picture shot={picture} sizes="(min-width: 60rem) 14rem, 30vw" alt="" first />}
                <span className="hidden">{name}</span>
                <b className="num">{card}</b>
              </To>
            </li>
          ))}
        </ul>
      </section>
      <nav aria-label={words.sections}>
        <ul className="medals">
          {sections.map(({ path, name }) => (
            <li key={path}>
              <To to={`/catalog/${path}`}>
                <SectionIcon path={path} />
                {name}
              </To>
            </li>
          ))}
        </ul>
      </nav>
      {promotions.length > 0 && (
        <section>
          <h2>{words.promotions}</h2>
          <ul className="banners">
            {promotions.map(({ code, name, look, until }) => (
              <li key={code}>
                <To to={`/promo/${code}`}>
                  <Banner look={look}>
                    <b>{name}</b>
                    <span>{until}</span>
                  </Banner>
                </To>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Shelf title={words.viewed} tiles={viewed} />
      <Shelf title={words.novel} tiles={novel} to="/search?novel=1" all={words.all} />
      <Shelf title={words.popular} tiles={popular.slice(3)} to="/search?sort=popular" all={words.all} />
      <Shelf title={words.discounted} tiles={discounted} to="/search?discounted=1&sort=discount" all={words.all} />
      <ul className="promises">
        {words.points.map(([title, says]) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{says}</p>
          </li>
        ))}
      </ul>
    </main>
  )
}

function Shelf({ title, tiles, to, all }: { title: string; tiles: readonly TileView[]; to?: string; all?: string }) {
  if (tiles.length === 0) return null
  return (
    <section className="home-shelf">
      <header>
        <h2>{title}</h2>
        {to && (
          <To to={to} aria-label={`${title}: ${all}`}>
            {all}
          </To>
        )}
      </header>
      <Tiles tiles={tiles} eager={0} />
    </section>
  )
}
