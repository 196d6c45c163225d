import { z } from "@hono/zod-openapi"
import { inTransaction, type Locale } from "@mila/kernel"
import { type PasskeySite, passkeySiteOf } from "@mila/kernel/passkeys"
import { qrPath } from "@mila/kernel/qr"
import {
  acceptWithAuthenticator,
  acceptWithPasskey,
  askForStaffPasskey,
  askToSignIn,
  invitationFor,
  newStaffDevice,
  showAuthenticator,
  signInWithPasskey,
  signInWithPassword,
  STAFF_PASSWORD,
  type SignInOutcome,
} from "@mila/staff"
import type { OfficeContext } from "./context.ts"
import { declareOpen, type Entrance } from "./entrance.ts"
import { refuse } from "./refusals.ts"
import { id, instant, text } from "./schemas.ts"

const passkey = text(20_000).openapi({
  description: "The credential as the browser answered it, as a JSON text (`PublicKeyCredential.toJSON()`).",
})
const options = z
  .looseObject({ challenge: z.string() })
  .openapi("PasskeyOptions", { description: "For the browser's passkey API, as WebAuthn Level 3 has them." })
const device = z
  .string()
  .regex(/^[\w-]{43}$/)
  .optional()
  .openapi({ description: "What an earlier sign-in answered: whoever has it waits for no stranger's tries." })
const invitation = text(100)
// whatever is typed is taken as it is: what is no good password is said by its own refusals
const password = z
  .string()
  .min(1)
  .max(1_000)
  .openapi({ description: `${STAFF_PASSWORD.least} signs at least, ${STAFF_PASSWORD.most} at most.` })
const code = z.string().max(20).openapi({ description: "Six digits of the authenticator app; each is good once." })

const KeyGiven = z
  .object({ staffId: z.number(), key: z.string(), endsAt: instant, device: z.string() })
  .openapi("KeyGiven", { description: "A person's key: rests 15 minutes at most, lives 12 hours." })
const Accepted = z.object({ staffId: z.number(), factorId: z.number(), device: z.string() }).openapi("InvitationAccepted")

const CHAIN: Readonly<Record<Locale, string>> = { ru: "Мила: рабочее место", be: "Міла: працоўнае месца", en: "Mila: back office" }

/** Signing in: a passkey, or a password together with a code. Both give a person's key. */
export function declareSignIn(entrance: Entrance): void {
  const tag = "Sign-in"
  declareOpen(entrance, {
    ...{ path: "/sign-in/passkey/challenge", tag, summary: "What a phone signs to sign in with a passkey; the same for everybody" },
    body: z.strictObject({}),
    answer: z.object({ flow: z.string(), options }),
    async run({ ip, context }) {
      const site = siteOf(context)
      const asked = await inTransaction(context.db, (tx) => askToSignIn(tx, { site, ip }))
      if ("seconds" in asked) return refuse("sign_in_later", { retryAfterSeconds: asked.seconds })
      return { flow: asked.flow, options: { ...asked.options } }
    },
  })
  declareOpen(entrance, {
    ...{ path: "/sign-in/passkey", tag, summary: "Sign in with a passkey", description: "One answer for whatever is wrong." },
    body: z.strictObject({ flow: text(100), passkey, device }),
    answer: KeyGiven,
    async run({ body: { flow, passkey, device = newStaffDevice() }, ip, at, context }) {
      const place = { device, ip, at }
      return given(await signInWithPasskey(context.db, { answer: passkey, flow, site: siteOf(context), ...place }), device)
    },
  })
  declareOpen(entrance, {
    ...{ path: "/sign-in/password", tag, summary: "Sign in with number, password and a code of the authenticator app" },
    description: "One answer, for the same work, for a number nobody has, a wrong password, a wrong code and one that was used.",
    body: z.strictObject({ staffId: id, password, code, device }),
    answer: KeyGiven,
    async run({ body: { device = newStaffDevice(), ...typed }, ip, at, context }) {
      return given(await signInWithPassword(context.db, { ...typed, device, ip, at }), device)
    },
  })
}

/** Accepting an invitation: with a passkey, or with an authenticator app and a password. */
export function declareAccepting(entrance: Entrance): void {
  const tag = "Invitations"
  declareOpen(entrance, {
    ...{ path: "/invitation", tag, summary: "Whom an invitation is for" },
    body: z.strictObject({ invitation }),
    answer: z.object({ staffId: z.number(), name: z.string(), endsAt: instant, passkeys: z.boolean() }),
    run: async ({ body: { invitation }, context: { db, staffUrl } }) => ({
      ...(await inTransaction(db, (tx) => invitationFor(tx, invitation))),
      passkeys: passkeySiteOf(staffUrl) !== null,
    }),
  })
  declareOpen(entrance, {
    ...{ path: "/invitation/passkey/challenge", tag, summary: "What a phone needs to make the passkey" },
    body: z.strictObject({ invitation }),
    answer: z.object({ options }),
    async run({ body: { invitation }, locale, context }) {
      const asked = { invitation, site: siteOf(context), chain: CHAIN[locale] }
      return { options: { ...(await inTransaction(context.db, (tx) => askForStaffPasskey(tx, asked))) } }
    },
  })
  declareOpen(entrance, {
    ...{ path: "/invitation/passkey", tag, summary: "Keep the passkey that was made, and use the invitation up", status: 201 },
    body: z.strictObject({ invitation, passkey, device }),
    answer: Accepted,
    async run({ body: { invitation, passkey, device = newStaffDevice() }, at, deviceName, context }) {
      const site = siteOf(context)
      return { ...(await acceptWithPasskey(context.db, { invitation, answer: passkey, site, deviceName, device, at })), device }
    },
  })
  declareAuthenticator(entrance, tag)
}

function declareAuthenticator(entrance: Entrance, tag: string): void {
  declareOpen(entrance, {
    ...{ path: "/invitation/authenticator", tag, summary: "The secret for an authenticator app, and its QR code" },
    body: z.strictObject({ invitation }),
    answer: z.object({
      ...{ secret: z.string(), uri: z.string() },
      qr: z.object({ size: z.number(), path: z.string() }).openapi({ description: "An SVG path, with the quiet zone." }),
    }),
    async run({ body: { invitation }, locale, context: { db } }) {
      const shown = await inTransaction(db, (tx) => showAuthenticator(tx, { invitation, chain: CHAIN[locale] }))
      return { ...shown, qr: qrPath(shown.uri) }
    },
  })
  declareOpen(entrance, {
    ...{ path: "/invitation/authenticator/confirm", tag, summary: "Set a password and prove the app by a code", status: 201 },
    description: "Takes the place of the app and the password there were. A wrong code uses nothing up.",
    body: z.strictObject({ invitation, password, code, device }),
    answer: Accepted,
    async run({ body: { device = newStaffDevice(), ...given }, at, deviceName, context: { db } }) {
      return { ...(await acceptWithAuthenticator(db, { ...given, deviceName, device, at })), device }
    },
  })
}

const siteOf = ({ staffUrl }: OfficeContext): PasskeySite => passkeySiteOf(staffUrl) ?? refuse("passkeys_unavailable")

function given(outcome: SignInOutcome, device: string) {
  if (outcome.outcome === "wait") return refuse("sign_in_later", { retryAfterSeconds: outcome.seconds })
  if (outcome.outcome === "failed") return refuse("sign_in_failed")
  return { ...outcome, device }
}
