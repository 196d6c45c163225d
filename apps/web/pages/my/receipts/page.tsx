import { To } from "../../parts/link.tsx"
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
          {receipts.map(({ id, title, total, when, shop, state, change }) => (
            <li key={id}>
              <To className="whole" to={`/my/receipts/${encodeURIComponent(id)}`}>
                <span className="two">
                  <span>
                    {title} · <b className="num">{total}</b>
                    {state && <em className="soft"> · {state}</em>}
                  </span>
                  <span className="num">
                    {change.gave && <span className="plus">{change.gave}</span>}{" "}
                    {change.took && <span className="minus">{change.took}</span>}
                  </span>
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
