import { escaped } from "@mila/kernel"
import { brightness, mixed, oval, type Paint } from "./paint.ts"
import { SHAPES } from "./shapes.ts"

/** A drawn packshot: what it is, its colours `#rrggbb` (body, cap, accent), and the words on it. */
export type Packshot = { shape: string; colours: readonly string[]; brand: string; line: string }

/** An SVG of 400 × 400 of a package on a soft ground. Text goes in as text, colours only as `#rrggbb`; an unknown shape is a box. */
export function drawPackshot({ shape, colours, brand, line }: Packshot): string {
  const [body, cap = body, accent = cap] = colours.filter((colour) => /^#[\da-f]{6}$/.test(colour)) as [string, string?, string?]
  const main = body ?? "#f4f1ec"
  const lid = cap ?? "#8c1f45"
  const paint: Paint = {
    ...{ body: "url(#b)", cap: "url(#c)", accent: accent ?? lid },
    ink: brightness(main) > 0.55 ? mixed(lid, "#1d1016", brightness(lid) > 0.5 ? 0.75 : 0.2) : "#fff8f4",
    capInk: brightness(lid) > 0.55 ? "#2a1a20" : "#fff8f4",
  }
  const { drawing, label } = (SHAPES[shape] ?? SHAPES["box"]!)(paint)
  const words = label.on === "none" ? "" : wordsOn({ brand, line, label, ink: label.on === "cap" ? paint.capInk : paint.ink })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">`,
    `<defs>${gradient("b", main)}${gradient("c", lid)}<radialGradient id="g" cy=".42"><stop stop-color="${mixed(paint.accent, "#ffffff", 0.72)}"/><stop offset="1" stop-color="${mixed(paint.accent, "#fffaf6", 0.93)}"/></radialGradient></defs>`,
    `<rect width="400" height="400" fill="url(#g)"/>`,
    oval(200, 352, 118, 13, mixed(lid, "#3a2530", 0.6), ' opacity=".16"'),
    drawing,
    words,
    "</svg>",
  ].join("")
}

/** Lit from the left, darker towards the right edge. */
function gradient(id: string, colour: string): string {
  const [bright, dark] = [mixed(colour, "#ffffff", 0.28), mixed(colour, "#2a1020", 0.2)]
  return `<linearGradient id="${id}"><stop stop-color="${mixed(colour, "#2a1020", 0.06)}"/><stop offset=".22" stop-color="${bright}"/><stop offset=".6" stop-color="${colour}"/><stop offset="1" stop-color="${dark}"/></linearGradient>`
}

type Words = { brand: string; line: string; label: { x: number; y: number; width: number }; ink: string }

function wordsOn({ brand, line, label: { x, y, width }, ink }: Words): string {
  if (width < 50) return ""
  const size = fitted(brand, width, 26)
  const small = fitted(line, width, 15)
  const of = (text: string, at: number, px: number, family: string): string =>
    `<text x="${x}" y="${at}" font-size="${px}" font-family="${family}" fill="${ink}" text-anchor="middle">${escaped(text)}</text>`
  return of(brand, y, size, "Georgia,serif") + (width >= 70 ? of(line, y + size * 0.5 + small + 4, small, "system-ui,sans-serif") : "")
}

/** The largest size at which a text fits a width; letters are about six tenths as wide as high. */
const fitted = (text: string, width: number, most: number): number =>
  Math.max(7, Math.min(most, Math.floor(width / (Math.max(3, text.length) * 0.58))))
