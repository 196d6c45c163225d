import { refuserOf } from "@mila/kernel"

export type MediaRefusal =
  /** no JPEG, PNG, WebP, GIF, AVIF or HEIF, damaged, or larger than a picture of goods is */
  "picture_unfit"

export const refuse = refuserOf<MediaRefusal>()
