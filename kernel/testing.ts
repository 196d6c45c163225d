// What tests of every module need: a phone to play, a look at what an act makes the machine do, and what another program says.
export { SoftAuthenticator, type Twist } from "./passkeys/soft-authenticator-testing.ts"
export { byLines } from "./lines-testing.ts"
export { throwAway } from "./throw-away-testing.ts"
export { workOf } from "./work-testing.ts"
