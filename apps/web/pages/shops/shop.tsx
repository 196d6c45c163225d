import { inTransaction } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import { useMemo } from "react"
import { Form, redirect } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Crumbs } from "../parts/crumbs.tsx"
import { To } from "../parts/link.tsx"
import { Seo } from "../parts/seo.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import Map from "./map/map.tsx"
import { type ShopPage, shopPage } from "./shop.server.ts"

const REMEMBERED_DAYS = 400

export const loader = (loading: Loading) => shopPage(visitOf(loading), loading.params["code"] ?? "")

/** Makes the shop one's own, or not any more. */
export async function action(acting: Loading) {
  const { db, locale, cookies } = visitOf(acting)
  const code = acting.params["code"] ?? ""
  if (!(await inTransaction(db, (tx) => shopByCode(tx, code)))) throw new Response(null, { status: 404 })
  if (cookies.get("shop") === code) cookies.forget("shop")
  else cookies.set("shop", code, { days: REMEMBERED_DAYS })
  cookies.forget("zone") // what somebody chooses counts more than where they came from
  return redirect(pathIn(locale, `/shops/${code}`))
}

export default function Shop({ loaderData }: { loaderData: ShopPage }) {
  const { words, code, name, place, crumbs, isOpen, isMine, seo, opening, isOpenNow, phone, services, route, inPhone, point, tiles } =
    loaderData
  const { nearby } = loaderData
  const points = useMemo(() => [point], [point])
  return (
    <main id="main" className="page shop-page">
      <Seo {...seo} />
      <Crumbs crumbs={crumbs} />
      <h1>{name}</h1>
      <p className="lead">{place}</p>
      {!isOpen && (
        <p className="alert" role="status">
          {words.closed}
        </p>
      )}
      {opening && <p className={isOpenNow ? "open-says badge" : "shut-says badge"}>{opening}</p>}
      <div className="shop-both">
        <div>
          {isOpen && <Hours shop={loaderData} />}
          {isOpen && services.length > 0 && (
            <section>
              <h2>{words.services}</h2>
              <ul className="services">
                {services.map((service) => (
                  <li key={service.code}>{service.name}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <div>
          {(isOpen || isMine) && (
            <Form method="post">
              <button className={isMine ? "button quiet wide" : "button wide"}>{isMine ? words.notMine : words.mine}</button>
            </Form>
          )}
          {isOpen && <p className="soft after">{isMine ? words.isMine : words.mineSays}</p>}
          <section>
            <h2>{words.where}</h2>
            <Map {...{ shops: points, chosen: code, choose: nobody, label: words.where, how: words.mapHow, words, tiles }} />
            <p className="row links">
              <a href={route} rel="noreferrer">
                {words.route}
              </a>
              <a href={inPhone}>{words.inPhone}</a>
            </p>
            {isOpen && phone && (
              <p>
                {words.phone}:{" "}
                <a className="num" href={phone.href}>
                  {phone.text}
                </a>
              </p>
            )}
            {isOpen && (
              <p className="row links">
                <To to={`/search?shop=${encodeURIComponent(code)}`}>{words.goods}</To>
                <To to={`/price-check?shop=${encodeURIComponent(code)}`}>{words.price}</To>
              </p>
            )}
          </section>
        </div>
      </div>
      {nearby.length > 0 && (
        <section>
          <h2>{words.nearby}</h2>
          <ul className="shop-rows three">
            {nearby.map((one) => (
              <li key={one.code}>
                <To to={`/shops/${one.code}`} className="shop-row">
                  <b>{one.title}</b>
                  <small>
                    {one.opening && <span className={one.isOpen === false ? "shut-says" : "open-says"}>{one.opening}</span>}
                    <span className="num">{one.distance}</span>
                  </small>
                </To>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

const nobody = (): void => undefined

function Hours({ shop: { words, week, special } }: { shop: ShopPage }) {
  return (
    <section>
      <h2>{words.hours}</h2>
      {week === null ? (
        <p className="soft">{words.hoursUnknown}</p>
      ) : (
        <table className="week">
          <caption className="hidden">{words.hours}</caption>
          <tbody>
            {week.map(({ day, hours, isToday }) => (
              <tr key={day} className={isToday ? "today" : undefined}>
                <th scope="row">
                  {day}
                  {isToday && <small> · {words.today}</small>}
                </th>
                <td className="num">{hours}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {special.length > 0 && (
        <>
          <h3>{words.special}</h3>
          <ul className="special-days">
            {special.map(({ days, hours, why }) => (
              <li key={days}>
                {days}: <b className="num">{hours}</b>
                {why && <small className="soft">{` ·\u00A0${why}`}</small>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
