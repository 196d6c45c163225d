import { useEffect, useMemo, useRef, useState } from "react"
import { Form, Link } from "react-router"
import { Icon } from "../parts/icon.tsx"
import { To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import { Seo } from "../parts/seo.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { distanceText } from "./distance.ts"
import { shopsPage, type ShopsView } from "./list.server.ts"
import Map from "./map/map.tsx"
import { nearestTo, usePlaces, useWhereabouts } from "./places.ts"
import { useWide } from "./wide.ts"

export const loader = (loading: Loading) => shopsPage(visitOf(loading), new URL(loading.request.url).searchParams)

const MOST_NEAREST = 40

export default function Shops({ loaderData }: { loaderData: ShopsView }) {
  const { words, shops, codes, count, around, thing, more, isFiltered, stock, tiles, seo, mine } = loaderData
  const { locale } = useRoot()
  const [wantsMap, setWantsMap] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [where, askWhere] = useWhereabouts()
  const isWide = useWide()
  const isMapped = isWide || wantsMap
  const mapPart = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wantsMap) mapPart.current?.scrollIntoView({ block: "nearest" }) // and what was chosen on it
  }, [wantsMap, chosen])
  const places = usePlaces(isMapped || where.state !== "unasked", words)
  const wanted = useMemo(() => {
    const asked = codes && new Set(codes)
    return (places ?? []).filter(({ code }) => asked?.has(code) ?? true)
  }, [places, codes])
  const at = where.state === "known" ? where.at : null
  const near = useMemo(() => (at && places ? nearestTo(at, wanted).slice(0, MOST_NEAREST) : null), [at, places, wanted])
  const listed = near
    ? near.map(({ code, title, says, isOpen, kilometres }) => ({
        ...{ code, title, opening: says, isOpen, isMine: code === mine },
        ...{ distance: distanceText(kilometres, words, locale), stock: shops.find((one) => one.code === code)?.stock ?? null },
      }))
    : shops
  const card = chosen === null ? undefined : wanted.find(({ code }) => code === chosen)
  return (
    <main id="main" className="page shops">
      <Seo {...seo} />
      <div className="shops-head">
        <h1>{words.shops}</h1>
        <p className="lead">{thing ?? words.lead}</p>
        <Asked view={loaderData} />
        <div className="row needs-script">
          <button type="button" className="button quiet small" onClick={askWhere} disabled={where.state === "looking"}>
            <Icon name="place" />
            {where.state === "looking" ? words.looking : words.nearest}
          </button>
          <button type="button" className="button quiet small map-toggle" aria-pressed={wantsMap} onClick={() => setWantsMap(!wantsMap)}>
            <Icon name={wantsMap ? "list" : "map"} />
            {wantsMap ? words.toList : words.toMap}
          </button>
        </div>
        <p className="soft after" role="status">
          {where.state === "denied" ? words.nearDenied : near ? words.nearSays : (around ?? "")}
        </p>
      </div>
      <div className="shops-list">
        <p className="found soft">{near ? null : count}</p>
        {listed.length === 0 && (
          <p className="empty">
            {stock !== null && thing ? words.notInStock : words.empty} {isFiltered && <To to="/shops">{words.clear}</To>}
          </p>
        )}
        <ul className="shop-rows">
          {listed.map((shop) => (
            <Row key={shop.code} {...shop} mark={words.isMineShort} />
          ))}
        </ul>
        {more && !near && (
          <p className="row">
            <Link className="button quiet wide" to={more} preventScrollReset>
              {words.more}
            </Link>
          </p>
        )}
      </div>
      {isMapped && (
        <div ref={mapPart} className="shops-map needs-script">
          <Map {...{ shops: wanted, chosen, choose: setChosen, self: at, label: words.map, how: words.mapHow, words, tiles }} />
          {card && (
            <section className="map-card" aria-live="polite">
              <h2>
                <To to={`/shops/${card.code}`}>{card.title}</To>
              </h2>
              <p className={card.isOpen === false ? "shut-says" : "open-says"}>{card.says}</p>
              <p className="row">
                <To className="button small" to={`/shops/${card.code}`}>
                  {words.page}
                </To>
                <button type="button" className="button quiet small" onClick={() => setChosen(null)}>
                  {words.close}
                </button>
              </p>
            </section>
          )}
        </div>
      )}
    </main>
  )
}

function Asked({ view: { words, text, stock, sku, wantsOpen, services } }: { view: ShopsView }) {
  const isFiltered = wantsOpen || services.some(({ isChosen }) => isChosen)
  return (
    <Form role="search" className="shops-asked">
      <div className="finder">
        <label className="hidden" htmlFor="q">
          {words.search}
        </label>
        <input id="q" name="q" type="search" placeholder={words.search} defaultValue={text} maxLength={80} />
        <button className="button small">{words.find}</button>
      </div>
      {stock !== null && <input type="hidden" name="stock" value={stock} />}
      {sku !== null && <input type="hidden" name="sku" value={sku} />}
      <details open={isFiltered}>
        <summary>{words.filters}</summary>
        <div className="pills">
          <label>
            <input type="checkbox" name="open" value="1" defaultChecked={wantsOpen} /> {words.openNow}
          </label>
          {services.map(({ code, name, isChosen }) => (
            <label key={code}>
              <input type="checkbox" name="service" value={code} defaultChecked={isChosen} /> {name}
            </label>
          ))}
          <button className="button quiet small">{words.apply}</button>
        </div>
      </details>
    </Form>
  )
}

type RowView = Pick<ShopsView["shops"][number], "code" | "title" | "opening" | "isOpen" | "distance" | "stock" | "isMine">

function Row({ code, title, opening, isOpen, distance, stock, isMine, mark }: RowView & { mark: string }) {
  return (
    <li>
      <To to={`/shops/${code}`} className="shop-row">
        <b>{title}</b>
        {isMine && <span className="flag">{mark}</span>}
        <small>
          {opening && <span className={isOpen === false ? "shut-says" : "open-says"}>{opening}</span>}
          {stock && <span>{stock}</span>}
          {distance && <span className="num">{distance}</span>}
        </small>
      </To>
    </li>
  )
}
