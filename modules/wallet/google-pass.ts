import type { GoogleKeys } from "./google-keys.ts"
import { type GooglePass, type LoyaltyObject, loyaltyObject } from "./google-object.ts"
import { secondsOf, signedJwt } from "./jwt.ts"

const SAVE = "https://pay.google.com/gp/v/save/"

/**
 * Where a member saves the pass to Google Wallet, and the object itself. The link names the object by its id only, so that neither the card's number nor
 * the secret of its codes passes through a browser: the object has to be at Google before (`googleInsert`). Whoever has the link can save the pass, so it is
 * made for a member who is signed in and not kept. Source: Google Wallet API, JWT.
 */
export function googleSaveLink(pass: GooglePass, keys: GoogleKeys, { at }: { at: Date }): { url: string; object: LoyaltyObject } {
  const object = loyaltyObject(pass, keys.issuer)
  const claims = {
    ...{ iss: keys.email, aud: "google", typ: "savetowallet", iat: secondsOf(at) },
    origins: [new URL(pass.programme.site).origin],
    payload: { loyaltyObjects: [{ id: object.id, classId: object.classId }] },
  }
  return { url: SAVE + signedJwt(claims, keys), object }
}
