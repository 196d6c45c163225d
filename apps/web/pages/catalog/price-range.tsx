import { useState } from "react"
import type { List } from "./list.tsx"

type Props = { price: NonNullable<List["price"]>; words: List["words"] }

/** From and to: two fields of a form; a script adds two handles on one line, moved by fingers or arrow keys. */
export function PriceRange({ price: { least, most, leastRoubles, mostRoubles, from, to }, words }: Props) {
  const [low, setLow] = useState(from)
  const [high, setHigh] = useState(to)
  const at = (text: string, otherwise: number): number => {
    const said = Number(text.replace(",", "."))
    return text.trim() === "" || Number.isNaN(said) ? otherwise : Math.min(Math.max(said, leastRoubles), mostRoubles)
  }
  const [left, right] = [at(low, leastRoubles), at(high, mostRoubles)]
  const wide = Math.max(1, mostRoubles - leastRoubles)
  const send = ({ currentTarget: { form } }: { currentTarget: HTMLInputElement }) => {
    if (low !== from || high !== to) form?.requestSubmit()
  }
  const handle = { type: "range", min: leastRoubles, max: mostRoubles, step: 1, onPointerUp: send, onKeyUp: send }
  return (
    <fieldset className="price-range">
      <legend>{words.price}</legend>
      <label>
        <span className="hidden">{words.priceFrom}</span>
        <input
          {...{ name: "price_from", inputMode: "decimal", placeholder: `${words.priceFrom} ${least}`, value: low }}
          onChange={({ target }) => setLow(target.value)}
        />
      </label>
      <label>
        <span className="hidden">{words.priceTo}</span>
        <input
          {...{ name: "price_to", inputMode: "decimal", placeholder: `${words.priceTo} ${most}`, value: high }}
          onChange={({ target }) => setHigh(target.value)}
        />
      </label>
      <div className="handles needs-script">
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="4" rx="2" />
          <rect className="between" x={((left - leastRoubles) * 100) / wide} width={(Math.max(0, right - left) * 100) / wide} height="4" />
        </svg>
        <input
          {...handle}
          aria-label={words.priceFrom}
          value={left}
          onChange={({ target }) => setLow(String(Math.min(Number(target.value), right)))}
        />
        <input
          {...handle}
          aria-label={words.priceTo}
          value={right}
          onChange={({ target }) => setHigh(String(Math.max(Number(target.value), left)))}
        />
      </div>
    </fieldset>
  )
}
