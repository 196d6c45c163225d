import { z } from "@hono/zod-openapi"
import { looksLikeBankCardNumber, type Tx } from "@mila/kernel"
import { giveTokens, newDeviceToken, type SignedIn } from "@mila/members"
import type { Place } from "@mila/membership"
import { refuse } from "./refusals.ts"
import { instant, text } from "./schemas.ts"

export const Device = z
  .strictObject({
    deviceToken: z
      .string()
      .regex(/^[\w-]{32}$/)
      .optional()
      .openapi({ description: "As a sign-in on this phone gave it before; left out, a new one comes with the answer." }),
    name: text(60).openapi({ description: "What its owner will know it by.", example: "Pixel 9" }),
  })
  .openapi("Device")

/** Where an app signs in: a phone that was here before, or one that is new. */
export function placeOf({ deviceToken, name }: z.output<typeof Device>): Place {
  if (looksLikeBankCardNumber(name)) refuse("bank_card_number")
  return { device: deviceToken ?? newDeviceToken(), deviceName: name, kind: "app" }
}

export const Tokens = z
  .object({ accessToken: z.string(), accessUntil: instant, refreshToken: z.string() })
  .openapi("Tokens", { description: "Opaque; kept by us as hashes alone." })

export const SignedInAnswer = z
  .object({
    outcome: z.literal("signed_in"),
    tokens: Tokens,
    deviceToken: z.string().openapi({ description: "Keep it for good and bring it to the next sign-in." }),
    sessionId: z.number().int(),
    newDevice: z.boolean().openapi({ description: "The member was told of a phone they were never signed in on." }),
  })
  .openapi("SignedIn")

/** What an app is given when somebody signed in on it. */
export async function signedInAnswer(
  tx: Tx,
  { sessionId, newDevice }: SignedIn,
  { device }: Place,
  at: Date,
): Promise<z.input<typeof SignedInAnswer>> {
  return { outcome: "signed_in", tokens: await giveTokens(tx, { sessionId, at }), deviceToken: device, sessionId, newDevice }
}
