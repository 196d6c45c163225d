import { useRoot } from "../parts/root-data.ts"
import { pathIn } from "../parts/address.ts"

type Props = {
  summary: { average: string | null; says: string; bars: { stars: number; count: number; percent: number }[] }
  slug: string
  chosen?: number | null
}

/** The average and how many said how much; each bar leads to its reviews. */
export function Summary({ summary: { average, says, bars }, slug, chosen = null }: Props) {
  const { locale } = useRoot()
  return (
    <div className="review-sum">
      <p>
        <b className="num">{average}</b>
        <span className="soft">{says}</span>
      </p>
      <ul>
        {bars.map(({ stars, count, percent }) => (
          <li key={stars}>
            <a
              href={`${pathIn(locale, `/p/${slug}/reviews`)}${chosen === stars ? "" : `?stars=${stars}`}`}
              aria-current={chosen === stars ? "true" : undefined}
            >
              <span className="num">
                {stars} <i aria-hidden="true">★</i>
              </span>
              <progress max={100} value={percent} aria-label={`${stars}: ${count}`} />
              <span className="num soft">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
