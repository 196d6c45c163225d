import { z } from "@hono/zod-openapi"
import { expiring, statement } from "@mila/membership"
import { declare, type Office } from "./declare.ts"
import { byMember, knownMember } from "./members.routes.ts"
import { Explained } from "./receipts.routes.ts"
import { Balance, day, idIn, instant } from "./schemas.ts"

const Posting = z.object({
  line: z.number(),
  source: z.string(),
  target: z.string(),
  points: z.number(),
  lotId: z.number(),
  expiresOn: day.nullable(),
})

const Entry = z
  .object({
    transactionId: z.number(),
    reference: z.string(),
    kind: z.string(),
    occurredAt: instant,
    recordedAt: instant,
    postings: z.array(Posting),
    balance: Balance,
    receipt: z
      .object({ receiptId: z.string(), kind: z.enum(["sale", "return"]), shop: z.string(), soldAt: instant, totalMinor: z.number() })
      .nullable(),
    explanation: z.array(Explained).openapi({ description: "Why each number of the receipt is what it is, every zero included." }),
    text: z.string().nullable().openapi({ description: "One sentence about a movement that no receipt explains." }),
  })
  .openapi("StatementEntry")

/** A member's movements, explained. */
export function declareStatement(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/statement", permission: "points.read", tag: "Points" },
    summary: "A member's movements, newest first, explained in the language asked for; `next` is the `before` of the next page",
    params: byMember,
    query: z.strictObject({ before: idIn.optional(), most: z.coerce.number().int().min(1).max(100).default(50) }),
    answer: z.object({
      memberId: z.number(),
      expiring: z
        .array(z.object({ day, points: z.number(), text: z.string() }))
        .openapi({ description: "What ends within the programme's farthest reminder, by its last usable day, soonest first." }),
      entries: z.array(Entry),
      next: z.number().nullable(),
    }),
    async act({ tx, at, locale, params, query: { before, most }, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      await note("member.statement", `member:${memberId}`)
      const entries = await statement(tx, { memberId, before, most, locale })
      return {
        memberId,
        expiring: await expiring(tx, { memberId, locale, at }),
        entries,
        next: entries.length === most ? entries.at(-1)!.transactionId : null,
      }
    },
  })
}
