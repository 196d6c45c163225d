import { z } from "@hono/zod-openapi"
import { newConsents, notNow, renewOwnConsents } from "@mila/membership"
import { FIELDS } from "@mila/privacy"
import { ConsentText, Purpose } from "./consent-schemas.ts"
import { type Account, forMembers } from "./declare.ts"
import { instant, instantOrNull, whole } from "./schemas.ts"

const of = { tag: "Personal data" }

const Changes = z
  .array(
    z.object({
      field: z.enum(["title", "ask", ...FIELDS]),
      parts: z.array(z.object({ is: z.enum(["same", "gone", "new"]), text: z.string() })),
    }),
  )
  .openapi({ description: "Against the words the member agreed to; parts put together without the gone ones are the new text." })

const Asked = z
  .object({
    purpose: Purpose,
    why: z.enum(["none", "changed", "ending", "ended"]).openapi({
      description:
        "`none`: nothing on record; `changed`: another wording is in force; `ending`: its term ends within 30 days; `ended`: it has.",
    }),
    needed: z.boolean().openapi({ description: "The contract rests on it. The account and the points work without an answer too." }),
    rests: z.boolean().openapi({ description: "They said «not now»: show it where it is looked for, do not announce it." }),
    holdsUntil: instantOrNull,
    text: ConsentText,
    changes: Changes,
  })
  .openapi("AskedAnew")

const own = Purpose.exclude(["child"])

/** Consents asked for anew: a wording that changed, a term that ends. */
export function declareRenewals(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/renewals", ...of, name: "listRenewals" },
    summary: "Consents to be asked for anew, and terms that will change",
    description: "Each is answered for itself; never tick one for the member. What was answered, or waved away, is not here again.",
    answer: z.object({
      asked: z.array(Asked),
      coming: z.array(z.object({ purpose: Purpose, beginsAt: instant, text: ConsentText, changes: Changes })),
    }),
    async act({ tx, memberId, locale, at }) {
      const { asked, coming } = await newConsents(tx, { memberId, locale, at })
      return {
        asked: asked.map(({ isNeeded, ...one }) => ({ ...one, needed: isNeeded })),
        coming: coming.map(({ text, changes }) => ({ purpose: text.purpose, beginsAt: text.inForceFrom, text, changes })),
      }
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/me/renewals", ...of, name: "answerRenewals", codes: ["consent_text_outdated", "child_consent"] },
    summary: "Answer them: what is given is agreed to, the rest of what was shown is a no; what was agreed to before stays as it was",
    body: z.strictObject({
      shown: z.array(own).min(1).max(20),
      given: z.array(z.strictObject({ purpose: own, version: whole(1, 1_000_000) })).max(20),
    }),
    async act({ tx, memberId, session, body, ip, locale, at }) {
      const how = { door: "app", origin: { ip, device: session.device }, locale, at } as const
      await renewOwnConsents(tx, { memberId, ...body, ...how })
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/me/renewals/later", ...of, name: "putOffRenewals" },
    summary: "«Not now»: advertising is not asked for again, the terms rest for two weeks",
    body: z.strictObject({ shown: z.array(own).min(1).max(20) }),
    act: ({ tx, memberId, body, at }) => notNow(tx, { memberId, purposes: body.shown, at }),
  })
}
