import sharp from "sharp"
import { refuse } from "./refusals.ts"
import { REVIEW_RULES } from "./review-rules.ts"

export type Photo = { image: Buffer; width: number; height: number }

const MOST_PIXELS = 50_000_000

/**
 * A picture somebody sent, made anew: decoded, turned upright, made smaller and written as WebP. Whatever else the file held (place, camera, owner, another
 * format inside) is gone. Refuses `photo_unfit` for what is no JPEG, PNG, WebP, AVIF or HEIF, and for what is too big.
 */
export async function madeAnew(file: Uint8Array): Promise<Photo> {
  if (file.byteLength === 0 || file.byteLength > REVIEW_RULES.mostPhotoBytes) refuse("photo_unfit")
  try {
    const picture = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: "error", pages: 1 })
    const { format } = await picture.metadata()
    if (!["jpeg", "png", "webp", "heif", "avif"].includes(format ?? "")) return refuse("photo_unfit")
    const side = REVIEW_RULES.longestSide
    const { data, info } = await picture
      .rotate()
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer({ resolveWithObject: true })
    return { image: data, width: info.width, height: info.height }
  } catch {
    return refuse("photo_unfit")
  }
}
