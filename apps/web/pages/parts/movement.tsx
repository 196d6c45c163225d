import type { Movement } from "./movements.server.ts"
import { To } from "./link.tsx"

/** The history, each line with its reasons folded in. */
export function Movements({ movements, why, receipt }: { movements: readonly Movement[]; why: string; receipt?: string }) {
  return (
    <ol className="rows">
      {movements.map(({ id, title, when, where, gained, taken, why: reasons, receiptId }) => (
        <li key={id}>
          <div className="two">
            <span>{title}</span>
            <Change gained={gained} taken={taken} />
          </div>
          <small>{where ? `${when} · ${where}` : when}</small>
          {reasons.length > 0 && (
            <details>
              <summary>{why}</summary>
              <Reasons reasons={reasons} />
              {receiptId && receipt && (
                <p>
                  <To to={`/my/receipts/${encodeURIComponent(receiptId)}`}>{receipt}</To>
                </p>
              )}
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}

/** «+48 −120»: what came and what went, each in its colour. */
export function Change({ gained, taken }: { gained: string; taken: string }) {
  if (!gained && !taken) return null
  return (
    <span className="num">
      {gained && <span className="plus">{gained}</span>} {taken && <span className="minus">{taken}</span>}
    </span>
  )
}

/** Why so many: what was bought, and what was counted for it. */
export function Reasons({ reasons }: { reasons: Movement["why"] }) {
  return (
    <ul className="why">
      {reasons.map(({ of, says }, place) => (
        <li key={place}>
          {of && <b>{of}</b>}
          {says.map((one, nth) => (
            <p key={nth}>{one}</p>
          ))}
        </li>
      ))}
    </ul>
  )
}
