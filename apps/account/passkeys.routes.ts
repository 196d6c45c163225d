import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { askForPasskey, memberHandle, namePasskey, passkeySiteOf, passkeysOf, wakePasskey } from "@mila/members"
import { addOwnPasskey, removeOwnPasskey } from "@mila/membership"
import { chainName } from "./chain.ts"
import { type Account, forMembers, forProven, no, refuse } from "./declare.ts"
import { idIn, instant, instantOrNull, text } from "./schemas.ts"
import { Options, Passkey } from "./sign-in.routes.ts"

const of = { tag: "Passkeys" }
const params = z.object({ passkeyId: idIn })

const PasskeyShown = z
  .object({
    passkeyId: z.number().int(),
    name: z.string(),
    state: z
      .enum(["awake", "asleep", "doubted"])
      .openapi({ description: "`asleep` until its owner says it is theirs; `doubted`: there may be a copy." }),
    synced: z.boolean(),
    madeAt: instant,
    usedAt: instantOrNull,
  })
  .openapi("Passkey")

/** Passkeys of a member: listed and named by whoever is signed in, made, woken and removed with a fresh proof. */
export function declarePasskeys(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/passkeys",
      ...of,
      name: "listPasskeys",
      summary: "The member's passkeys, and what to tell the phone of them",
    },
    answer: z.object({
      passkeys: z.array(PasskeyShown),
      accepted: z
        .object({ rpId: z.string(), userId: z.string(), allAcceptedCredentialIds: z.array(z.string()) })
        .nullable()
        .openapi({ description: "For `signalAllAcceptedCredentials`; null where this chain has no passkeys." }),
    }),
    async act({ tx, memberId, context: { publicUrl } }) {
      const site = passkeySiteOf(publicUrl)
      const held = await passkeysOf(tx, memberId)
      const here = held.filter(({ domain }) => domain === site?.domain).map(({ credentialId }) => credentialId.toString("base64url"))
      return { passkeys: held, accepted: site && { rpId: site.domain, userId: memberHandle(tx, memberId), allAcceptedCredentialIds: here } }
    },
  })
  declareNewPasskey(account)
  declarePasskeyLife(account)
}

function declarePasskeyLife(account: Account): void {
  forProven(account, {
    ...{
      method: "post",
      path: "/passkeys/{passkeyId}/wake",
      ...of,
      name: "wakePasskey",
      codes: ["passkey_unknown"],
      summary: "It is the member's: let it sign in again",
    },
    params,
    act: ({ tx, memberId, params: { passkeyId }, at }) => wakePasskey(tx, { memberId, passkeyId, at, by: `member:${memberId}` }),
  })
  forMembers(account, {
    ...{
      method: "patch",
      path: "/passkeys/{passkeyId}",
      ...of,
      name: "namePasskey",
      codes: ["passkey_unknown", "passkey_name_invalid"],
      summary: "Call it something else",
    },
    params,
    body: z.strictObject({ name: text(60) }),
    act: ({ tx, memberId, params: { passkeyId }, body: { name } }) => namePasskey(tx, { memberId, passkeyId, name }),
  })
  forProven(account, {
    ...{
      method: "delete",
      path: "/passkeys/{passkeyId}",
      ...of,
      name: "removePasskey",
      codes: ["passkey_unknown"],
      summary: "Remove it, and sign out where it had signed in",
    },
    params,
    act: ({ tx, memberId, sessionId, params: { passkeyId }, at }) => removeOwnPasskey(tx, { memberId, passkeyId, keep: sessionId, at }),
  })
}

function declareNewPasskey(account: Account): void {
  forProven(account, {
    ...{
      method: "post",
      path: "/passkeys/challenge",
      ...of,
      name: "askForPasskey",
      codes: ["not_found", "too_many_passkeys", "too_often"],
      status: 201,
    },
    summary: "What a phone makes a passkey from",
    answer: z.object({ options: Options }),
    async run({ memberId, sessionId, locale, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      const asked = await inTransaction(db, (tx) => askForPasskey(tx, { memberId, sessionId, site, chain: chainName(locale), at }))
      return "options" in asked ? { options: { ...asked.options } } : no("too_often", asked)
    },
  })
  forProven(account, {
    ...{
      method: "post",
      path: "/passkeys",
      ...of,
      name: "addPasskey",
      codes: ["not_found", "passkey_failed", "passkey_known", "too_many_passkeys"],
      status: 201,
    },
    summary: "Keep the passkey the phone has made",
    body: z.strictObject({ passkey: Passkey }),
    answer: z.object({ passkeyId: z.number().int() }),
    run({ memberId, sessionId, session, body: { passkey: answer }, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      return addOwnPasskey(db, { memberId, sessionId, answer, site, deviceName: session.device, at })
    },
  })
}
