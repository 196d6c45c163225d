import { useCallback, useEffect, useState } from "react"
import { pathIn } from "../parts/address.ts"
import { keep } from "../parts/kept.ts"
import { useRoot } from "../parts/root-data.ts"
import { kilometresBetween, type Located } from "./map/mercator.ts"
import { type OpeningWords, type PlacedShop, placedShops, type Points } from "./points-kept.ts"

/** Every shop with how it is now, fetched when `wanted`; undefined until it came. */
export function usePlaces(wanted: boolean, words: OpeningWords): readonly PlacedShop[] | undefined {
  const { locale } = useRoot()
  const [places, setPlaces] = useState<readonly PlacedShop[]>()
  useEffect(() => {
    if (!wanted || places) return
    const aborted = new AbortController()
    void fetch(pathIn(locale, "/shops/points"), { signal: aborted.signal })
      .then((answer) => answer.json() as Promise<Points>)
      .then((points) => {
        setPlaces(placedShops(points, words, new Date()))
        return keep("points", points) // for when there is no network
      })
      .catch(() => undefined) // the list is there without it
    return () => aborted.abort()
  }, [wanted, places, locale, words])
  return places
}

export type Whereabouts = { state: "unasked" | "looking" | "denied" } | { state: "known"; at: Located }

/** Where the person is: asked only when they press for it, and told to nobody. */
export function useWhereabouts(): [Whereabouts, () => void] {
  const [where, setWhere] = useState<Whereabouts>({ state: "unasked" })
  const ask = useCallback(() => {
    if (!("geolocation" in navigator)) return setWhere({ state: "denied" })
    setWhere({ state: "looking" })
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => setWhere({ state: "known", at: { latitude, longitude } }),
      () => setWhere({ state: "denied" }),
      { maximumAge: 60_000, timeout: 10_000 },
    )
  }, [])
  return [where, ask]
}

/** The nearest first, with kilometres. */
export function nearestTo<Placed extends Located>(at: Located, places: readonly Placed[]): (Placed & { kilometres: number })[] {
  return places
    .map((place) => ({ ...place, kilometres: kilometresBetween(at, place) }))
    .toSorted((one, other) => one.kilometres - other.kilometres)
}
