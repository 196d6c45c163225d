import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { answersAsOwner, enterAsOwner, mailOwnerCode, sleeperProven } from "@mila/membership"
import { type Account, forGuests, no } from "./declare.ts"
import { code, day, flow, instant, text } from "./schemas.ts"
import { Device, placeOf, SignedInAnswer, signedInAnswer } from "./signed-in.ts"

const tag = "Sleeping accounts"
/** A proof of the phone by any of these leads to its account. */
const PURPOSES = ["sign_in", "recover"] as const

const Answer = z
  .discriminatedUnion("is", [
    z.strictObject({
      is: z.literal("card"),
      digits: text(20).openapi({ description: "The last six digits of a card.", example: "123456" }),
    }),
    z.strictObject({
      is: z.literal("receipt"),
      sum: text(20).openapi({ description: "What one of the last five purchases came to, in roubles.", example: "34,50" }),
      day,
    }),
    z.strictObject({ is: z.literal("letter"), flow, code }),
  ])
  .openapi("OwnerAnswer")

/**
 * An account that slept for months is not opened by a code by SMS alone, for the operator may have given the number to somebody else: one more question, to whoever
 * proved the phone. Nothing of the account is shown before.
 */
export function declareOwner(account: Account): void {
  forGuests(account, {
    ...{ method: "post", path: "/owner/code", tag, name: "sendOwnerCode", codes: ["proof_missing", "too_often"], status: 201 },
    summary: "After `owner_fact_needed`: send six digits to the account's e-mail address, if it has one",
    description: "The same answer whether it has one or not. `flow` in the body is the one that proved the phone.",
    body: z.strictObject({ flow, device: Device }),
    answer: z.object({ flow: flow.openapi({ description: "For the answer `letter`." }), expiresAt: instant }),
    async run({ body, ip, at, context: { db, dormantMonths, tellCode } }) {
      const { device } = placeOf(body.device)
      const asked = { flow: body.flow, purposes: PURPOSES, device, dormantMonths, at }
      const sent = await inTransaction(db, async (tx) => {
        const memberId = await sleeperProven(tx, asked)
        return memberId === undefined ? undefined : mailOwnerCode(tx, { memberId, ip, at })
      })
      if (sent === undefined) return no("proof_missing")
      if (!("code" in sent)) return no("too_often", { retryAfterSeconds: sent.retryAfterSeconds })
      if (sent.isSent) tellCode?.("e-mail", sent.code)
      return { flow: sent.flow, expiresAt: sent.expiresAt }
    },
  })
  forGuests(account, {
    ...{ method: "post", path: "/owner", tag, name: "answerAsOwner", codes: ["proof_missing", "owner_fact_wrong", "too_often"] },
    summary: "After `owner_fact_needed`: say what only the owner knows, and be signed in",
    description:
      "Five answers a day are heard for an account; one answer for whatever was wrong. Who got the number lately goes on to `POST /registration` with `fresh`.",
    body: z.strictObject({ flow, answer: Answer, device: Device }),
    answer: SignedInAnswer,
    async run({ body, at, context: { db, dormantMonths } }) {
      const place = placeOf(body.device)
      const proof = { flow: body.flow, purposes: PURPOSES, at }
      const memberId = await inTransaction(db, (tx) => sleeperProven(tx, { ...proof, device: place.device, dormantMonths }))
      if (memberId === undefined) return no("proof_missing")
      const { is, ...said } = body.answer
      const answer = is === "letter" ? { letter: said as { flow: string; code: string } } : { fact: said as { digits: string } }
      const heard = await answersAsOwner(db, { memberId, answer, at })
      if (heard.outcome === "wait") return no("too_often", { retryAfterSeconds: heard.seconds })
      if (heard.outcome === "wrong") return no("owner_fact_wrong")
      return inTransaction(db, async (tx) => {
        const signedIn = await enterAsOwner(tx, { memberId, ...proof, ...place })
        return signedIn ? signedInAnswer(tx, signedIn, place, at) : no("proof_missing")
      })
    },
  })
}
