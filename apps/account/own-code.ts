import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { sendCode } from "@mila/membership"
import { type Account, forProven, no } from "./declare.ts"
import { phone } from "./schemas.ts"
import { SentCode } from "./sign-in.routes.ts"

type OwnCode = { path: `/${string}`; tag: string; name: string; summary: string; purpose: "change_phone" | "merge" }

/** A route by which a member who has proven lately that it is them has six digits sent to a number that is theirs, too. */
export function declareOwnCode(account: Account, { purpose, ...of }: OwnCode): void {
  forProven(account, {
    ...{ method: "post", ...of, status: 201, codes: ["phone_invalid", "phone_foreign", "too_often"] },
    body: z.strictObject({ phone }),
    answer: SentCode,
    async run({ memberId, sessionId, body, ip, locale, at, context: { db, phoneRules, tellCode } }) {
      const asker = { device: null, session: { memberId, sessionId } }
      const asked = { purpose, phone: body.phone, by: "sms", ip, asker, host: null, locale, phoneRules, at } as const
      const sent = await inTransaction(db, (tx) => sendCode(tx, asked))
      if (!("code" in sent)) return no("too_often", sent)
      tellCode?.(sent.sentTo, sent.code)
      return sent
    },
  })
}
