import type { Movement } from "./movements.server.ts"
import { To } from "./link.tsx"

/** The history, each line with its reasons folded in. */
export function Movements({ movements, why, receipt }: { movements: readonly Movement[]; why: string; receipt?: string }) {
  return (
    <ol className="rows">
      {movements.map(({ id, title, when, where, change, gained, why: reasons, receiptId }) => (
        <li key={id}>
          <div className="two">
            <span>{title}</span>
            <span className={`num ${gained ? "plus" : "minus"}`}>{change}</span>
          </div>
          <small>{where ? `${when} · ${where}` : when}</small>
          {reasons.length > 0 && (
            <details>
              <summary>{why}</summary>
              <ul className="why">
                {reasons.map((reason, place) => (
                  <li key={place}>{reason}</li>
                ))}
              </ul>
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
