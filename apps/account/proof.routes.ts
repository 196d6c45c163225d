import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { askToProve, passkeySiteOf, personOf, provenAddress, proveWithPasskey, SESSION_POLICY, tryCode } from "@mila/members"
import { passkeyDoubted, proveOwnPhone, sendCode } from "@mila/membership"
import { type Account, forMembers, no, refuse } from "./declare.ts"
import { code, flow, instant } from "./schemas.ts"
import { Options, Passkey, SentCode } from "./sign-in.routes.ts"

const Proven = z.object({ provenUntil: instant }).openapi("Proven", { description: "Until then what is grave may be done." })

/** Until when a proof counts; null when there is none that still does. */
export function provenUntil({ provenAt }: { provenAt: Date }, at: Date): Date | null {
  const until = new Date(provenAt.getTime() + SESSION_POLICY.provenMinutes * 60_000)
  return until > at ? until : null
}

/** A member proves once more that it is them. */
export function declareProof(account: Account): void {
  const of = { tag: "Proof" } as const
  forMembers(account, {
    ...{ method: "post", path: "/proof/code", ...of, name: "sendProofCode", codes: ["too_often"], status: 201 },
    summary: "Send six digits to the member's own phone",
    answer: SentCode,
    async run({ memberId, sessionId, ip, locale, at, context: { db, tellCode } }) {
      const asked = { by: "sms", ip, asker: { device: null, session: { memberId, sessionId } }, host: null, locale, at } as const
      const sent = await inTransaction(db, async (tx) => {
        const own = (await personOf(tx, memberId))?.phone ?? refuse("not_signed_in")
        return sendCode(tx, { purpose: "confirm", phone: own, phoneRules: { foreign: "allow" }, ...asked })
      })
      if (!("code" in sent)) return no("too_often", sent)
      tellCode?.(sent.sentTo, sent.code)
      return sent
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/proof", ...of, name: "prove", codes: ["code_invalid"], summary: "Prove by the six digits that it is you" },
    body: z.strictObject({ flow, code }),
    answer: Proven,
    async run({ memberId, sessionId, body, at, context: { db } }) {
      const proof = { flow: body.flow, purpose: "confirm", at } as const
      if (!(await inTransaction(db, (tx) => tryCode(tx, { ...proof, code: body.code })))) return no("code_invalid")
      const proves = await inTransaction(db, async (tx) => {
        const phone = await provenAddress(tx, { ...proof, spend: true })
        return phone !== undefined && proveOwnPhone(tx, { memberId, sessionId, phone, at })
      })
      return proves ? { provenUntil: provenUntil({ provenAt: at }, at)! } : no("code_invalid")
    },
  })
  declarePasskeyProof(account, of)
}

function declarePasskeyProof(account: Account, of: { tag: string }): void {
  forMembers(account, {
    ...{
      method: "post",
      path: "/proof/passkey/challenge",
      ...of,
      name: "askForPasskeyProof",
      codes: ["not_found", "too_often"],
      status: 201,
    },
    summary: "What a passkey of the member's signs to prove that it is them",
    answer: z.object({ options: Options }),
    async run({ memberId, sessionId, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      const asked = await inTransaction(db, (tx) => askToProve(tx, { memberId, sessionId, site, at }))
      return "options" in asked ? { options: { ...asked.options } } : no("too_often", asked)
    },
  })
  forMembers(account, {
    ...{
      method: "post",
      path: "/proof/passkey",
      ...of,
      name: "proveWithPasskey",
      codes: ["not_found", "passkey_failed"],
      summary: "Prove by a passkey that it is you",
    },
    body: z.strictObject({ passkey: Passkey }),
    answer: Proven,
    async run({ memberId, sessionId, body: { passkey: answer }, at, context: { db, publicUrl } }) {
      const site = passkeySiteOf(publicUrl) ?? refuse("not_found")
      const doubted = (tx: Parameters<typeof passkeyDoubted>[0]) => passkeyDoubted(tx, { memberId, at })
      const proves = await proveWithPasskey(db, { memberId, sessionId, answer, site, at }, { doubted })
      return proves ? { provenUntil: provenUntil({ provenAt: at }, at)! } : no("passkey_failed")
    },
  })
}
