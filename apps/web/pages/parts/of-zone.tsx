import { Link, useLocation } from "react-router"
import { To } from "./link.tsx"
import { useRoot } from "./root-data.ts"

/** Whose prices these are when a region's feed led here, and the two ways to one's own. */
export function OfZone() {
  const { words } = useRoot()
  const { search } = useLocation()
  const usual = new URLSearchParams(search)
  usual.set("zone", "main")
  return (
    <p className="of-zone">
      {words.ofZone} <To to="/shops">{words.chooseShop}</To> <Link to={`?${usual.toString()}`}>{words.usualPrices}</Link>
    </p>
  )
}
