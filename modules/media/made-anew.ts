import { createHash } from "node:crypto"
import sharp from "sharp"
import { refuse } from "./refusals.ts"

export type Decoded = { print: string; width: number; height: number; bytes: Buffer }

const MOST_BYTES = 20_000_000
const MOST_PIXELS = 50_000_000
/** What a screen of today shows at most of one thing. */
const LONGEST_SIDE = 2_000
const FORMATS = new Set(["jpeg", "png", "webp", "gif", "heif", "avif"])

/**
 * A picture somebody sent, made anew: told by its bytes and not by its name, decoded, turned upright, made smaller where it is huge, and written as WebP. Where it was taken,
 * by whom, and any other format inside are gone (A49). Errors: picture_unfit.
 */
export async function madeAnew(file: Uint8Array): Promise<Decoded> {
  if (file.byteLength === 0 || file.byteLength > MOST_BYTES) refuse("picture_unfit", { bytes: file.byteLength })
  try {
    const picture = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: "error", pages: 1 })
    const { format } = await picture.metadata()
    if (!FORMATS.has(format)) return refuse("picture_unfit", { format })
    const { data, info } = await picture
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 90, effort: 3 })
      .toBuffer({ resolveWithObject: true })
    const print = createHash("sha256").update(data).digest("hex").slice(0, 32)
    return { print, width: info.width, height: info.height, bytes: data }
  } catch {
    return refuse("picture_unfit")
  }
}
