import type { PriceHistory } from "./history.server.ts"
import type { ProductWords } from "./words.ts"

/** Three months of a price: a line with its highest, its lowest and its ends; the same as a table for who hears the page. */
export function History({ history: { line, says, edges, rows }, words }: { history: PriceHistory; words: ProductWords }) {
  return (
    <section>
      <h2>{words.history}</h2>
      <p>{says}</p>
      <div className="price-line" aria-hidden="true">
        <p className="num">
          <span>{edges.most}</span>
          <span>{edges.least}</span>
        </p>
        <svg viewBox="0 0 300 80" preserveAspectRatio="none">
          <path className="edges" d="M0 10H300M0 70H300" />
          <path d={line} />
        </svg>
        <p className="days">
          <span>{edges.from}</span>
          <span>{edges.to}</span>
        </p>
      </div>
      <table className="hidden">
        <caption>{words.history}</caption>
        <tbody>
          {rows.map(({ day, price }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>{price}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
