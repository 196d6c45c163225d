// The public face of membership: what a person's membership is to themselves and to whoever helps them, across the modules that keep its parts.
export { advertise, ADVERTISING_RULES } from "./advertising.ts"
export { screenMessages } from "./screen-messages.ts"
export { readSms } from "./stop.ts"
export { tellOtherwise } from "./tell-otherwise.ts"
export { type Deed, fulfilRequest, refuseRequest } from "./answer-request.ts"
export { fileOwnRequest } from "./file-request.ts"
export { correctPerson } from "./correct.ts"
export { jobs } from "./jobs.ts"
export { beginLeaving, endMembership } from "./leave.ts"
export { askForNewNumber, confirmLostNumber, stopNewNumber } from "./new-number.ts"
export { ADJUSTMENT_REASONS } from "./statement-words.ts"
export { expiring, statement, statementWithReceipts, type ToldEntry } from "./statement.ts"
export { endAdvertising, readUnsubscribe, unsubscribeToken } from "./unsubscribe.ts"
export { makeOwnRequest, ownRequests } from "./own-requests.ts"
export { tellOfPointsClaim } from "./points-claims.ts"
export { tellMember, tellMemberEverywhere } from "./tell.ts"
export {
  attachOwnCard,
  blockOwnCard,
  endDevicesSignedOut,
  enrolOwnDevice,
  linkOwnCard,
  nameOwnCard,
  removeOwnCard,
  replaceOwnCard,
  takeAttachTry,
  unblockOwnCard,
} from "./own-cards.ts"
export { addOwnPasskey, passkeyDoubted, removeOwnPasskey } from "./own-passkeys.ts"
export { type Brought, mergeMemberships, previewMerge, undoMerge } from "./merge.ts"
export { endKeysGiven, saveOwnPassToGoogle } from "./own-passes.ts"
export { joinOnReissuedNumber, type OwnerFact, ownerFactNeeded } from "./owner.ts"
export { answersAsOwner, enterAsOwner, mailOwnerCode, type OwnerAnswer, type PhoneProof, sleeperProven } from "./prove-owner.ts"
export { type Level, levelOf } from "./level.ts"
export { lockOwnSpending, ownSpending, type Spending, unlockOwnSpending } from "./own-spending.ts"
export { keepOwnWishes, ownWishes, WISHES_POSSIBLE } from "./own-wishes.ts"
export { type Asked, type Coming, newConsents, notNow, ownRenewals, renewOwnConsents } from "./own-renewals.ts"
export { endPartnerConsent } from "./partner-consent.ts"
export { giveOwnConsents, isOwnPurpose, withdrawOwnConsents } from "./own-consents.ts"
export {
  agreeForChild,
  endRepresentation,
  representAgain,
  type Represented,
  representedBy,
  stayInProgramme,
  withdrawForChild,
} from "./represent.ts"
export { consentAtSixteen, owesConsent } from "./sixteen.ts"
export { join } from "./join.ts"
export type { MembershipRefusal } from "./refusals.ts"
export { arrive, enter, enterFirst, enterProven, type Place, recoverPassword } from "./enter.ts"
export { sendCode, sendCodeAgain, sendEmailCode, type SentCode, waitToAskAgain } from "./prove-address.ts"
export { proveByLetter, readsLetter, sendOwnEmailCode } from "./prove-email.ts"
export { changeOwnEmail, changeOwnPassword, changeOwnPhone, endCopiedSession, endOwnSessions, proveOwnPhone } from "./own-access.ts"
export { changeOf, type PointsOfDay, type Standing, standingOf } from "./standing.ts"
export { type PaperWords, statementPaper } from "./statement-paper.ts"
export { everythingOf } from "./everything.ts"
export { recipientName } from "./recipient-names.ts"
export { type OwnCopy, takeOwnCopy } from "./own-copy.ts"
