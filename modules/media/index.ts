// The public face of pictures.
export { drawPackshot, type Packshot } from "./packshot/draw.ts"
