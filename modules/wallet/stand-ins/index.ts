// Stand-ins of Apple's and Google's for tests and for trying things out.
export { type GoogleStandIn, googleWalletStandIn, shownBy } from "./google-wallet.ts"
export { type ApplePushStandIn, applePushStandIn } from "./apple-push.ts"
export { anIphone, type Iphone, type Shown } from "./iphone.ts"
