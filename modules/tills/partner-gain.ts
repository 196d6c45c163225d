import { points, type Points, type Tx } from "@mila/kernel"
import { quote } from "@mila/loyalty"
import { profilesOf, worksAt } from "@mila/members"
import type { Line, Tender } from "./facts.ts"
import { productsNow } from "./product-memory.ts"
import { basketOf } from "./receipt-rules.ts"
import { receiptsByIds, receiptsOf } from "./receipts-of.ts"

const MOST_RECEIPTS = 10

/**
 * What a member's last purchases since `since` would have earned on top had a linked partner card been shown: their own receipts counted again, under the
 * rules of their day, both ways. Ten receipts at most; nothing is written.
 */
export async function gainWithPartnerCard(tx: Tx, { memberId, since, at }: { memberId: number; since: Date; at: Date }): Promise<Points> {
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  const recent = (await receiptsOf(tx, { memberId, most: MOST_RECEIPTS })).filter(
    ({ kind, state, soldAt }) => kind === "sale" && state === "settled" && soldAt >= since,
  )
  if (!profile || recent.length === 0) return points(0)
  let gain = 0
  for (const { body, shop, till, soldAt } of (
    await receiptsByIds(
      tx,
      recent.map(({ receiptId }) => receiptId),
    )
  ).values()) {
    const { lines, tenders } = body as { lines: readonly Line[]; tenders?: readonly Tender[] }
    const products = await productsNow(
      tx,
      lines.map(({ sku }) => sku),
      at,
    )
    const basket = basketOf({ storeCode: shop, lines, tenders }, { products, soldAt })
    const earner = { memberId, birthday: profile.birthday, employeeAtOwnTill: worksAt(profile, { shop, till }) }
    const by = async (cardKind: "virtual" | "partner") =>
      (await quote(tx, { earner: { ...earner, cardKind }, basket, redeem: { mode: "none" }, at: soldAt })).earned
    gain += Math.max(0, (await by("partner")) - (await by("virtual")))
  }
  return points(gain)
}
