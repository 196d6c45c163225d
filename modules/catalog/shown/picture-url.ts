import { createHash } from "node:crypto"
import type { Picture } from "../put-groups.ts"

/** Widths a photograph is made in. */
const WIDTHS = [120, 240, 480, 800, 1_200] as const
const FOR_OTHERS = 1_200

/** A picture as a page shows it: addresses by width where there are several, and its size, so that nothing moves when it comes. */
export type Shot = { src: string; srcSet: string | null; width: number; height: number }

/** Where a picture of a thing is found, as anybody draws it. The address changes with the picture, so that it may be kept for ever. */
export function pictureUrl(group: number, place: number, picture: Picture): string {
  return "kept" in picture ? keptUrl(picture.kept, FOR_OTHERS, ".jpg") : `/pictures/${group}/${place}-${fingerprint(picture)}`
}

/** The same of a variant. */
export function variantPictureUrl(group: number, sku: string, picture: Picture): string {
  return "kept" in picture
    ? keptUrl(picture.kept, FOR_OTHERS, ".jpg")
    : `/pictures/${group}/${encodeURIComponent(sku)}/${fingerprint(picture)}`
}

/** The same for a page of ours. A drawn packshot is as large as it is wanted. */
export function shotOf(picture: Picture, drawnUrl: string): Shot {
  if (!("kept" in picture)) return { src: drawnUrl, srcSet: null, width: 400, height: 400 }
  const { kept, width, height } = picture
  const narrower = WIDTHS.filter((one) => one < width)
  const widths = [...narrower, ...WIDTHS.filter((one) => one >= width).slice(0, 1)]
  const srcSet = widths.map((one) => `${keptUrl(kept, one)} ${Math.min(one, width)}w`).join(", ")
  return { src: keptUrl(kept, widths.find((one) => one >= 480) ?? widths.at(-1)!), srcSet, width, height }
}

const keptUrl = (print: string, width: number, ending = ""): string => `/pictures/kept/${print}-${width}${ending}`

const fingerprint = (picture: Picture): string => createHash("sha256").update(JSON.stringify(picture)).digest("base64url").slice(0, 10)
