/** What a shape is painted with: references to gradients of the picture, and plain colours. */
export type Paint = {
  /** the body, lit from the left */
  body: string
  /** lid, cap, handle */
  cap: string
  accent: string
  /** plain colour of words that can be read on the body, and on the cap */
  ink: string
  capInk: string
}

/** A rectangle with round corners. */
export const box = (x: number, y: number, width: number, height: number, round: number, fill: string, more = ""): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"${more}/>`

export const path = (d: string, fill: string, more = ""): string => `<path d="${d}" fill="${fill}"${more}/>`

export const oval = (x: number, y: number, width: number, height: number, fill: string, more = ""): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${height}" fill="${fill}"${more}/>`

/** A streak of light on something round. */
export const light = (x: number, y: number, width: number, height: number, strength = 0.35): string =>
  box(x, y, width, height, width / 2, "#fff", ` opacity="${strength}"`)

/** Colours `#rrggbb` mixed: `share` of the second. */
export function mixed(one: string, other: string, share: number): string {
  const channels = [1, 3, 5].map((place) => {
    const [from, to] = [Number.parseInt(one.slice(place, place + 2), 16), Number.parseInt(other.slice(place, place + 2), 16)]
    return Math.floor(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0")
  })
  return `#${channels.join("")}`
}

/** How bright a colour looks, 0–1 (ITU-R BT.601). */
export function brightness(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16))
  return (0.299 * red! + 0.587 * green! + 0.114 * blue!) / 255
}
