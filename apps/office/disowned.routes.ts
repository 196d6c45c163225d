import { z } from "@hono/zod-openapi"
import { decideDisowned, disowned } from "@mila/tills"
import { declare, type Office } from "./declare.ts"
import { notTheirOwn } from "./adjust.ts"
import { idIn, instant, most } from "./schemas.ts"

const STATES = ["open", "confirmed", "rejected", "taken_back"] as const

const Said = z
  .object({
    disownedId: z.number(),
    receiptId: z.string(),
    memberId: z.number().openapi({ description: "Who says that it is not theirs." }),
    saidAt: instant,
    state: z.enum(STATES),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    soldAt: instant,
    totalMinor: z.number().openapi({ description: "The receipt's sum in kopecks." }),
    earned: z.number().openapi({ description: "Points it brought the member." }),
    redeemed: z.number().openapi({ description: "Points of the member's that paid for it." }),
  })
  .openapi("DisownedReceipt")

const bySaying = z.object({ disownedId: idIn })

/** Purchases that members say are not theirs. */
export function declareDisowned(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/disowned-receipts", permission: "receipts.read", tag: "Receipts" },
    summary: "Purchases that members say are not theirs, oldest first; hidden from them meanwhile",
    query: z.strictObject({ state: z.enum(STATES).default("open"), after: idIn.optional(), most }),
    answer: z.object({ receipts: z.array(Said) }),
    act: async ({ tx, query: { state, after = 0, most: atMost } }) => ({ receipts: await disowned(tx, { state, after, most: atMost }) }),
  })
  for (const { act, isTheirs, summary } of [
    {
      act: "confirm",
      isTheirs: false,
      summary: "It is not theirs and stays hidden; points it brought or took are corrected by an adjustment",
    },
    { act: "reject", isTheirs: true, summary: "It is theirs: they see it again" },
  ])
    declare(office, {
      ...{ method: "post", path: `/disowned-receipts/{disownedId}/${act}`, permission: "receipts.release", tag: "Receipts", summary },
      params: bySaying,
      answer: Said,
      async act({ tx, at, by, staff, params: { disownedId }, note }) {
        const said = await decideDisowned(tx, { disownedId, isTheirs, by, at })
        await notTheirOwn(tx, { memberId: said.memberId, staff })
        const about = { disownedId, receiptId: said.receiptId }
        if (isTheirs) await note("receipts.disowned-reject", `member:${said.memberId}`, about)
        else await note("receipts.disowned-confirm", `member:${said.memberId}`, about)
        return said
      },
    })
}
