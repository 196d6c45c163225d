// The web's door: the shop and the personal account.
import "./production.ts"
export { webDoor, type WebContext } from "./door.ts"
