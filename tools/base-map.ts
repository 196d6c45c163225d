// Draws the base map of Belarus that the shop's map stands on, small enough to travel with the page:
//   node tools/base-map.ts <countries-10m.json of npm world-atlas 2.0.2> > apps/web/pages/shops/map/belarus.json
// The outline is Natural Earth (public domain); towns are Wikidata (CC0); roads and rivers are drawn from town to town, and borders of regions half-way between
// towns of different regions: true at the size of a country, a sketch at the size of a street (docs/decisions/0024).
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { FIRST, type Line, type Point, RIVERS, ROADS, SECOND } from "./base-map-lines.ts"

type Town = { ru: string; be: string; en: string; at: Point; region: string }

const PLACES = resolve(import.meta.dirname, "../modules/shops/places.ts")
/** The region of each place, in the order of that file: Brest, Homiel, Grodno, Minsk, mOgilev, Vitebsk. */
const REGION_OF =
  "BBVVBOMBGVMOVVGHMVHVBHOHVHVVMVGMGVBBVOHOMBVGBMVHVBOBVGVOHBGHHMHMGMBBMGHBOMOOBGHHMVGHBOHVMOGMOOMHVGVBMHBVMGBBMMBMVGOHMGOMHMGGVVVHHVVVOGGGHHBMVVGGVMBMGHHVGVMBHMGVGOGMMMGMGHMMMBHVOBHVHHMMVMHMOOVMOHVBOVGGV"
const BELARUS = "112" // ISO 3166-1 numeric
const GRID = 0.06 // degrees between the points where borders of regions are looked for

function towns(): Town[] {
  const rows = [...readFileSync(PLACES, "utf8").matchAll(/\["(.+?)", "(.+?)", "(.+?)", ([\d.]+), ([\d.]+)\]/g)]
  if (rows.length !== REGION_OF.length) throw new Error(`${rows.length} places, ${REGION_OF.length} regions: bring them together`)
  return rows.map(([, ru = "", be = "", en = "", latitude, longitude], place) => {
    return { ru, be, en, at: [Number(longitude), Number(latitude)], region: REGION_OF[place]! }
  })
}

/** The rings of a country in a TopoJSON file: arcs are deltas on a grid. */
function outlineOf(file: string): Line[] {
  const { transform, arcs, objects } = JSON.parse(readFileSync(file, "utf8"))
  const { scale, translate } = transform
  const country = objects.countries.geometries.find(({ id }: { id: string }) => id === BELARUS)
  const lineOf = (arc: number): Line => {
    let [x, y] = [0, 0]
    const line = arcs[arc < 0 ? ~arc : arc].map(([dx, dy]: [number, number]): Point => [
      (x += dx) * scale[0] + translate[0],
      (y += dy) * scale[1] + translate[1],
    ])
    return arc < 0 ? line.toReversed() : line
  }
  const polygons: number[][][] = country.type === "Polygon" ? [country.arcs] : country.arcs
  return polygons.map(([outer = []]) => outer.flatMap((arc) => lineOf(arc)))
}

/** Leaves out what is nearer than `tolerance` to the line between its neighbours (Ramer, Douglas, Peucker). */
function simplified(line: Line, tolerance: number): Line {
  if (line.length < 3) return line
  const [[ax, ay], [bx, by]] = [line[0]!, line.at(-1)!]
  const length = Math.hypot(bx - ax, by - ay)
  let [far, most] = [0, 0]
  line.forEach(([x, y], place) => {
    const off = length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
    if (off > most) [far, most] = [place, off]
  })
  if (most <= tolerance) return [line[0]!, line.at(-1)!]
  return [...simplified(line.slice(0, far + 1), tolerance).slice(0, -1), ...simplified(line.slice(far), tolerance)]
}

/** Cuts corners (Chaikin), ends stay. */
function smooth(line: Line, times: number): Line {
  if (times === 0 || line.length < 3) return line
  const cut = line.slice(1).flatMap(([bx, by], place): Line => {
    const [ax, ay] = line[place]!
    return [
      [ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25],
      [ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75],
    ]
  })
  return smooth([line[0]!, ...cut, line.at(-1)!], times - 1)
}

function isInside([x, y]: Point, ring: Line): boolean {
  let inside = false
  ring.forEach(([ax, ay], place) => {
    const [bx, by] = ring[(place + 1) % ring.length]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}

/** Where the nearest town of one region is as far as that of another: marching squares over the difference, joined into lines. */
function regionBorders(all: readonly Town[], ring: Line): Line[] {
  const regions = [...new Set(all.map(({ region }) => region))].toSorted()
  const away = (at: Point, is: (town: Town) => boolean): number =>
    Math.min(...all.filter(is).map((town) => Math.hypot((town.at[0] - at[0]) * 0.6, town.at[1] - at[1])))
  return regions.flatMap((region, place) => {
    const excess = (at: Point): number => away(at, (town) => town.region === region) - away(at, (town) => town.region !== region)
    const isFirst = (at: Point): boolean => {
      const others = regions.filter((other) => other !== region).map((other) => [away(at, (town) => town.region === other), other] as const)
      return regions.indexOf(others.toSorted((one, two) => one[0] - two[0])[0]![1]) > place
    }
    return joined(crossings(excess).filter(([from]) => isInside(from, ring) && isFirst(from)))
  })
}

function crossings(value: (at: Point) => number): [Point, Point][] {
  const found: [Point, Point][] = []
  const row = (y: number): number[] => Array.from({ length: 172 }, (_, column) => value([23 + column * GRID, y]))
  let below = row(51)
  for (let y = 51; y < 56.3; y += GRID) {
    const above = row(y + GRID)
    for (let column = 0; column < 171; column += 1) {
      const x = 23 + column * GRID
      const corners: [Point, number][] = [
        [[x, y], below[column]!],
        [[x + GRID, y], below[column + 1]!],
        [[x + GRID, y + GRID], above[column + 1]!],
        [[x, y + GRID], above[column]!],
      ]
      const cuts = corners.flatMap(([a, va], place): Point[] => {
        const [b, vb] = corners[(place + 1) % 4]!
        const part = va / (va - vb)
        return va > 0 === vb > 0 ? [] : [[a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]]
      })
      for (let pair = 0; pair + 1 < cuts.length; pair += 2) found.push([cuts[pair]!, cuts[pair + 1]!])
    }
    below = above
  }
  return found
}

function joined(pieces: readonly [Point, Point][]): Line[] {
  const key = ([x, y]: Point): string => `${x.toFixed(5)},${y.toFixed(5)}`
  const left = new Set(pieces)
  const lines: Line[] = []
  for (const first of left) {
    left.delete(first)
    const line: Line = [...first]
    for (let grown = true; grown;) {
      grown = false
      for (const piece of left) {
        const [from, to] = [key(piece[0]), key(piece[1])]
        const [head, tail] = [key(line[0]!), key(line.at(-1)!)]
        if (from === tail) line.push(piece[1])
        else if (to === tail) line.push(piece[0])
        else if (from === head) line.unshift(piece[1])
        else if (to === head) line.unshift(piece[0])
        else continue
        left.delete(piece)
        grown = true
      }
    }
    if (line.length > 3) lines.push(line)
  }
  return lines
}

/** Thousandths of a degree, each as the step from the one before. */
function packed(line: Line): number[] {
  let [x, y] = [0, 0]
  return line.flatMap(([longitude, latitude]) => {
    const [nx, ny] = [Math.trunc(longitude * 1000), Math.trunc(latitude * 1000)]
    const step = [nx - x, ny - y]
    ;[x, y] = [nx, ny]
    return step
  })
}

const all = towns()
const townNamed = (name: string): Point => {
  const town = all.find(({ ru }) => ru === name)
  if (!town) throw new Error(`no place is called ${name}`)
  return town.at
}
const ring = outlineOf(process.argv[2]!).toSorted((one, other) => other.length - one.length)[0]!
const roads = ROADS.map((road) => road.map((stop) => (typeof stop === "string" ? townNamed(stop) : stop)))
const rank = ({ ru }: Town): number => (FIRST.has(ru) ? 0 : SECOND.has(ru) ? 1 : 2)
const map = {
  outline: packed(simplified(ring, 0.004)),
  regions: regionBorders(all, ring).map((line) => packed(simplified(smooth(line, 2), 0.01))),
  roads: roads.map((road) => packed(simplified(smooth(road, 2), 0.002))),
  rivers: RIVERS.map((river) => packed(simplified(smooth(river, 2), 0.002))),
  towns: all
    .toSorted((one, other) => rank(one) - rank(other))
    .map((town) => [town.ru, town.be, town.en, Math.trunc(town.at[0] * 1000), Math.trunc(town.at[1] * 1000), rank(town)]),
}
process.stdout.write(`${JSON.stringify(map)}\n`)
