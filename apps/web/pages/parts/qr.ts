import { encode } from "uqr"

/** A QR code (ISO/IEC 18004, level M) as one SVG path, with the quiet zone of four modules it needs. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: "M", border: 4 })
  let path = ""
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`
    }),
  )
  return { size, path }
}
