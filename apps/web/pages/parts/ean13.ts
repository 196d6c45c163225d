// GS1 General Specifications, 5.2: which of the left digits are mirrored, by the first one
const PARITY = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]
const LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]

/** The bars of an EAN-13 (ISO/IEC 15420) as an SVG path, 95 modules wide and `height` high. */
export function ean13Path(digits: string, height: number): string {
  const modules = modulesOf(digits)
  let path = ""
  for (let at = 0; at < modules.length;) {
    const end = modules.indexOf("0", at)
    if (modules[at] === "0") {
      at = modules.indexOf("1", at)
      if (at < 0) break
      continue
    }
    const width = (end < 0 ? modules.length : end) - at
    path += `M${at} 0h${width}v${height}h-${width}z`
    at += width
  }
  return path
}

/** `1` is a bar, `0` a space, 95 in all. */
function modulesOf(digits: string): string {
  const parity = PARITY[Number(digits[0])]!
  const invert = (pattern: string) => [...pattern].map((module) => (module === "1" ? "0" : "1")).join("")
  const mirror = (pattern: string) => [...invert(pattern)].toReversed().join("")
  const pattern = (place: number) => LEFT[Number(digits[place])]!
  const left = [1, 2, 3, 4, 5, 6].map((place) => (parity[place - 1] === "L" ? pattern(place) : mirror(pattern(place)))).join("")
  const right = [7, 8, 9, 10, 11, 12].map((place) => invert(pattern(place))).join("")
  return `101${left}01010${right}101`
}
