import { Form, Link } from "react-router"
import { To } from "../parts/link.tsx"
import { cleared } from "../parts/goods-query.ts"
import type { FacetView, listOf } from "./list.server.ts"
import { PriceRange } from "./price-range.tsx"

type List = Awaited<ReturnType<typeof listOf>>

const SHOWN_AT_ONCE = 8

/** Everything to choose goods by, as a form. */
export function Filters({ list, text }: { list: List; text: string | undefined }) {
  const { words, facets, price, shop, sort, without } = list
  return (
    <Form
      className="filter-form"
      preventScrollReset
      onChange={(event) =>
        event.target instanceof HTMLInputElement && event.target.type === "checkbox" ? event.currentTarget.requestSubmit() : undefined
      }
    >
      {text !== undefined && <input type="hidden" name="q" value={text} />}
      {sort !== "" && <input type="hidden" name="sort" value={sort} />}
      {price && <PriceRange key={`${price.from} ${price.to}`} price={price} words={words} />}
      {facets.map((facet) => (
        <FacetChoice key={facet.code} facet={facet} words={words} />
      ))}
      {shop ? (
        <label className="choice at-shop">
          <input type="checkbox" name="shop" value={shop.code} defaultChecked={shop.chosen} key={String(shop.chosen)} />
          <span>
            {words.shop}: {shop.name}
          </span>
        </label>
      ) : (
        <p>
          <To to="/shops">{words.chooseShop}</To>
        </p>
      )}
      <label className="field">
        <span>{words.without}</span>
        <input name="without" key={without.join()} placeholder={words.withoutHint} maxLength={100} autoComplete="off" />
      </label>
      {without.map((word) => (
        <input key={word} type="hidden" name="without" value={word} />
      ))}
      <p className="row apply">
        <button className="button small">
          {words.apply} <span className="narrow-only">{list.totalText}</span>
        </button>
        <Link to={cleared(text)}>{words.clear}</Link>
      </p>
    </Form>
  )
}

function FacetChoice({
  facet: { code, name, field, values },
  words: { starsFrom, more: moreSays },
}: {
  facet: FacetView
  words: List["words"]
}) {
  const single = values.length === 1 && values[0]!.code === "yes"
  const choice = ({ code: value, name: said, count, chosen, swatch }: FacetView["values"][number]) => (
    <label key={value} className="choice">
      <input type="checkbox" name={field} value={value === "yes" ? "1" : value} defaultChecked={chosen} key={String(chosen)} />
      {swatch && <Swatch colour={swatch} />}
      <span>{code === "stars" ? starsFrom.replace("{stars}", `${value} ★`) : said}</span>
      <small className="soft num">{count}</small>
    </label>
  )
  if (single) return choice(values[0]!)
  const [first, rest] = [values.slice(0, SHOWN_AT_ONCE), values.slice(SHOWN_AT_ONCE)]
  return (
    <details className="facet" open={code === "brand" || code === "category" || values.some(({ chosen }) => chosen)}>
      <summary>{name}</summary>
      {first.map(choice)}
      {rest.length > 0 && (
        <details className="rest">
          <summary>{moreSays.replace("{count}", String(rest.length))}</summary>
          {rest.map(choice)}
        </details>
      )}
    </details>
  )
}

/** A colour; pages may not style themselves, so it is drawn. */
export function Swatch({ colour }: { colour: string }) {
  return (
    <svg className="swatch" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="9" fill={colour} stroke="currentColor" strokeOpacity="0.2" />
    </svg>
  )
}
