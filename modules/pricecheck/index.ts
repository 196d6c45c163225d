// The public face of price checks: what people tell about prices in the shop, and what we answer.
export {
  answerPriceClaim,
  claimPrice,
  claimsOfPerson,
  type ClaimOutcome,
  type Evidence,
  forgetClaimsOf,
  type PriceClaim,
  priceClaims,
} from "./claims.ts"
export { sealShownPrice, shownPriceOf } from "./shown-price.ts"
export { type CodeSeen, isWorldwide, recordUnknownCodes, settleUnknownCode, type UnknownCode, unknownCodes } from "./unknown-codes.ts"
export type { PriceCheckRefusal } from "./refusals.ts"
