// The public face of privacy: what people agreed to, what was told to others, and what they ask of us by law.
export { ASKED, isPurpose, NEEDED, type Purpose, PURPOSES } from "./purposes.ts"
export { type ConsentText, FIELDS } from "./consent-text.ts"
export { defaultTexts, type Operator } from "./default-texts.ts"
export {
  comingTexts,
  currentTexts,
  type PublishedText,
  publishMissing,
  publishText,
  textOf,
  textVersions,
  type Wording,
  wordingOf,
} from "./publish-texts.ts"
export { changesOf } from "./text-diff-rules.ts"
export {
  carryPartnerConsent,
  type ConsentEvent,
  consentHistory,
  giveConsents,
  heldBy,
  mayDo,
  mergeConsents,
  moveRepresentedTerm,
  type Origin,
  withdrawAll,
  withdrawConsents,
} from "./consents.ts"
export { answerRenewals, renewalAnswers, type Renewal, type RenewalReason, renewalsOf, RENEWAL_RULES } from "./renewals.ts"
export { nextTextNotice, noteTold, type TextNotice, titlesOf, whoKnowsNot } from "./text-notices.ts"
export { COPY_FORMS, COPY_LINK_MINUTES, type CopyForm, makeCopyLink, openCopyLink } from "./copy-links.ts"
export { type Disclosure, disclosuresOf, recordDisclosures } from "./disclosures.ts"
export {
  answerRequest,
  CLOCKS,
  countRequests,
  findRequests,
  type LegalRequest,
  makeRequest,
  moveDay,
  movedDays,
  requestById,
  requestsOf,
  takeRequest,
} from "./requests.ts"
export { requestHistory } from "./request-history.ts"
export { type ConsentDoor, type Ground, GROUNDS, type Means, type RequestKind, type RequestState } from "./states.ts"
export type { PrivacyRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
