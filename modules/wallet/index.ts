// The public face of wallet passes: a member's card as Apple Wallet and Google Wallet show it.
export type { Pass, Programme } from "./pass.ts"
export { type AppleKeys, applePass, type PassUpdates } from "./apple-pass.ts"
export type { GoogleKeys } from "./google-keys.ts"
export { type LoyaltyClass, loyaltyClass, type LoyaltyObject, type RotatingBarcode, type RotatingDevice } from "./google-object.ts"
export { googleSaveLink } from "./google-pass.ts"
export { googleInsert, GoogleWalletAway } from "./google-insert.ts"
