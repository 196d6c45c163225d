/** A picture as it may be shown: of a type browsers draw, told by its bytes and not by its name, and without what a camera wrote into it. */
export type CleanPicture = { type: "image/jpeg" | "image/png" | "image/webp"; bytes: Uint8Array<ArrayBuffer> }

/** Cleans a picture; undefined for what is none, is damaged, or is of another type. */
export function cleaned(bytes: Buffer): CleanPicture | undefined {
  const parts = isJpeg(bytes) ? jpegParts(bytes) : isPng(bytes) ? pngParts(bytes) : isWebp(bytes) ? webpParts(bytes) : undefined
  if (!parts) return undefined
  const type = isJpeg(bytes) ? "image/jpeg" : isPng(bytes) ? "image/png" : "image/webp"
  return { type, bytes: new Uint8Array(Buffer.concat(parts)) }
}

const PNG = Buffer.from("89504e470d0a1a0a", "hex")
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(PNG)
const isWebp = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP"

/** ITU T.81: segments up to the scan; APP1 (EXIF, XMP), APP3–APP13, APP15 and comments are left out, JFIF, colour profile and Adobe's stay. */
function jpegParts(bytes: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [bytes.subarray(0, 2)]
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xda) return [...parts, bytes.subarray(at)]
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const isKept = marker === 0xe0 || marker === 0xe2 || marker === 0xee || (marker < 0xe0 && marker >= 0xc0)
    if (isKept) parts.push(bytes.subarray(at, end))
    at = end
  }
  return undefined
}

const SHOWN_CHUNKS = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"])

/** PNG: only what is drawn. */
function pngParts(bytes: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [PNG]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const name = bytes.toString("latin1", at + 4, at + 8)
    if (end > bytes.length) return undefined
    if (SHOWN_CHUNKS.has(name)) parts.push(bytes.subarray(at, end))
    if (name === "IEND") return parts
    at = end
  }
  return undefined
}

/** WebP: chunks without EXIF and XMP; their flags go too. */
function webpParts(bytes: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    const name = bytes.toString("latin1", at, at + 4)
    if (end > bytes.length) return undefined
    const chunk = Buffer.from(bytes.subarray(at, end))
    if (name === "VP8X") chunk[8]! &= ~0b1100
    if (name !== "EXIF" && name !== "XMP ") parts.push(chunk)
    at = end
  }
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return [head, ...parts]
}
