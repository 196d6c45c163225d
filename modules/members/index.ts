// The public face of members. What is not exported here does not exist for anyone else.
export type { Actor } from "./actor.ts"
export type { Birthday, PersonalData, PersonName } from "./personal-data.ts"
export { canonicalEmail } from "./personal-data.ts"
export { canonicalPhone, maskedPhone, PHONE_RULES, type PhoneRules } from "./phone.ts"
export { registerMember } from "./register.ts"
export { hasLeftBefore, memberByPhone, type MemberProfile, profilesOf, worksAt, type Workplace } from "./profiles.ts"
export { type Person, personOf } from "./person.ts"
export { proveEmail, provenEmailOf } from "./prove-email.ts"
export { type Contact, contactsOf, membersAfter } from "./contacts.ts"
export { holdStill, livingMember } from "./lock.ts"
export { mergeMembers } from "./merge.ts"
export { followersOf, idsOf, keepMerge, type Merge, mergesInto, UNMERGE_DAYS, unmergeMembers } from "./unmerge.ts"
export { changeLanguage } from "./language.ts"
export { birthdayMovesFrom, changeEmail, changePerson, changePhone } from "./change-person.ts"
export {
  askNewNumber,
  confirmNewNumber,
  dropNewNumber,
  type NewNumber,
  NEW_NUMBER_RULES,
  newNumberBy,
  newNumberOf,
  newNumbersDue,
  takeNewNumberAsk,
} from "./new-number.ts"
export { lastSignOf, parkedUnderNumber, parkNumber, takeOwnerTry } from "./parked.ts"
export { leaveMember } from "./leave.ts"
export { askToLeave, type Leaving, LEAVING_RULES, leaversDue, leavingOf, stayAfterAll } from "./leaving.ts"
export { markEmployee, unmarkEmployee } from "./employee.ts"
export { birthDate, isUnder16, sixteenthBirthday } from "./children/ages.ts"
export { type Child, childOf, childrenAmong, childrenOf, isChild, type Kinship, KINSHIPS } from "./children/children.ts"
export { correctBirthDate } from "./children/correct-birth-date.ts"
export { growUp, type Representative, representChild } from "./children/represent.ts"
export { noteAskedAtSixteen, noteSilentAtSixteen, silentAtSixteen, SIXTEEN_RULES, turnedSixteen } from "./children/sixteen.ts"
export { lockSpending, spendLockerOf } from "./spend-lock.ts"
export { type MemberEvent, memberHistory } from "./history.ts"
export type { MemberState } from "./tables.ts"
export type { MemberRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
export { type Asker, codeLane, type CodeLane } from "./sign-in/code-lane.ts"
export { askedAddress, CODE_POLICY, type CodePurpose, makeCode, provenAddress, tryCode, waitForCode } from "./sign-in/codes.ts"
export { type SignInWatch, watchSignIns } from "./sign-in/watch.ts"
export { type Limit, takeUses } from "./sign-in/limits.ts"
export { newDeviceToken } from "./sign-in/known-devices.ts"
export { beginHere, type SignedIn, type SignInAsked, signInWithPassword } from "./sign-in/sign-in.ts"
export { checkPassword, hasPassword, PASSWORD_RULES } from "./sign-in/passwords.ts"
export { setPassword } from "./sign-in/new-password.ts"
export type { SignInRefusal } from "./sign-in/refusals.ts"
export {
  endSessions,
  isFreshlyProven,
  isProvenOnce,
  nameSession,
  proveSession,
  type Session,
  SESSION_POLICY,
  type SessionKind,
  sessionOf,
  sessionsOf,
} from "./sign-in/sessions.ts"
export { appSessionOf, type AppTokens, APP_TOKEN_POLICY, giveTokens, renewTokens } from "./sign-in/app-tokens.ts"
export { answerGivenBefore, keepAnswer, type KeptAnswer } from "./kept-answers.ts"
export { askForPasskey, addPasskey, memberHandle } from "./passkeys/add-passkey.ts"
export { preparePasskeys } from "@mila/kernel/passkeys"
export { namePasskey, type Passkey, passkeysOf, removePasskey, wakePasskey } from "./passkeys/passkeys.ts"
export type { PasskeyRefusal } from "./passkeys/refusals.ts"
export { passkeySiteOf, type PasskeySite } from "@mila/kernel/passkeys"
export { askToProve, askToSignIn, proveWithPasskey, signInWithPasskey } from "./passkeys/use-passkey.ts"
export { jobs } from "./jobs.ts"
