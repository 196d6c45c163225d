import { createHash } from "node:crypto"
import type { Picture } from "../put-groups.ts"

/** Where a picture of a thing is found. The address changes with the picture, so that it may be kept for ever. */
export function pictureUrl(group: number, place: number, picture: Picture): string {
  return `/pictures/${group}/${place}-${fingerprint(picture)}`
}

/** The same of a variant. */
export function variantPictureUrl(group: number, sku: string, picture: Picture): string {
  return `/pictures/${group}/${encodeURIComponent(sku)}/${fingerprint(picture)}`
}

const fingerprint = (picture: Picture): string => createHash("sha256").update(JSON.stringify(picture)).digest("base64url").slice(0, 10)
