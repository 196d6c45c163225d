// The vocabulary everyone shares. It holds no business rule.
export { assert } from "./assert.ts"
export { fromBase32, toBase32 } from "./base32.ts"
export { CROSSED_OUT, holdsBankCardNumber, looksLikeBankCardNumber, withoutBankCardNumbers } from "./bank-card-guard.ts"
export { addDays, addMonths, clockIn, type Day, day, dayIn, daysBetween, endOfDay, MINSK, monthOf, startOfDay } from "./calendar.ts"
export { type Clock, simulatedClock, type SimulatedClock, systemClock } from "./clock.ts"
export {
  connect,
  type Db,
  DatabaseAway,
  inTransaction,
  isDatabaseAway,
  statement,
  type Statement,
  tablesOf,
  together,
  type Tx,
} from "./db.ts"
export { deviceNameOf } from "./device-name.ts"
export { gatherer, type Gatherer, Overloaded } from "./gatherer.ts"
export { type Job, type JobName, later, type LeftJob, takeJobs } from "./jobs.ts"
export { checkDigit } from "./gtin.ts"
export { type Locale, LOCALES, type Localized, localeWanted } from "./locale.ts"
export type { Log, ProgramLog } from "./log.ts"
export { canonicalAddress, networkOf } from "./network-address.ts"
export { escaped } from "./markup.ts"
export { mulberry32 } from "./mulberry32.ts"
export { pace } from "./pace.ts"
export { type Invariant, jobsAreTaken, type Proof, staysAsWritten } from "./proof.ts"
export { type Minor, minor, type Points, points, portion, share, sum } from "./quantities.ts"
export { reading } from "./reading.ts"
export { Refusal, refuserOf } from "./refusal.ts"
export { type Secrets, secretsFrom } from "./secrets.ts"
export { codeOfStep, STEP_SECONDS, stepAt } from "./step-codes.ts"
export { counted, dayText, type Forms, kopecksTyped, momentText, money, numberText, pointsText, pointsWord, timeText } from "./wording.ts"
export { addWorkingDays, type Holiday, holidayOn, isWorkingDay, type MovedDays, workingDayBy } from "./working-days.ts"
