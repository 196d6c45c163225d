import { png } from "./png.ts"

// The pictures of a pass, drawn by ourselves: a card with a barcode on it. Lengths are shares of the picture's side.

const CARD = { left: 0.14, right: 0.86, top: 0.26, bottom: 0.74, corner: 0.09 }
const BARS: readonly (readonly [from: number, to: number])[] = [
  [0.25, 0.31],
  [0.36, 0.39],
  [0.44, 0.52],
  [0.57, 0.6],
  [0.65, 0.75],
]
const BAR = { top: 0.36, bottom: 0.64 }
const SIDES = { icon: 29, logo: 50 } // points of Apple's; a picture each for screens of one, two and three pixels a point
const SCALES = { "": 1, "@2x": 2, "@3x": 3 }
const SAMPLES = 4 // a side: sixteen looks at a pixel make a smooth edge; a large picture needs four

const GOOGLE_SIDE = 660 // Google cuts a circle out of it

type Colour = readonly [red: number, green: number, blue: number]

const DRAWN = new Map<string, Record<string, Buffer>>()

/** icon and logo in all three scales, by file name. Drawn once for each pair of colours (`#rrggbb`). */
export function picturesOf({ background, text }: { background: string; text: string }): Record<string, Buffer> {
  const key = background + text
  let pictures = DRAWN.get(key)
  if (!pictures) {
    if (DRAWN.size >= 20) DRAWN.clear()
    const scales = Object.entries(SCALES)
    const icons = scales.map(([suffix, scale]) => [`icon${suffix}.png`, picture(SIDES.icon * scale, { ink: text, paper: background })])
    const logos = scales.map(([suffix, scale]) => [`logo${suffix}.png`, picture(SIDES.logo * scale, { ink: text, paper: null })])
    DRAWN.set(key, (pictures = Object.fromEntries([...icons, ...logos]) as Record<string, Buffer>))
  }
  return pictures
}

/** The programme's picture for Google, drawn once for each pair of colours. */
export function programmeLogo({ colours: { background, text } }: { colours: { background: string; text: string } }): Buffer {
  const key = `logo${background}${text}`
  const pictures = DRAWN.get(key) ?? { logo: picture(GOOGLE_SIDE, { ink: text, paper: background, samples: SAMPLES / 2 }) }
  DRAWN.set(key, pictures)
  return pictures["logo"]!
}

/** `paper` null leaves what is not ink transparent. */
function picture(side: number, { ink, paper, samples = SAMPLES }: { ink: string; paper: string | null; samples?: number }): Buffer {
  const rgba = Buffer.alloc(side * side * 4)
  const [front, back] = [rgbOf(ink), rgbOf(paper ?? ink)]
  for (let place = 0; place < side * side; place += 1) {
    const covered = coverage(place % side, Math.floor(place / side), { side, samples })
    const pixel = front.map((level, channel) => Math.floor(level * covered + back[channel]! * (1 - covered)))
    rgba.set([...pixel, paper === null ? Math.floor(255 * covered) : 255], place * 4)
  }
  return png({ width: side, height: side, rgba })
}

/** How much of a pixel is ink, from 0 to 1. */
function coverage(column: number, row: number, { side, samples }: { side: number; samples: number }): number {
  let hits = 0
  for (let look = 0; look < samples ** 2; look += 1) {
    const x = (column + ((look % samples) + 0.5) / samples) / side
    const y = (row + (Math.floor(look / samples) + 0.5) / samples) / side
    if (isInk(x, y)) hits += 1
  }
  return hits / samples ** 2
}

function isInk(x: number, y: number): boolean {
  const { left, right, top, bottom, corner } = CARD
  const across = Math.max(left + corner - x, x - right + corner, 0)
  const down = Math.max(top + corner - y, y - bottom + corner, 0)
  const isCard = Math.hypot(across, down) <= corner
  const isBar = y >= BAR.top && y <= BAR.bottom && BARS.some(([from, to]) => x >= from && x <= to)
  return isCard && !isBar
}

function rgbOf(colour: string): Colour {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** As Apple writes a colour: `rgb(27, 94, 32)`. */
export const rgbText = (colour: string): string => `rgb(${rgbOf(colour).join(", ")})`
