import { type GroupPage, pictureUrl, type Shot, shotOf, type ShownVariant, variantPictureUrl } from "@mila/catalog"

/** A thing's pictures; the first is the chosen variant's own where it has one. */
export function picturesOf({ no, pictures }: GroupPage, chosen: ShownVariant | undefined): Shot[] {
  const all = pictures.map((picture, place) => shotOf(picture, pictureUrl(no, place, picture)))
  return chosen?.picture ? [shotOf(chosen.picture, variantPictureUrl(no, chosen.sku, chosen.picture)), ...all.slice(1)] : all
}
