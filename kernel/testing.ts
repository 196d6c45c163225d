// What tests of every module need: a phone to play, and a look at what an act makes the machine do.
export { SoftAuthenticator, type Twist } from "./passkeys/soft-authenticator-testing.ts"
export { workOf } from "./work-testing.ts"
