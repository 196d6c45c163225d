// The public face of pictures.
export { drawPackshot, type Packshot } from "./packshot/draw.ts"
export { keepPicture, type KeptPicture } from "./keep.ts"
export { madeAnew, type Decoded } from "./made-anew.ts"
export { isRenditionType, renditionOf, type RenditionType, WIDTHS } from "./renditions.ts"
export type { MediaRefusal } from "./refusals.ts"
