// The tills' door: /pos/v1 for machines, /docs for people.
export { tillDoor } from "./till-door.ts"
export type { TillDoorContext, TillDoorSettings } from "./context.ts"
