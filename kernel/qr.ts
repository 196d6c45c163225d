import { encode } from "uqr"

/** A QR code (ISO/IEC 18004, level M) as one SVG path, with the quiet zone of four modules it needs. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: "M", border: 4 })
  let path = ""
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const from = x
      while (row[x]) x += 1 // neighbours are one bar
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`
    }
  })
  return { size, path }
}
