import { To } from "../parts/link.tsx"
import { Seo } from "../parts/seo.tsx"
import type { TileView } from "../parts/tile.server.ts"
import { Tiles } from "../parts/tiles.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { front } from "./page.server.ts"

export const loader = (loading: Loading) => front(visitOf(loading))

export default function Home({ loaderData }: { loaderData: Awaited<ReturnType<typeof front>> }) {
  const { words, shops, signedIn, sections, promotions, novel, popular, discounted, seo } = loaderData
  return (
    <main id="main" className="page home">
      <Seo {...seo} />
      <section className="open">
        <div>
          <h1>{words.h1}</h1>
          <p className="lead">{words.lead}</p>
          <p className="row">
            {signedIn ? (
              <To className="button" to="/my">
                {words.toAccount}
              </To>
            ) : (
              <>
                <To className="button" to="/register">
                  {words.get}
                </To>
                <To className="button quiet" to="/sign-in">
                  {words.in}
                </To>
              </>
            )}
          </p>
          <p className="soft">{shops}</p>
        </div>
        <figure className="show" aria-hidden="true">
          <div className="plastic">
            <b>Мила</b>
            <svg viewBox="0 0 95 40" className="bars">
              <path d="M0 0h1v40H0zM3 0h1v40H3zM6 0h3v40H6zM10 0h1v40h-1zM13 0h2v40h-2zM17 0h1v40h-1zM20 0h1v40h-1zM23 0h3v40h-3zM28 0h2v40h-2zM32 0h1v40h-1zM35 0h3v40h-3zM40 0h1v40h-1zM43 0h1v40h-1zM46 0h1v40h-1zM48 0h1v40h-1zM51 0h3v40h-3zM56 0h1v40h-1zM59 0h2v40h-2zM63 0h1v40h-1zM66 0h1v40h-1zM69 0h3v40h-3zM74 0h2v40h-2zM78 0h1v40h-1zM81 0h3v40h-3zM86 0h1v40h-1zM89 0h1v40h-1zM92 0h1v40h-1zM94 0h1v40h-1z" />
            </svg>
          </div>
        </figure>
      </section>
      <nav aria-label={words.sections}>
        <ul className="sections">
          {sections.map(({ path, name }) => (
            <li key={path}>
              <To to={`/catalog/${path}`}>{name}</To>
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
                <To to={`/promo/${code}`} className={`banner look-${look}`}>
                  <b>{name}</b>
                  <span>{until}</span>
                </To>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Shelf title={words.novel} tiles={novel} to="/search?novel=1" all={words.all} />
      <Shelf title={words.popular} tiles={popular} to="/search?sort=popular" all={words.all} />
      <Shelf title={words.discounted} tiles={discounted} to="/search?discounted=1&sort=discount" all={words.all} />
      <ul className="promises">
        {words.points.map(([title, says]) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{says}</p>
          </li>
        ))}
      </ul>
      <nav className="builders soft" aria-label={words.build}>
        {words.build}: <a href="/docs">{words.tills}</a> · <a href="/office/v1/openapi.json">{words.office}</a> ·{" "}
        <a href="/health/ready">{words.state}</a>
      </nav>
    </main>
  )
}

function Shelf({ title, tiles, to, all }: { title: string; tiles: readonly TileView[]; to: string; all: string }) {
  if (tiles.length === 0) return null
  return (
    <section className="home-shelf">
      <header>
        <h2>{title}</h2>
        <To to={to} aria-label={`${title}: ${all}`}>
          {all}
        </To>
      </header>
      <Tiles tiles={tiles} eager={0} />
    </section>
  )
}
