import { To } from "../../parts/link.tsx"
import { Change } from "../../parts/movement.tsx"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { myReceipts } from "./page.server.ts"

export const loader = (loading: Loading) => myReceipts(memberVisitOf(loading), new URL(loading.request.url).searchParams.get("before"))

export default function Receipts({ loaderData: { words, receipts, next } }: { loaderData: Awaited<ReturnType<typeof myReceipts>> }) {
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">
        {words.lead} <To to="/my/receipts/missing">{words.missing}</To>
      </p>
      <section className="panel">
        {receipts.length === 0 && <p className="empty">{words.empty}</p>}
        <ol className="rows">
          {receipts.map(({ id, title, total, when, shop, state, gained, taken }) => (
            <li key={id}>
              <To className="whole" to={`/my/receipts/${encodeURIComponent(id)}`}>
                <span className="two">
                  <span>
                    {title} · <b className="num">{total}</b>
                    {state && <em className="soft"> · {state}</em>}
                  </span>
                  <Change gained={gained} taken={taken} />
                </span>
                <small>
                  {when} · {shop}
                </small>
              </To>
            </li>
          ))}
        </ol>
        {next && (
          <p className="after">
            <To className="button quiet" to={`/my/receipts?before=${encodeURIComponent(next)}`}>
              {words.more}
            </To>
          </p>
        )}
      </section>
    </main>
  )
}
