import { useMemo } from "react"
import { Form } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Icon } from "../parts/icon.tsx"
import { To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import { distanceText } from "../shops/distance.ts"
import { nearestTo, usePlaces, useWhereabouts } from "../shops/places.ts"
import type { PricePage } from "./page.server.ts"

const MOST_NEAR = 5

/** Whose prices are shown: chosen by where one stands, by a town, or on the shop's own page. */
export function ShopChoice({ page: { words, placeWords, shop, shops, town, typed } }: { page: PricePage }) {
  const { locale } = useRoot()
  const [where, ask] = useWhereabouts()
  const places = usePlaces(where.state !== "unasked", placeWords)
  const at = where.state === "known" ? where.at : null
  const near = useMemo(() => (at && places ? nearestTo(at, places).slice(0, MOST_NEAR) : null), [at, places])
  const offered =
    near?.map(({ code, title, says, kilometres }) => ({
      code,
      title,
      says: [distanceText(kilometres, placeWords, locale), says].join(" · "),
    })) ?? shops?.map(({ code, title, opening }) => ({ code, title, says: opening ?? "" }))
  return (
    <section className="shop-choice">
      <p>
        {shop ? (
          <>
            {words.inShop} <To to={`/shops/${shop.code}`}>{shop.title}</To>
            {shop.title.endsWith(".") ? " " : ". "}
            <span className="soft needs-script">{words.kept}</span>
          </>
        ) : (
          words.noShop
        )}
      </p>
      <details open={shop === null || offered !== undefined}>
        <summary>{shop ? words.change : words.choose}</summary>
        <Form className="finder" preventScrollReset>
          {typed !== "" && <input type="hidden" name="ean" value={typed} />}
          <label className="hidden" htmlFor="town">
            {words.town}
          </label>
          <input id="town" name="town" type="search" placeholder={words.town} defaultValue={town ?? ""} maxLength={80} />
          <button className="button small">{words.find}</button>
        </Form>
        <p className="row needs-script">
          <button type="button" className="button quiet small" onClick={ask} disabled={where.state === "looking"}>
            <Icon name="place" />
            {where.state === "looking" ? words.looking : words.near}
          </button>
        </p>
        {where.state === "denied" && (
          <p className="soft" role="status">
            {words.nearDenied}
          </p>
        )}
        {offered?.length === 0 && <p className="empty">{words.nothing}</p>}
        <ul className="shop-rows">
          {offered?.map(({ code, title, says }) => (
            <li key={code}>
              <Form method="post" action={pathIn(locale, "/price-check")} className="shop-pick">
                <input type="hidden" name="act" value="shop" />
                <input type="hidden" name="ean" value={typed} />
                <span>
                  <b>{title}</b>
                  <small className="soft">{says}</small>
                </span>
                <button className="button quiet small" name="shop" value={code} aria-label={`${words.pick}: ${title}`}>
                  {words.pick}
                </button>
              </Form>
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
