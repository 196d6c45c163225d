// The back office's door: a JSON API under /office/v1. Of its pages it has the one where staff sign in; the others come later and call the same modules.
export { officeDoor } from "./door.ts"
export { ADJUSTMENT_LIMITS, type OfficeContext } from "./context.ts"
