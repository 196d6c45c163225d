import type { Facet } from "@mila/search"

/** `attributes`: in the order they are shown; `family`: those of the goods that are looked at, in theirs, none where nobody said */
type Order = { attributes: Iterable<string>; family: readonly string[] }

/**
 * Facets as a list shows them: attributes of the family's goods in its order, and no others but those that are chosen from; without a family all of them in theirs. Facets that
 * are no attributes stay where they are.
 */
export function facetsInOrder(facets: readonly Facet[], { attributes, family }: Order): Facet[] {
  const places = new Map([...new Set([...family, ...attributes])].map((code, place) => [code, place]))
  const own = new Set(family)
  const isWanted = ({ code, values }: Facet): boolean =>
    own.size === 0 || !places.has(code) || own.has(code) || values.some(({ chosen }) => chosen)
  const wanted = facets.filter(isWanted)
  const sorted = wanted
    .filter(({ code }) => places.has(code))
    .toSorted((one, other) => places.get(one.code)! - places.get(other.code)!)
    .values()
  return wanted.map((facet) => (places.has(facet.code) ? sorted.next().value! : facet))
}
