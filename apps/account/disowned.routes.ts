import { z } from "@hono/zod-openapi"
import { disown, disownedOf, takeBackDisowned } from "@mila/tills"
import { type Account, forMembers } from "./declare.ts"
import { idIn, instant, minor, text } from "./schemas.ts"

const Said = z
  .object({
    disownedId: z.number().int(),
    receiptId: z.string(),
    soldAt: instant,
    totalMinor: minor,
    saidAt: instant,
    state: z.enum(["open", "confirmed", "rejected", "taken_back"]).openapi({
      description:
        "`open` until a person of ours looks; `confirmed`: it stays hidden; `rejected`: they found that it is the member's, it is shown again.",
    }),
  })
  .openapi("DisownedReceipt")

/** Purchases on the account that their member did not make. */
export function declareDisowned(account: Account): void {
  const of = { tag: "Receipts" }
  forMembers(account, {
    ...{ method: "post", path: "/receipts/{receiptId}/disown", ...of, name: "disownReceipt" },
    codes: ["receipt_not_found", "receipt_is_a_return"],
    summary: "It is not the member's: hidden from them at once, a person of ours looks at it; points stay until then",
    params: z.object({ receiptId: text(100) }),
    act: ({ tx, memberId, params: { receiptId }, at }) => disown(tx, { memberId, receiptId, at }),
  })
  forMembers(account, {
    ...{ method: "get", path: "/disowned-receipts", ...of, name: "listDisownedReceipts" },
    summary: "What the member said is not theirs, newest first",
    answer: z.object({ receipts: z.array(Said) }),
    act: async ({ tx, memberId }) => ({ receipts: await disownedOf(tx, { memberId }) }),
  })
  forMembers(account, {
    ...{ method: "post", path: "/disowned-receipts/{disownedId}/take-back", ...of, name: "takeBackDisowned" },
    codes: ["disowned_not_found", "disowned_decided"],
    summary: "It is the member's after all, while nobody decided",
    params: z.object({ disownedId: idIn }),
    act: ({ tx, memberId, params: { disownedId }, at }) => takeBackDisowned(tx, { memberId, disownedId, at }),
  })
}
