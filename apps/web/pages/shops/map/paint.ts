import { onScreen, type Sight, TILE, type World, worldOf } from "./mercator.ts"

// The ground the marks stand on: drawn from our own small base map, and over it from tiles where the chain has a source of them.

type Packed = readonly number[]

/** belarus.json, drawn by tools/base-map.ts: thousandths of a degree, each as the step from the one before. */
export type BaseMap = {
  outline: Packed
  regions: readonly Packed[]
  roads: readonly Packed[]
  rivers: readonly Packed[]
  towns: readonly (readonly [ru: string, be: string, en: string, longitude: number, latitude: number, rank: 0 | 1 | 2])[]
}

export type Ground = Record<"outline" | "regions" | "roads" | "rivers", World[][]> & { towns: { name: string; at: World; rank: number }[] }

const NAMES = { ru: 0, be: 1, en: 2 } as const
/** from which zoom on towns of a rank are named */
const NAMED_FROM = [0, 7, 8.6] as const
const MOST_TILES = 180

export function groundOf(map: BaseMap, locale: keyof typeof NAMES): Ground {
  const lines = (packed: readonly Packed[]) => packed.map(unpacked)
  return {
    ...{ outline: lines([map.outline]), regions: lines(map.regions), roads: lines(map.roads), rivers: lines(map.rivers) },
    towns: map.towns.map((town) => ({
      ...{ name: town[NAMES[locale]], rank: town[5] },
      at: worldOf({ longitude: town[3] / 1000, latitude: town[4] / 1000 }),
    })),
  }
}

function unpacked(steps: Packed): World[] {
  const line: World[] = []
  let [longitude, latitude] = [0, 0]
  for (let place = 0; place < steps.length; place += 2) {
    longitude += steps[place]!
    latitude += steps[place + 1]!
    line.push(worldOf({ longitude: longitude / 1000, latitude: latitude / 1000 }))
  }
  return line
}

export type Canvas = { paper: CanvasRenderingContext2D; width: number; height: number; colour: (name: string) => string }

/** Draws all of the ground at a sight. */
export function paintGround(canvas: Canvas, ground: Ground | undefined, sight: Sight): void {
  const { paper, width, height, colour } = canvas
  paper.fillStyle = colour("--map-far")
  paper.fillRect(0, 0, width, height)
  if (!ground) return
  paper.lineJoin = "round"
  paper.lineCap = "round"
  trace(canvas, ground.outline, sight)
  paper.fillStyle = colour("--map-land")
  paper.fill()
  stroke(canvas, colour("--map-border"), 1.75)
  trace(canvas, ground.rivers, sight)
  stroke(canvas, colour("--map-water"), Math.min(5, Math.max(1.25, sight.zoom - 5.5)))
  trace(canvas, ground.regions, sight)
  stroke(canvas, colour("--map-region"), 1.25, [2, 5])
  trace(canvas, ground.roads, sight)
  const road = Math.min(7, Math.max(1.5, (sight.zoom - 5) * 0.9))
  stroke(canvas, colour("--map-region"), road + 1)
  stroke(canvas, colour("--map-road"), road)
}

/** Names of towns, the greater first; none over another. */
export function paintNames(canvas: Canvas, ground: Ground | undefined, sight: Sight): void {
  const { paper, width, height, colour } = canvas
  const taken: { left: number; top: number; right: number; bottom: number }[] = []
  paper.textAlign = "center"
  paper.lineWidth = 3.5
  for (const { name, at, rank } of ground?.towns ?? []) {
    if (sight.zoom < NAMED_FROM[rank]!) continue
    const { x, y } = placed(canvas, at, sight)
    if (x < -60 || y < -20 || x > width + 60 || y > height + 20) continue
    paper.font = `${rank === 0 ? 600 : 400} ${15 - rank * 1.5}px system-ui, sans-serif`
    const half = paper.measureText(name).width / 2
    const below = rank === 0 && sight.zoom < 9 ? 40 : 22 // there is always a mark on a great town
    const box = { left: x - half, top: y + below - 14, right: x + half, bottom: y + below + 4 }
    if (taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top))
      continue
    taken.push(box)
    paper.fillStyle = colour("--map-name")
    paper.strokeStyle = colour("--map-land")
    paper.beginPath()
    paper.arc(x, y, rank === 0 ? 3.5 : 2.5, 0, 7)
    paper.fill()
    paper.strokeText(name, x, y + below)
    paper.fillText(name, x, y + below)
  }
}

/** Where the person stands. */
export function paintSelf(canvas: Canvas, at: World, sight: Sight): void {
  const { paper, colour } = canvas
  const { x, y } = placed(canvas, at, sight)
  paper.fillStyle = colour("--map-self")
  paper.strokeStyle = "#fff"
  paper.lineWidth = 3
  paper.beginPath()
  paper.arc(x, y, 8, 0, 7)
  paper.fill()
  paper.stroke()
}

function trace(canvas: Canvas, lines: readonly World[][], sight: Sight): void {
  canvas.paper.beginPath()
  for (const line of lines) {
    line.forEach((at, place) => {
      const { x, y } = placed(canvas, at, sight)
      if (place === 0) canvas.paper.moveTo(x, y)
      else canvas.paper.lineTo(x, y)
    })
  }
}

function stroke({ paper }: Canvas, style: string, width: number, dash: number[] = []): void {
  paper.strokeStyle = style
  paper.lineWidth = width
  paper.setLineDash(dash)
  paper.stroke()
  paper.setLineDash([])
}

function placed({ width, height }: Canvas, at: World, sight: Sight): World {
  const { x, y } = onScreen(at, sight)
  return { x: x + width / 2, y: y + height / 2 }
}

/** Tiles of the chain's own source (`https://…/{z}/{x}/{y}.png`), kept while they are looked at; `ready` is told when one more came. */
export function tilesFrom(template: string, ready: () => void) {
  const kept = new Map<string, HTMLImageElement>()
  const imageOf = (key: string, address: string): HTMLImageElement => {
    let image = kept.get(key)
    if (!image) {
      image = new Image()
      image.addEventListener("load", ready)
      image.src = address
    }
    kept.delete(key) // what was looked at last is kept longest
    kept.set(key, image)
    for (const old of kept.keys()) if (kept.size > MOST_TILES) kept.delete(old)
    return image
  }
  return function paintTiles(canvas: Canvas, sight: Sight): void {
    const z = Math.max(0, Math.floor(sight.zoom + 0.25))
    const many = 2 ** z
    const size = TILE * 2 ** (sight.zoom - z)
    const [halfX, halfY] = [canvas.width / 2 / size, canvas.height / 2 / size]
    const [cx, cy] = [sight.middle.x * many, sight.middle.y * many]
    for (let x = Math.floor(cx - halfX); x <= cx + halfX; x += 1) {
      for (let y = Math.max(0, Math.floor(cy - halfY)); y <= Math.min(many - 1, cy + halfY); y += 1) {
        const column = ((x % many) + many) % many
        const address = template.replace("{z}", String(z)).replace("{x}", String(column)).replace("{y}", String(y))
        const image = imageOf(`${z}/${column}/${y}`, address)
        if (!image.complete || image.naturalWidth === 0) continue
        const [left, top] = [(x - cx) * size + canvas.width / 2, (y - cy) * size + canvas.height / 2]
        canvas.paper.drawImage(image, left, top, size + 0.5, size + 0.5)
      }
    }
  }
}
