// The public face of the tills. What is not exported here does not exist for anyone else.
export { createTill, listTills, revokeTill, type Till, type TillAlgorithm, tillById, tillByKey, tillByNumber, type TillKey, type TillState } from "./tills.ts"
export { type Enrolled, enrolTill, issueEnrolmentCode, type PublicKey } from "./enrol.ts"
export type {
  Cancellation,
  Identifier,
  JournalItem,
  Line,
  Original,
  Return,
  Sale,
  Tender,
  TenderType,
  TillIdentity,
  Voiding,
} from "./facts.ts"
export { receiptIdOf } from "./facts.ts"
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
  ReceiptAnswer,
  ReceiptStatus,
  ReturnAnswer,
  VoidAnswer,
} from "./told.ts"
export type { TillRefusal } from "./refusals.ts"
