import { useEffect, useRef } from "react"
import { useRoot } from "../../parts/root-data.ts"
import type { Located } from "./mercator.ts"
import type { MapOptions, MapShop, ShopMap } from "./shop-map.ts"

type Props = {
  shops: readonly MapShop[]
  chosen: string | null
  choose: (code: string | null) => void
  self?: Located | null
  label: string
  how: string
  words: MapOptions["words"]
  tiles: MapOptions["tiles"]
}

/** The map, brought when it is looked at: a page without script, and one whose reader wants the list, never loads it. */
export default function Map({ shops, chosen, choose, self = null, label, how, words, tiles }: Props) {
  const { locale } = useRoot()
  const root = useRef<HTMLDivElement>(null)
  const map = useRef<ShopMap>(null)
  const latest = useRef({ shops, chosen, self, choose })
  latest.current = { shops, chosen, self, choose }
  useEffect(() => {
    let dropped = false
    void import("./shop-map.ts").then(({ ShopMap: Made }) => {
      if (dropped || !root.current) return
      map.current = new Made(root.current, { locale, words, tiles, choose: (code) => latest.current.choose(code) })
      map.current.show(latest.current.shops, true)
      map.current.mark(latest.current.chosen)
      if (latest.current.self) map.current.here(latest.current.self)
    })
    return () => {
      dropped = true
      map.current?.drop()
      map.current = null
    }
  }, [locale])
  useEffect(() => map.current?.show(shops, true), [shops])
  useEffect(() => map.current?.mark(chosen), [chosen])
  useEffect(() => {
    if (self) map.current?.here(self)
  }, [self])
  return (
    <div
      ref={root}
      className="map needs-script"
      role="application"
      aria-label={`${label}. ${how}`}
      tabIndex={0}
      onKeyDown={(event) => event.key === "Escape" && choose(null)}
    />
  )
}
