// The public face of the tills. What is not exported here does not exist for anyone else.
export {
  createTill,
  listTills,
  revokeTill,
  type Till,
  type TillAlgorithm,
  tillById,
  tillByKey,
  tillByNumber,
  type TillKey,
  type TillState,
} from "./tills.ts"
export { type Enrolled, enrolTill, issueEnrolmentCode, type PublicKey } from "./enrol.ts"
export {
  type Cancellation,
  type Identifier,
  type JournalItem,
  type Line,
  type Original,
  receiptIdOf,
  type Return,
  type Sale,
} from "./facts.ts"
export type { Tender, TenderType, TillIdentity, Voiding } from "./facts.ts"
export { identify, type IdentifyAsked } from "./identify.ts"
export { gainWithPartnerCard } from "./partner-gain.ts"
export { sendConfirmation } from "./confirmations.ts"
export { calculate, type CalculateAsked } from "./calculate.ts"
export { authorise, type AuthoriseAsked, type ProofGiven } from "./authorise.ts"
export { voidRedemption } from "./void-redemption.ts"
export { voidRedemptionsOfCard } from "./void-of-card.ts"
export { MOST_RECEIPTS, recordReceipts, type SaleToRecord } from "./record-receipts.ts"
export { cameBack, type LineTold } from "./came-back.ts"
export { recordReturn, type ReturnToRecord } from "./record-return.ts"
export { cancelReceipt } from "./cancel-receipt.ts"
export { type ItemResult, journalResult, type OtherItem, recordJournalItem } from "./journal.ts"
export { type OfflinePack, offlinePack, offlinePackVersion } from "./offline-pack.ts"
export { signAsUs, type VerificationKey, verificationKey } from "./pack-key.ts"
export { acknowledgeGaps, gapsOf, listGaps } from "./gaps.ts"
export { dismissFromQuarantine, quarantined, type QuarantinedFact, type QuarantineKind, type QuarantineState } from "./quarantine.ts"
export { releaseFromQuarantine } from "./release.ts"
export {
  explained,
  hiddenAmong,
  type Kept,
  keptPurchases,
  purchaseWith,
  receiptById,
  receiptsByIds,
  type ReceiptCursor,
  receiptOf,
  receiptsOf,
  receiptsOfTill,
  type ReceiptSummary,
  type WholeReceipt,
} from "./receipts-of.ts"
export { type Sold, SOLD_DAYS, soldLately, sumUpSold } from "./sold-lately.ts"
export { lastSumOfCard, takeReceiptsOfCard } from "./receipts-of-card.ts"
export { claimPoints, decidePointsClaim, POINTS_CLAIM_DECIDED, type PointsClaimDecided } from "./points-claims.ts"
export { type PointsClaim, pointsClaims, pointsClaimsOf } from "./points-claim-rows.ts"
export { POINTS_CLAIM_POLICY, type PointsClaimReason } from "./points-claim-rules.ts"
export { decideDisowned, disown, type Disowned, disowned, disownedOf, takeBackDisowned } from "./disowned.ts"
export { answerGivenBefore, fingerprintOf, keepAnswer } from "./requests.ts"
export { canonical, type Flag, type Reason } from "./receipt-rules.ts"
export { lookUpMisses } from "./look-up-budget.ts"
export { bindCardStamp, unbindCardStamp } from "./card-stamps.ts"
export { TILL_POLICY, type TillPolicy } from "./policy.ts"
export { jobs } from "./jobs.ts"
export type {
  Authorised,
  BalanceShown,
  Calculated,
  CancelAnswer,
  ExplanationShown,
  Gap,
  Given,
  Identified,
  JournalAnswer,
  JournalResult,
} from "./told.ts"
export type { ReceiptAnswer, ReceiptStatus, RefusedAfterAll, ReturnAnswer, VoidAnswer } from "./told.ts"
export type { DisownedRefusal, PointsAskRefusal, PointsClaimRefusal, TillRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
