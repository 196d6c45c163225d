// The web's door. The internet shop and the personal account grow here; now it says what runs at this address.
export { webDoor } from "./door.ts"
