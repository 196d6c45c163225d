// The door for machines that bring and fetch goods: 1C's exchange with a site, files of other sources, and YML feeds for who shows our goods.
export { exchangeDoor, type ExchangeContext } from "./door.ts"
