// Web Mercator (EPSG:3857) on a world one unit wide, as map tiles have it, and marks that are put together where they would stand on each other.

/** x to the east, y to the south, 0–1 */
export type World = { x: number; y: number }

export type Located = { latitude: number; longitude: number }

/** What the map looks at: its middle, and how many times the world of one tile was doubled. */
export type Sight = { middle: World; zoom: number }

export const TILE = 256

export function worldOf({ latitude, longitude }: Located): World {
  const sine = Math.sin((latitude * Math.PI) / 180)
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) }
}

/** Pixels from the middle of the map. */
export function onScreen(at: World, { middle, zoom }: Sight): World {
  const wide = TILE * 2 ** zoom
  return { x: (at.x - middle.x) * wide, y: (at.y - middle.y) * wide }
}

/** The sight that holds all of these in a map of so many pixels. */
export function sightOf(all: readonly World[], { width, height }: { width: number; height: number }, most: number): Sight {
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const room = Math.max((right - left) / Math.max(width - 72, 40), (bottom - top) / Math.max(height - 96, 40), 1e-9)
  return { middle: { x: (left + right) / 2, y: (top + bottom) / 2 }, zoom: Math.min(most, -Math.log2(room * TILE)) }
}

export type Cluster<Thing> = { things: Thing[]; at: World }

/** Things nearer than `pixels` to each other's first, together; where they stand is the mean of all. */
export function clustersOf<Thing extends { at: World }>(
  things: readonly Thing[],
  { zoom, pixels }: { zoom: number; pixels: number },
): Cluster<Thing>[] {
  const reach = pixels / (TILE * 2 ** zoom)
  const cells = new Map<string, { first: World; things: Thing[] }[]>()
  const made: { first: World; things: Thing[] }[] = []
  for (const thing of things) {
    const [column, row] = [Math.floor(thing.at.x / reach), Math.floor(thing.at.y / reach)]
    let home: (typeof made)[number] | undefined
    for (let dx = -1; dx <= 1 && !home; dx += 1) {
      for (let dy = -1; dy <= 1 && !home; dy += 1) {
        home = cells.get(`${column + dx}/${row + dy}`)?.find(({ first }) => Math.hypot(first.x - thing.at.x, first.y - thing.at.y) < reach)
      }
    }
    if (home) home.things.push(thing)
    else {
      home = { first: thing.at, things: [thing] }
      made.push(home)
      const cell = `${column}/${row}`
      cells.set(cell, [...(cells.get(cell) ?? []), home])
    }
  }
  return made.map(({ things: together }) => ({ things: together, at: meanOf(together.map(({ at }) => at)) }))
}

const meanOf = (all: readonly World[]): World => ({
  x: all.reduce((sum, { x }) => sum + x, 0) / all.length,
  y: all.reduce((sum, { y }) => sum + y, 0) / all.length,
})

/** Kilometres as the crow flies (haversine). */
export function kilometresBetween(from: Located, to: Located): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  return 12_742 * Math.asin(Math.sqrt(half))
}
