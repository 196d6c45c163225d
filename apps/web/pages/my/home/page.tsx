import { Form } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Barcode } from "../../parts/barcode.tsx"
import { Icon } from "../../parts/icon.tsx"
import { LevelPanel } from "../../parts/level.tsx"
import { To } from "../../parts/link.tsx"
import { Movements } from "../../parts/movement.tsx"
import { useRoot } from "../../parts/root-data.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { myHome } from "./page.server.ts"

export const loader = (loading: Loading) => myHome(memberVisitOf(loading))

type Shown = Awaited<ReturnType<typeof myHome>>

export default function MyHome({ loaderData }: { loaderData: Shown }) {
  const { words, hello, card, level, news } = loaderData
  const { large, words: common } = useRoot()
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{hello}</h1>
      {large ? (
        <Three loaderData={loaderData} />
      ) : (
        <>
          <div className="panels">
            <Balance loaderData={loaderData} />
            {card && (
              <To to="/my/card" className="panel pass-link">
                <span className="hidden">{words.showCard}</span>
                <div className="pass">
                  <header>
                    <b>{common.brand}</b>
                    <span className="num">•• {card.last}</span>
                  </header>
                  <div className="white">
                    <Barcode number={card.number} label={words.barcode} />
                  </div>
                </div>
              </To>
            )}
          </div>
          {level && <LevelPanel level={level} />}
          <section className="panel">
            <h2>{words.news}</h2>
            {news.length === 0 ? <p className="empty">{words.empty}</p> : <Movements movements={news} why={words.why} />}
            {news.length > 0 && (
              <p className="after">
                <To to="/my/bonuses">{words.all}</To>
              </p>
            )}
          </section>
        </>
      )}
      <ViewSwitch words={words} />
    </main>
  )
}

function Balance({ loaderData: { words, available, worth, pending, pendingSays, expiring, held, owed } }: { loaderData: Shown }) {
  return (
    <section className="panel">
      <p>
        <strong className="balance num">{available[0]}</strong>
        <span className="balance-word">
          {available[1]} {words.available}
        </span>
      </p>
      {worth && <p className="soft">{worth}</p>}
      <dl className="facts">
        {pending && (
          <div>
            <dt>{words.pending}</dt>
            <dd>
              {pending}
              {pendingSays && <small className="hint block">{pendingSays}</small>}
            </dd>
          </div>
        )}
        {expiring && (
          <div>
            <dt>{words.expiring}</dt>
            <dd>{expiring}</dd>
          </div>
        )}
        {held && (
          <div>
            <dt>{words.held}</dt>
            <dd>{held}</dd>
          </div>
        )}
        {owed && (
          <div>
            <dt>{words.owed}</dt>
            <dd>{owed}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** The older-shopper view: what a person came for, and nothing else. */
function Three({ loaderData: { words, available } }: { loaderData: Shown }) {
  const { words: common } = useRoot()
  return (
    <nav className="big-three" aria-label={common.account}>
      <To to="/my/card">
        <Icon name="card" /> {common.card}
      </To>
      <To to="/my/bonuses">
        <Icon name="points" /> {available.join(" ")}
      </To>
      <To to="/shops">
        <Icon name="home" /> {words.shops}
      </To>
    </nav>
  )
}

function ViewSwitch({ words }: { words: Shown["words"] }) {
  const { large, locale } = useRoot()
  return (
    <Form method="post" action={pathIn(locale, "/view")} className="row" reloadDocument>
      <button className="link" name="view" value={large ? "usual" : "large"}>
        {large ? words.viewUsual : words.viewLarge}
      </button>
      <small className="soft">{words.viewSays}</small>
    </Form>
  )
}
