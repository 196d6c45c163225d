import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { askToSignIn, newDeviceToken, passkeySiteOf, renewTokens, signInWithPasskey, signInWithPassword, tryCode } from "@mila/members"
import { arrive, endCopiedSession, enterProven, passkeyDoubted, sendCode } from "@mila/membership"
import { type Account, forGuests, no } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { code, flow, instant, password, phone, text } from "./schemas.ts"
import { Device, placeOf, SignedInAnswer, signedInAnswer, Tokens } from "./signed-in.ts"

export const SentCode = z
  .object({ flow, expiresAt: instant, sentTo: z.string().openapi({ example: "+375 29 ***-**-67" }) })
  .openapi("SentCode", { description: "The same whether anybody has this address or not." })

const Passkey = text(20_000).openapi({
  description: "The credential as the phone answered it, as a JSON text (`PublicKeyCredential.toJSON()`).",
})
const Options = z
  .looseObject({ challenge: z.string() })
  .openapi("PasskeyOptions", { description: "For the phone's passkey API, as WebAuthn Level 3 has them." })
export { Options, Passkey }

/** Signing in: by code, by password, by passkey. */
export function declareSignIn(account: Account): void {
  const tag = "Sign-in"
  declareCodes(account, tag)
  forGuests(account, {
    ...{ method: "post", path: "/sign-in/password", tag, name: "signInWithPassword", codes: ["sign_in_failed", "too_often"] },
    summary: "Sign in with phone and password",
    description: "One answer, in one time, for a wrong password, an account without one, and no account.",
    body: z.strictObject({ phone, password, device: Device }),
    answer: SignedInAnswer,
    async run({ body, ip, at, context: { db } }) {
      const place = placeOf(body.device)
      let given: z.input<typeof SignedInAnswer> | undefined
      const outcome = await signInWithPassword(
        db,
        { phone: body.phone, password: body.password, ...place, ip, at },
        async (tx, signedIn) => {
          await arrive(tx, { ...signedIn, ...place, at })
          given = await signedInAnswer(tx, signedIn, place, at)
        },
      )
      if (outcome.outcome === "wait") return no("too_often", { retryAfterSeconds: outcome.seconds })
      return given && outcome.outcome === "signed_in" ? given : no("sign_in_failed")
    },
  })
  declarePasskeySignIn(account, tag)
}

function declareCodes(account: Account, tag: string): void {
  forGuests(account, {
    ...{ method: "post", path: "/codes", tag, name: "sendCode", codes: ["phone_invalid", "phone_foreign", "too_often"], status: 201 },
    summary: "Send six digits to a phone",
    description:
      "Good for ten minutes, five tries, once. One a minute for a phone, with longer pauses while codes are not typed; five a day for all phones " +
      "its member never signed in on together, and for each one they did; thirty an hour for a network.",
    body: z.strictObject({
      purpose: z.enum(["sign_in", "recover", "new_number", "child"]).openapi({
        description:
          "What the code may be used for; `sign_in` also registers; `child` goes to the representative of who registers under 16.",
      }),
      phone,
      by: z.enum(["sms", "email"]).default("sms").openapi({ description: "`email`: to the address we know, if there is one." }),
      deviceToken: Device.shape.deviceToken,
    }),
    answer: SentCode,
    async run({ body: { deviceToken, ...body }, ip, locale, at, context: { db, phoneRules, tellCode } }) {
      const asker = { device: deviceToken ?? null, session: null }
      const sent = await inTransaction(db, (tx) => sendCode(tx, { ...body, ip, asker, host: null, locale, phoneRules, at }))
      if (!("code" in sent)) return no("too_often", sent)
      tellCode?.(sent.sentTo, sent.code)
      return sent
    },
  })
  forGuests(account, {
    ...{ method: "post", path: "/sign-in/code", tag, name: "signInWithCode", codes: ["code_invalid", "owner_fact_needed"] },
    summary: "Sign in with the six digits; or learn that this phone has no card yet",
    description: "`owner_fact_needed`: the account slept for months. Go on to `POST /owner` with this flow, or register with `fresh`.",
    body: z.strictObject({ flow, code, device: Device }),
    answer: z.discriminatedUnion("outcome", [
      SignedInAnswer,
      z
        .object({ outcome: z.literal("registration_needed"), flow })
        .openapi("RegistrationNeeded", { description: "Go on to `POST /registration` with this flow." }),
    ]),
    async run({ body, at, context: { db, dormantMonths } }) {
      const proof = { flow: body.flow, purpose: "sign_in", at } as const
      const place = placeOf(body.device)
      if (!(await inTransaction(db, (tx) => tryCode(tx, { ...proof, code: body.code })))) return no("code_invalid")
      return inTransaction(db, async (tx) => {
        const signedIn = await enterProven(tx, { ...proof, ...place, dormantMonths })
        if (signedIn === "asleep") return no("owner_fact_needed")
        return signedIn ? signedInAnswer(tx, signedIn, place, at) : { outcome: "registration_needed" as const, flow: body.flow }
      })
    },
  })
}

function declarePasskeySignIn(account: Account, tag: string): void {
  const deviceToken = Device.shape.deviceToken
  forGuests(account, {
    ...{
      method: "post",
      path: "/sign-in/passkey/challenge",
      tag,
      name: "askForPasskeySignIn",
      codes: ["not_found", "too_often"],
      status: 201,
    },
    summary: "What a phone signs to sign in with a passkey",
    body: z.strictObject({ deviceToken }),
    answer: z.object({ options: Options, deviceToken: z.string() }),
    async run({ body, ip, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      const device = body.deviceToken ?? newDeviceToken()
      const asked = await inTransaction(db, (tx) => askToSignIn(tx, { device, ip, site, at }))
      return "options" in asked ? { options: { ...asked.options }, deviceToken: device } : no("too_often", asked)
    },
  })
  forGuests(account, {
    ...{ method: "post", path: "/sign-in/passkey", tag, name: "signInWithPasskey", codes: ["not_found", "passkey_failed", "too_often"] },
    summary: "Sign in with what the phone signed",
    description: "`device.deviceToken` is the one the challenge came with. One answer for whatever is wrong.",
    body: z.strictObject({ passkey: Passkey, device: Device }),
    answer: SignedInAnswer,
    async run({ body, ip, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      const place = placeOf(body.device)
      let given: z.input<typeof SignedInAnswer> | undefined
      const outcome = await signInWithPasskey(
        db,
        { answer: body.passkey, site, ...place, ip, at },
        {
          async signedIn(tx, signedIn) {
            await arrive(tx, { ...signedIn, ...place, at })
            given = await signedInAnswer(tx, signedIn, place, at)
          },
          doubted: (tx, { memberId }) => passkeyDoubted(tx, { memberId, at }),
        },
      )
      if (outcome.outcome === "wait") return no("too_often", { retryAfterSeconds: outcome.seconds })
      return given && outcome.outcome === "signed_in" ? given : no("passkey_failed")
    },
  })
}

/** The next two tokens for the one that renews. */
export function declareTokens(account: Account): void {
  forGuests(account, {
    ...{ method: "post", path: "/tokens", tag: "Sign-in", name: "renewTokens", codes: ["refresh_invalid"] },
    summary: "The next two tokens for a refresh token",
    description: "Repeating it before the new tokens were used brings the same ones. Repeating it later ends the session: there is a copy.",
    body: z.strictObject({ refreshToken: text(100) }),
    answer: Tokens,
    async act({ tx, body: { refreshToken }, at }) {
      const renewed = await renewTokens(tx, { refreshToken, at })
      if (renewed.outcome === "renewed") return renewed
      if (renewed.outcome === "copied") await endCopiedSession(tx, { session: renewed.session, at })
      return no("refresh_invalid")
    },
  })
}
