// The door of members' own apps: the whole account as JSON under /api/v1, with tokens for each device.
export { accountDoor } from "./door.ts"
export type { AccountContext } from "./context.ts"
