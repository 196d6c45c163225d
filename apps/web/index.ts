// The web's door: the shop and the personal account.
export { webDoor, type WebContext } from "./door.ts"
export type { Seller } from "./visit.ts"
