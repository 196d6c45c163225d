import type { chartOf } from "./chart.server.ts"
import type { PointsWords } from "./words.ts"

type Drawn = NonNullable<Awaited<ReturnType<typeof chartOf>>>

/** What came and went by month: to look at, and the same in figures for whoever reads or listens. */
export function Chart({ chart: { width, height, barWide, line, bars, labels, rows, says }, words }: { chart: Drawn; words: PointsWords }) {
  return (
    <section className="panel">
      <h2>{words.chart}</h2>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMid" role="img" aria-label={says}>
        {bars.map(({ x, y, height: tall, kind, text, textY }) => (
          <g key={`${kind}${x}`}>
            <rect x={x} y={y} width={barWide} height={tall} rx="3" className={kind === "spent" ? "soft-bar" : undefined} />
            <text x={x + barWide / 2} y={textY} textAnchor="middle" className="value">
              {text}
            </text>
          </g>
        ))}
        <path d={`M0 ${line}h${width}`} />
        {labels.map(({ x, y, text }) => (
          <text key={x} x={x} y={y} textAnchor="middle">
            {text}
          </text>
        ))}
      </svg>
      <p className="hint legend" aria-hidden="true">
        <i className="dot" /> {words.earned} <i className="dot gold" /> {words.spent}
      </p>
      <details>
        <summary>{words.figures}</summary>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{words.month}</th>
              <th scope="col">{words.earned}</th>
              <th scope="col">{words.spent}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ month, earned, spent }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td className="num">{earned}</td>
                <td className="num">{spent}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
