import { z } from "@hono/zod-openapi"
import { explained, receiptById, type ReceiptSummary, receiptsOf, receiptsOfTill } from "@mila/tills"
import { knownMember } from "./members.routes.ts"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { idIn, instant, most } from "./schemas.ts"

const Receipt = z
  .object({
    receiptId: z.string(),
    shop: z.string(),
    till: z.number(),
    kind: z.enum(["sale", "return"]),
    state: z.enum(["settled", "quarantined", "parked", "cancelled"]),
    soldAt: instant,
    recordedAt: instant,
    memberId: z.number().nullable(),
    totalMinor: z.number(),
    earned: z.number().openapi({ description: "Of a return: taken back." }),
    redeemed: z.number().openapi({ description: "Of a return: given back." }),
    flags: z.array(z.string()),
  })
  .openapi("Receipt")

export const Explained = z
  .object({
    line: z.number().nullable(),
    code: z.string(),
    rule: z.string().nullable(),
    version: z.number(),
    points: z.number(),
    text: z.string().openapi({ description: "One sentence in the language asked for." }),
  })
  .openapi("Explanation")

const Cursor = z.strictObject({ soldAt: z.coerce.date(), receiptId: z.string().max(80) })

/** A page's end, for the next page to begin after it; opaque to whoever reads it. */
function cursorOf({ soldAt, receiptId }: ReceiptSummary): string {
  return Buffer.from(JSON.stringify({ soldAt, receiptId })).toString("base64url")
}

function cursorFrom(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")))
  } catch {
    return refuse("malformed", { fields: ["before"] })
  }
}

/** Receipts as tills told them, and why each number is what it is. */
export function declareReceipts(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/receipts", permission: "receipts.read", tag: "Receipts" },
    summary: "A member's receipts, newest first, those they said are not theirs among them",
    params: z.object({ memberId: idIn }),
    query: z.strictObject({ before: z.string().max(400).optional(), most }),
    answer: z.object({ receipts: z.array(Receipt), next: z.string().nullable() }),
    async act({ tx, params: { memberId }, query: { before, most }, note }) {
      await knownMember(tx, memberId)
      await note("member.receipts", `member:${memberId}`)
      const from = before === undefined ? {} : { before: cursorFrom(before) }
      const receipts = await receiptsOf(tx, { memberId, most, toStaff: true, ...from })
      return { receipts, next: receipts.length === most ? cursorOf(receipts.at(-1)!) : null }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/tills/{tillId}/receipts",
      permission: "receipts.read",
      tag: "Receipts",
      summary: "A till's receipts by their number",
    },
    params: z.object({ tillId: idIn }),
    query: z.strictObject({ after: z.string().max(80).optional(), most }),
    answer: z.object({ receipts: z.array(Receipt), next: z.string().nullable() }),
    async act({ tx, params: { tillId }, query: { after = "", most } }) {
      const receipts = await receiptsOfTill(tx, { tillId, after, most })
      return { receipts, next: receipts.length === most ? receipts.at(-1)!.receiptId : null }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/receipts/{receiptId}",
      permission: "receipts.read",
      tag: "Receipts",
      summary: "One receipt, whole, with every number explained",
    },
    params: z.object({ receiptId: z.string().min(1).max(80).openapi({ example: "0412-3-17-9001" }) }),
    answer: Receipt.extend({ body: z.record(z.string(), z.unknown()), explanation: z.array(Explained) }).openapi("WholeReceipt"),
    async act({ tx, params: { receiptId }, locale }) {
      const receipt = (await receiptById(tx, receiptId)) ?? refuse("receipt_not_found", { receiptId })
      return { ...receipt, explanation: await explained(tx, receipt.explanation, locale) }
    },
  })
}
