// What every module with passkeys needs: where they are made, what a phone answers, and what it is called. Whose they are is each module's own.
export { nameFor } from "./makers.ts"
export {
  ALGORITHMS,
  type NewKey,
  type NewKeyAnswer,
  preparePasskeys,
  readNewKey,
  readSigned,
  type SignedAnswer,
  verifiedNewKey,
  verifiedSigned,
} from "./phone-answers.ts"
export { type PasskeySite, passkeySiteOf } from "./site.ts"
