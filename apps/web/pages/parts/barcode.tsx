import { ean13Path } from "./ean13.ts"

/** The card's barcode with the quiet zones scanners need, and its digits in threes and fours for whoever types them. */
export function Barcode({ number, label }: { number: string; label: string }) {
  return (
    <>
      <svg viewBox="-11 0 113 44" role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={ean13Path(number, 44)} fill="#000" />
      </svg>
      <p className="digits">{`${number[0]} ${number.slice(1, 7)} ${number.slice(7)}`}</p>
    </>
  )
}
