import { inTransaction } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import { Form, redirect } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Crumbs } from "../parts/crumbs.tsx"
import { To } from "../parts/link.tsx"
import { Seo } from "../parts/seo.tsx"
import { breadcrumbs, seoOf } from "../parts/seo.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { SHOP } from "./words.ts"

const REMEMBERED_DAYS = 400

/** One shop: where it is, and the way to make it one's own: prices and stock are then those of this shop. */
export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const { db, locale, cookies, site } = visit
  const code = loading.params["code"] ?? ""
  const shop = await inTransaction(db, (tx) => shopByCode(tx, code))
  if (!shop) throw new Response(null, { status: 404 })
  const words = SHOP[locale]
  const [name, place] = [shop.name[locale], `${shop.city[locale]}, ${shop.address[locale]}`]
  const crumbs = [
    { name: words.shops, to: "/shops" },
    { name, to: `/shops/${code}` },
  ]
  const geo = { "@type": "GeoCoordinates", latitude: shop.latitude, longitude: shop.longitude }
  const store = { "@type": "Store", name, url: `${site.publicUrl}${pathIn(locale, `/shops/${code}`)}`, address: place, geo }
  return {
    ...{ words, code, name, place, crumbs, isOpen: shop.state === "open", isMine: cookies.get("shop") === code },
    route: `geo:${shop.latitude},${shop.longitude}`,
    seo: seoOf(visit, {
      ...{ title: `${name} — Мила`, description: place, path: `/shops/${code}`, isOwn: true },
      things: [store, breadcrumbs(crumbs, (to) => site.publicUrl + pathIn(locale, to))],
    }),
  }
}

/** Makes the shop one's own, or not any more. */
export async function action(acting: Loading) {
  const { db, locale, cookies } = visitOf(acting)
  const code = acting.params["code"] ?? ""
  if (!(await inTransaction(db, (tx) => shopByCode(tx, code)))) throw new Response(null, { status: 404 })
  if (cookies.get("shop") === code) cookies.forget("shop")
  else cookies.set("shop", code, { days: REMEMBERED_DAYS })
  return redirect(pathIn(locale, `/shops/${code}`))
}

export default function Shop({ loaderData }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  const { words, code, name, place, crumbs, isOpen, isMine, route, seo } = loaderData
  return (
    <main id="main" className="page narrow">
      <Seo {...seo} />
      <Crumbs crumbs={crumbs} />
      <h1>{name}</h1>
      <p className="lead">{place}</p>
      {!isOpen && (
        <p className="alert" role="status">
          {words.closed}
        </p>
      )}
      <Form method="post">
        <button className={isMine ? "button quiet wide" : "button wide"}>{isMine ? words.notMine : words.mine}</button>
      </Form>
      <p className="soft after">{isMine ? words.isMine : words.mineSays}</p>
      <p className="row">
        <a href={route}>{words.route}</a>
        <To to={`/search?shop=${encodeURIComponent(code)}`}>{words.goods}</To>
      </p>
    </main>
  )
}
