import { pathIn } from "../../parts/address.ts"
import { LevelPanel } from "../../parts/level.tsx"
import { To } from "../../parts/link.tsx"
import { Movements } from "../../parts/movement.tsx"
import { useRoot } from "../../parts/root-data.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { Chart } from "./chart.tsx"
import { type Filter, myPoints } from "./page.server.ts"

export function loader(loading: Loading) {
  const asked = new URL(loading.request.url).searchParams
  const filter = asked.get("filter")
  const before = Number(asked.get("before"))
  return myPoints(memberVisitOf(loading), {
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
    filter: FILTERS.find((one) => one === filter) ?? "all",
  })
}

type Shown = Awaited<ReturnType<typeof myPoints>>
const FILTERS: readonly Filter[] = ["all", "plus", "minus", "every"]

export default function Bonuses({ loaderData }: { loaderData: Shown }) {
  const { words, available, availableSays, closed, activations, expiries, movements, next, filter, chart, level } = loaderData
  const { locale } = useRoot()
  const query = (more: string) => `/my/bonuses?${[filter === "all" ? "" : `filter=${filter}`, more].filter(Boolean).join("&")}`
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <section className="panel">
        <p>
          <strong className="balance num">{available[0]}</strong>
          <span className="balance-word">
            {available[1]} {availableSays}
          </span>
        </p>
        {closed && <p className="soft">{closed}</p>}
      </section>
      <div className="panels">
        {activations.length > 0 && <Days title={words.pendingTitle} days={activations} />}
        {expiries.length > 0 && <Days title={words.expiryTitle} days={expiries} says={words.expirySays} />}
      </div>
      {level && <LevelPanel level={level} />}
      {chart && <Chart chart={chart} words={words} />}
      <section className="panel">
        <h2>{words.history}</h2>
        <nav className="filters" aria-label={words.history}>
          {FILTERS.map((one) => (
            <To
              key={one}
              to={one === "all" ? "/my/bonuses" : `/my/bonuses?filter=${one}`}
              aria-current={one === filter ? "true" : undefined}
              preventScrollReset
            >
              {words.filters[one]}
            </To>
          ))}
        </nav>
        {movements.length === 0 ? (
          <p className="empty">{words.empty}</p>
        ) : (
          <Movements movements={movements} why={words.why} receipt={words.receipt} />
        )}
        {next && (
          <p className="after">
            <To className="button quiet" to={query(`before=${next}`)}>
              {words.more}
            </To>
          </p>
        )}
      </section>
      <section className="panel">
        <h2>{words.papers}</h2>
        <p className="soft">{words.papersSay}</p>
        <p className="row">
          <a className="button quiet small" href={pathIn(locale, "/my/bonuses/statement?as=pdf")}>
            PDF
          </a>
          <a className="button quiet small" href={pathIn(locale, "/my/bonuses/statement")}>
            {words.csv}
          </a>
        </p>
      </section>
    </main>
  )
}

function Days({ title, days, says }: { title: string; days: Shown["activations"]; says?: string }) {
  return (
    <section className="panel">
      <h2>{title}</h2>
      <dl className="facts">
        {days.map(({ day, points }) => (
          <div key={day}>
            <dt>{day}</dt>
            <dd className="num">{points}</dd>
          </div>
        ))}
      </dl>
      {says && <p className="hint after">{says}</p>}
    </section>
  )
}
