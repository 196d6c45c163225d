import { Form } from "react-router"
import { To } from "../../parts/link.tsx"
import { Change } from "../../parts/movement.tsx"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { myReceipts, sayWhose } from "./page.server.ts"

export function loader(loading: Loading) {
  const asked = new URL(loading.request.url).searchParams
  return myReceipts(memberVisitOf(loading), { before: asked.get("before"), done: asked.get("done") })
}

export const action = async (loading: Loading) => sayWhose(memberVisitOf(loading), await loading.request.formData())

type Shown = Awaited<ReturnType<typeof myReceipts>>

export default function Receipts({ loaderData: { words, receipts, next, done, disowned } }: { loaderData: Shown }) {
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">
        {words.lead} <To to="/my/receipts/missing">{words.missing}</To>
      </p>
      {done && (
        <p className="notice" role="status">
          {done} <To to="/my/card">{words.toCard}</To>
        </p>
      )}
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
      {disowned.length > 0 && <NotTheirs words={words} disowned={disowned} />}
    </main>
  )
}

function NotTheirs({ words, disowned }: Pick<Shown, "words" | "disowned">) {
  return (
    <section className="panel">
      <h2>{words.disownedTitle}</h2>
      <ul className="rows">
        {disowned.map(({ id, title, says, isOpen }) => (
          <li key={id}>
            <b className="num">{title}</b>
            <small>{says}</small>
            {isOpen && (
              <Form method="post">
                <button className="link" name="disowned" value={id}>
                  {words.takeBack}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
