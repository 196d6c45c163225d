import { inTransaction, type Locale } from "@mila/kernel"
import { listShops, type Shop } from "@mila/shops"
import { Form } from "react-router"
import { To } from "../parts/link.tsx"
import { type Loading, visitOf } from "../visit-context.ts"

const WORDS: Record<Locale, { title: string; search: string; find: string; empty: string; route: string }> = {
  ru: {
    title: "Магазины",
    search: "Город или улица",
    find: "Найти",
    empty: "Ничего не нашли. Попробуйте название города.",
    route: "Маршрут",
  },
  be: {
    title: "Крамы",
    search: "Горад або вуліца",
    find: "Знайсці",
    empty: "Нічога не знайшлі. Паспрабуйце назву горада.",
    route: "Маршрут",
  },
  en: { title: "Shops", search: "Town or street", find: "Find", empty: "Nothing found. Try the name of a town.", route: "Route" },
}
const MOST = 60

/** Shops by town or street. */
export async function loader(loading: Loading) {
  const { db, locale } = visitOf(loading)
  const wanted = (new URL(loading.request.url).searchParams.get("q") ?? "").trim().slice(0, 80)
  const shops = await inTransaction(db, (tx) => listShops(tx, { most: 2_000 }))
  const words = wanted
    .toLocaleLowerCase("ru")
    .replaceAll("ё", "е")
    .split(/[\s,]+/)
    .filter(Boolean)
  const textOf = ({ city, address }: Shop) =>
    [city, address]
      .flatMap((one) => Object.values(one))
      .join(" ")
      .toLocaleLowerCase("ru")
      .replaceAll("ё", "е")
  const found = shops.filter((shop) => shop.state === "open" && words.every((word) => textOf(shop).includes(word))).slice(0, MOST)
  return {
    words: WORDS[locale],
    wanted,
    shops: found.map(({ code, city, address, latitude, longitude }) => ({
      code,
      city: city[locale],
      address: address[locale],
      route: `geo:${latitude},${longitude}`,
    })),
  }
}

export default function Shops({ loaderData: { words, wanted, shops } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <Form role="search" className="row">
        <label className="hidden" htmlFor="q">
          {words.search}
        </label>
        <input id="q" name="q" type="search" placeholder={words.search} defaultValue={wanted} className="grow" />
        <button className="button">{words.find}</button>
      </Form>
      {shops.length === 0 && <p className="empty">{words.empty}</p>}
      <ul className="rows panel">
        {shops.map(({ code, city, address, route }) => (
          <li key={code}>
            <b>
              <To to={`/shops/${code}`}>
                {city}, {address}
              </To>
            </b>
            <small>
              <a href={route} aria-label={`${words.route}: ${city}, ${address}`}>
                {words.route}
              </a>
            </small>
          </li>
        ))}
      </ul>
    </main>
  )
}
