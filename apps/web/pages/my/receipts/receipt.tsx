import { Form } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { To } from "../../parts/link.tsx"
import { Reasons } from "../../parts/movement.tsx"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { useRoot } from "../../parts/root-data.ts"
import { myReceipt } from "./page.server.ts"

export const loader = (loading: Loading) => myReceipt(memberVisitOf(loading), loading.params["receiptId"] ?? "")

export default function Receipt({ loaderData }: { loaderData: Awaited<ReturnType<typeof myReceipt>> }) {
  const { words, title, when, shop, till, uid, lines, total, paid, points, kind, why, isSale, receiptId } = loaderData
  const { locale } = useRoot()
  return (
    <main id="main" className="page">
      <title>{title}</title>
      <p>
        <To to="/my/receipts">← {words.all}</To>
      </p>
      <h1>
        {kind} <span className="num">{total}</span>
      </h1>
      <p className="lead">
        {when}
        <br />
        {shop}, {till}
      </p>
      {uid && (
        <p className="soft">
          {words.uid}: <code>{uid}</code>
        </p>
      )}
      <section className="panel slip">
        <ul className="rows">
          {lines.map(({ no, name, page, quantity, amount, why: reasons }) => (
            <li key={no}>
              <div className="two">
                <span>
                  {page ? <To to={page}>{name}</To> : name} {quantity && <small>{quantity}</small>}
                </span>
                <span className="num">{amount}</span>
              </div>
              {reasons.map((reason, place) => (
                <small key={place} className="reason">
                  {reason}
                </small>
              ))}
              {page && isSale && (
                <small className="reason">
                  <To to={`${page}/reviews`}>{words.review}</To>
                </small>
              )}
            </li>
          ))}
        </ul>
        <dl className="facts">
          {paid && (
            <div>
              <dt>{words.paidByPoints}</dt>
              <dd className="num">{paid}</dd>
            </div>
          )}
          <div>
            <dt>{words.total}</dt>
            <dd className="num">{total}</dd>
          </div>
          {points.map((one) => (
            <div key={one.says}>
              <dt>{one.says}</dt>
              <dd className="num plus">{one.points}</dd>
            </div>
          ))}
        </dl>
      </section>
      {why.length > 0 && (
        <section className="panel">
          <h2>{words.why}</h2>
          <Reasons reasons={why} />
        </section>
      )}
      {isSale && (
        <details className="panel">
          <summary>{words.notMine}</summary>
          <p>
            {words.notMineSays} <To to="/my/card">{words.toCard}</To>
          </p>
          <Form method="post" action={pathIn(locale, "/my/receipts")}>
            <button className="button quiet" name="receipt" value={receiptId}>
              {words.notMineDo}
            </button>
          </Form>
        </details>
      )}
    </main>
  )
}
