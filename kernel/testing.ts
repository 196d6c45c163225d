// What tests of every module need to play a phone.
export { SoftAuthenticator, type Twist } from "./passkeys/soft-authenticator-testing.ts"
