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
  const { words, hello, sixteen, renew, closed, card, level, news } = loaderData
  const { large, words: common } = useRoot()
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{hello}</h1>
      {sixteen && (
        <section className="panel tinted">
          <p>{sixteen.says}</p>
          <p className="row">
            <To className="button small" to="/my/sixteen">
              {sixteen.act}
            </To>
          </p>
        </section>
      )}
      {closed && (
        <section className="panel tinted">
          <p role="status">{closed.says}</p>
          <p className="row">
            <To className="button quiet small" to="/my/card">
              {closed.act}
            </To>
          </p>
        </section>
      )}
      {renew && <Renew renew={renew} />}
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

/** Consents asked for anew: to be read and answered, or waved away. */
function Renew({ renew: { says, act, later, purposes } }: { renew: NonNullable<Shown["renew"]> }) {
  const { locale } = useRoot()
  return (
    <section className="panel tinted">
      <p>{says}</p>
      <Form method="post" action={pathIn(locale, "/my/data/renew")} className="row">
        <To className="button small" to="/my/data/renew">
          {act}
        </To>
        {purposes.map((purpose) => (
          <input key={purpose} type="hidden" name="shown" value={purpose} />
        ))}
        <button className="button quiet small" name="act" value="later">
          {later}
        </button>
      </Form>
    </section>
  )
}

function Balance({
  loaderData: { words, available, availableSays, worth, pending, pendingSays, expiring, expiringSays, held, owed },
}: {
  loaderData: Shown
}) {
  return (
    <section className="panel">
      <p>
        <strong className="balance num">{available[0]}</strong>
        <span className="balance-word">
          {available[1]} {availableSays}
        </span>
      </p>
      {worth && <p className="soft">{worth}</p>}
      <dl className="facts">
        {pending && <Fact title={words.pending} number={pending} says={pendingSays} />}
        {expiring && <Fact title={words.expiring} number={expiring} says={expiringSays} />}
        {held && <Fact title={words.held} number={held} />}
        {owed && <Fact title={words.owed} number={owed} />}
      </dl>
    </section>
  )
}

function Fact({ title, number, says }: { title: string; number: string; says?: string | null }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{number}</dd>
      {says && <dd className="hint">{says}</dd>}
    </div>
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
        <Icon name="place" /> {words.shops}
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
      {!large && <small className="soft">{words.viewSays}</small>}
    </Form>
  )
}
