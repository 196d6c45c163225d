import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { proveEmail, provenAddress, tryCode } from "@mila/members"
import {
  changeOwnEmail,
  changeOwnPassword,
  changeOwnPhone,
  proveByLetter,
  sendEmailCode,
  sendOwnEmailCode,
  stopNewNumber,
} from "@mila/membership"
import { type Account, forMembers, forProven, no, refuse } from "./declare.ts"
import { declareOwnCode } from "./own-code.ts"
import { code, flow, password, text } from "./schemas.ts"
import { SentCode } from "./sign-in.routes.ts"

const tag = "Access"

/** What a member signs in with. All of it is grave: with a session found later nothing of it changes. */
export function declareAccess(account: Account): void {
  forProven(account, {
    ...{ method: "put", path: "/me/password", tag, name: "changePassword" },
    codes: ["password_too_short", "password_too_long", "password_common", "password_used_before"],
    summary: "A password, the first or another",
    description:
      "Every other session ends, keys given to phones with them, passkeys sleep; unless it is the first one, spending rests for a day.",
    body: z.strictObject({ password }),
    run: ({ memberId, sessionId, body, at, context: { db } }) =>
      changeOwnPassword(db, { memberId, sessionId, password: body.password, at }),
  })
  declareNewPhone(account)
  declareNewEmail(account)
  declareEmailProof(account)
  forMembers(account, {
    ...{ method: "delete", path: "/me/new-number", tag, name: "keepNumber", summary: "Somebody asked for another number: no, it stays" },
    act: async ({ tx, memberId }) => void (await stopNewNumber(tx, { memberId })),
  })
}

function declareNewPhone(account: Account): void {
  const summary = "Send six digits to the new number"
  declareOwnCode(account, { path: "/me/phone/code", tag, name: "sendPhoneCode", summary, purpose: "change_phone" })
  forProven(account, {
    ...{ method: "put", path: "/me/phone", tag, name: "changePhone", codes: ["code_invalid", "phone_taken", "phone_foreign"] },
    summary: "The new number, by its six digits; both numbers are told, every other session ends, spending rests for a day",
    body: z.strictObject({ flow, code }),
    async run({ memberId, sessionId, body, at, context: { db, phoneRules } }) {
      const proof = { flow: body.flow, purpose: "change_phone", at } as const
      if (!(await inTransaction(db, (tx) => tryCode(tx, { ...proof, code: body.code })))) return no("code_invalid")
      return inTransaction(db, async (tx) => {
        const proven = (await provenAddress(tx, { ...proof, spend: true })) ?? refuse("code_invalid")
        await changeOwnPhone(tx, { memberId, sessionId, phone: proven, phoneRules, at })
      })
    },
  })
}

function declareNewEmail(account: Account): void {
  forProven(account, {
    ...{ method: "post", path: "/me/email/code", tag, name: "sendEmailCode", codes: ["email_invalid", "too_often"], status: 201 },
    summary: "Send six digits to the new address",
    body: z.strictObject({ email: text(254) }),
    answer: SentCode,
    async run({ body, ip, locale, at, context: { db, tellCode } }) {
      const sent = await inTransaction(db, (tx) => sendEmailCode(tx, { email: body.email, purpose: "change_email", ip, locale, at }))
      if (!("code" in sent)) return no("too_often", sent)
      tellCode?.("e-mail", sent.code)
      return sent
    },
  })
  forProven(account, {
    ...{ method: "put", path: "/me/email", tag, name: "changeEmail", codes: ["code_invalid"] },
    summary: "The new address, by its six digits; the phone and both addresses are told, spending rests for a day",
    body: z.strictObject({ flow, code }),
    async run({ memberId, body, locale, at, context: { db } }) {
      const proof = { flow: body.flow, purpose: "change_email", at } as const
      if (!(await inTransaction(db, (tx) => tryCode(tx, { ...proof, code: body.code })))) return no("code_invalid")
      return inTransaction(db, async (tx) => {
        const email = (await provenAddress(tx, { ...proof, spend: true })) ?? refuse("code_invalid")
        await changeOwnEmail(tx, { memberId, email, locale, at })
      })
    },
  })
}

/** The address that was typed at registration: nothing goes to it, and it opens nothing, before it is proven. */
function declareEmailProof(account: Account): void {
  forMembers(account, {
    ...{
      method: "post",
      path: "/me/email/proof/code",
      tag,
      name: "sendEmailProofCode",
      codes: ["email_invalid", "too_often"],
      status: 201,
    },
    summary: "Send six digits to the member’s address, which is not proven yet",
    answer: SentCode,
    async run({ memberId, ip, locale, at, context: { db, tellCode } }) {
      const sent = await inTransaction(db, (tx) => sendOwnEmailCode(tx, { memberId, ip, locale, at }))
      if (!("code" in sent)) return no("too_often", sent)
      tellCode?.("e-mail", sent.code)
      return sent
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/me/email/proof", tag, name: "proveEmail", codes: ["code_invalid"] },
    summary: "The address is the member’s: by the six digits, or by `letter` of the link in the letter that came at registration",
    body: z.union([z.strictObject({ flow, code }), z.strictObject({ letter: text(1_000) })]),
    answer: z.object({ emailProven: z.literal(true) }),
    async run({ memberId, body, at, context: { db } }) {
      const proven = await ("letter" in body
        ? inTransaction(db, (tx) => proveByLetter(tx, { memberId, token: body.letter, at }))
        : provesByCode(account, { memberId, ...body, at }))
      return proven ? { emailProven: true as const } : no("code_invalid")
    },
  })
}

/** The try counts whatever becomes of it. */
async function provesByCode(
  { context: { db } }: Account,
  { memberId, code: typed, flow: token, at }: { memberId: number; flow: string; code: string; at: Date },
): Promise<boolean> {
  const proof = { flow: token, purpose: "prove_email", at } as const
  if (!(await inTransaction(db, (tx) => tryCode(tx, { ...proof, code: typed })))) return false
  return inTransaction(db, async (tx) => {
    const email = await provenAddress(tx, { ...proof, spend: true })
    return email !== undefined && proveEmail(tx, { memberId, email, at })
  })
}
