// What every module with passwords needs; how long one has to be, and whose it is, is each module's own.
export { isCommonPassword } from "./common-passwords.ts"
export { hashPassword, passwordFits } from "./slow-hash.ts"
export { SLOWED_TRIES, waitAfter } from "./slowed-tries.ts"
