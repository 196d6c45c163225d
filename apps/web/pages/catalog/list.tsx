import { Form, Link } from "react-router"
import { cleared, paged, SORTS, toggled } from "../parts/goods-query.ts"
import { Icon } from "../parts/icon.tsx"
import { To } from "../parts/link.tsx"
import { Tiles } from "../parts/tiles.tsx"
import { Filters } from "./filters.tsx"
import type { listOf } from "./list.server.ts"

export type List = Awaited<ReturnType<typeof listOf>>

/** Goods with everything to choose by. Without script the filters are a form; with it each choice is one touch. `text`: what was searched for. */
export function GoodsList({ list, text }: { list: List; text?: string }) {
  const { words, totalText, tiles, understood, total } = list
  const params = addressOf(list)
  const chosen = chosenOf(list)
  if (list.nearest?.why === "words" && chosen.length === 0) return <Nothing nearest={list.nearest} words={words} clear={cleared(text)} />
  return (
    <div className="goods">
      <details
        className="sieve"
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.open = false
        }}
      >
        <summary className="button quiet small">
          <Icon name="filters" />
          {words.filters}
          {chosen.length > 0 && <b className="num">{chosen.length}</b>}
          <span className="close">{words.closeFilters}</span>
        </summary>
        <Filters list={list} text={text} />
      </details>
      <section aria-label={words.results}>
        <div className="found">
          <p role="status">
            {totalText}
            {understood.read && <> · {words.read.replace("{read}", understood.read)}</>}
          </p>
          <Sorting list={list} params={params} text={text} />
        </div>
        {understood.leftOut.length > 0 && total > 0 && (
          <p className="soft">{words.leftOut.replace("{words}", understood.leftOut.join(", "))}</p>
        )}
        <Chosen chosen={chosen} params={params} words={words} />
        {list.without.length > 0 && (
          <p className="soft">
            {words.onlyKnown}
            {list.heldByNone.map((word) => ` ${words.heldByNone.replace("{word}", word)}`)}
          </p>
        )}
        {list.nearest ? <Nothing nearest={list.nearest} words={words} clear={cleared(text)} /> : <Tiles tiles={tiles} />}
        <Pages list={list} params={params} />
      </section>
    </div>
  )
}

/** Nothing was found: why, what to do about it, and what is nearest. */
function Nothing({ nearest, words, clear }: { nearest: NonNullable<List["nearest"]>; words: List["words"]; clear: string }) {
  const { why, total, tiles } = nearest
  return (
    <>
      <div className="nothing" role="status">
        <Icon name="search" />
        <h2>{words.empty}</h2>
        <p>{why === "filters" ? words.emptyByFilters.replace("{total}", total) : words.emptySays}</p>
        {why === "filters" ? (
          <Link className="button quiet small" to={clear}>
            {words.clear}
          </Link>
        ) : (
          <To className="button quiet small" to="/catalog">
            {words.catalog}
          </To>
        )}
      </div>
      {tiles.length > 0 && (
        <section className="nearest">
          <h2>{why === "filters" ? words.nearestUnfiltered : words.nearest}</h2>
          <Tiles tiles={tiles} />
        </section>
      )}
    </>
  )
}

/** The list's address, each ingredient nobody wants for itself: so each is taken back alone. */
function addressOf({ query, without }: List): URLSearchParams {
  const params = new URLSearchParams(query)
  params.delete("without")
  for (const word of without) params.append("without", word)
  return params
}

type Part = { list: List; params: URLSearchParams }

/** Without words to match, what is bought most comes first. */
function Sorting({ list: { words, sort }, params, text = "" }: Part & { text: string | undefined }) {
  const orders = text === "" ? SORTS.filter((code) => code !== "popular") : SORTS
  return (
    <Form className="sorting" preventScrollReset>
      {[...params].map(([name, value], place) =>
        name === "sort" || name === "page" ? null : <input key={place} type="hidden" name={name} value={value} />,
      )}
      <label>
        <span className="soft">{words.sort}</span>
        <select
          name="sort"
          defaultValue={text === "" && sort === "popular" ? "" : sort}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        >
          <option value="">{words.sorts[text === "" ? "popular" : ""]}</option>
          {orders.map((code) => (
            <option key={code} value={code}>
              {words.sorts[code]}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        <button className="button quiet small">{words.apply}</button>
      </noscript>
    </Form>
  )
}

type Choice = { field: string; code: string; name: string }

/** Every choice there is, in words. */
const chosenOf = ({ facets, words, without, heldByNone }: List): Choice[] => [
  ...facets.flatMap(({ field, values }) => values.filter((value) => value.chosen).map(({ code, name }) => ({ field, code, name }))),
  ...without.map((name) => ({
    field: "without",
    code: name,
    name: heldByNone.includes(name) ? words.inNothing.replace("{word}", name) : `${words.without}: ${name}`,
  })),
]

/** What is chosen, each to be taken back by one touch. */
function Chosen({ chosen, params, words }: { chosen: readonly Choice[]; params: URLSearchParams; words: List["words"] }) {
  if (chosen.length === 0) return null
  return (
    <ul className="chosen" aria-label={words.chosen}>
      {chosen.map(({ field, code, name }) => (
        <li key={field + code}>
          <Link to={toggled(params, field, code === "yes" ? "1" : code, true)} preventScrollReset>
            {name} <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Pages({ list: { words, page, pages }, params }: Part) {
  if (pages <= 1) return null
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((number) => number >= 1 && number <= pages)
  return (
    <nav className="pages" aria-label={words.pages}>
      {page > 1 && (
        <Link to={paged(params, page - 1)} rel="prev">
          {words.previous}
        </Link>
      )}
      {shown.map((number, place) => (
        <span key={number}>
          {place > 0 && number - shown[place - 1]! > 1 && <span className="soft">…</span>}
          <Link
            to={paged(params, number)}
            aria-current={number === page ? "page" : undefined}
            aria-label={words.page.replace("{page}", String(number))}
          >
            {number}
          </Link>
        </span>
      ))}
      {page < pages && (
        <Link to={paged(params, page + 1)} rel="next">
          {words.next}
        </Link>
      )}
    </nav>
  )
}
