import { text } from "./setting-kinds.ts"

/** What the shops stand on: Mila's own map of Belarus, or tiles of a source the chain has a contract with. */
export const MAP_SETTINGS = {
  mapTiles: text({
    name: "MILA_MAP_TILES",
    meaning: "A source of map tiles, https://…/{z}/{x}/{y}.png; without one the shops stand on Mila's own map of Belarus",
    unit: "URL",
    form: /^https:\/\/[a-z0-9.-]+(?::\d+)?\/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})[^\s"'<>;,]+$/,
    saying: "is https://… with {z}, {x} and {y} in it",
    otherwise: null,
  }),
  mapCredit: text({
    name: "MILA_MAP_CREDIT",
    meaning: "What the source of map tiles asks to be said of it, shown on the map",
    unit: "text",
    otherwise: null,
  }),
}

type MapSettings = { readonly mapTiles?: string | null; readonly mapCredit?: string | null }

/** A source of tiles is never shown without its credit. */
export function mapFaults({ mapTiles, mapCredit }: MapSettings): string[] {
  return mapTiles && !mapCredit ? [`${MAP_SETTINGS.mapCredit.name} must be set with ${MAP_SETTINGS.mapTiles.name}`] : []
}

/** The tiles as pages are told of them. */
export const tilesOf = ({ mapTiles, mapCredit }: MapSettings): { url: string; credit: string } | null =>
  mapTiles && mapCredit ? { url: mapTiles, credit: mapCredit } : null
