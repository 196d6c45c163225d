import { points, type Points, type Tx } from "@mila/kernel"
import { earnedWithEach } from "@mila/loyalty"
import { profilesOf, worksAt } from "@mila/members"
import type { Line, Tender } from "./facts.ts"
import { productsNow } from "./product-memory.ts"
import { basketOf } from "./receipt-rules.ts"
import { receiptsByIds, receiptsOf } from "./receipts-of.ts"

const MOST_RECEIPTS = 10

/**
 * What a member's last purchases since `since` would have earned on top had a linked partner card been shown: their own receipts counted again, under the
 * rules of their day, both ways. Ten receipts at most, in as many statements as for one; nothing is written.
 */
export async function gainWithPartnerCard(tx: Tx, { memberId, since, at }: { memberId: number; since: Date; at: Date }): Promise<Points> {
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  const recent = (await receiptsOf(tx, { memberId, most: MOST_RECEIPTS })).filter(
    ({ kind, state, soldAt }) => kind === "sale" && state === "settled" && soldAt >= since,
  )
  if (!profile || recent.length === 0) return points(0)
  const ids = recent.map(({ receiptId }) => receiptId)
  const receipts = [...(await receiptsByIds(tx, ids)).values()]
  const skus = receipts.flatMap(({ body }) => told(body).lines.map(({ sku }) => sku))
  const products = await productsNow(tx, skus, at)
  const purchases = receipts.map(({ body, shop, till, soldAt }) => ({
    earner: { memberId, birthday: profile.birthday, employeeAtOwnTill: worksAt(profile, { shop, till }) },
    basket: basketOf({ storeCode: shop, ...told(body) }, { products, soldAt }),
    soldAt,
  }))
  const earned = await earnedWithEach(tx, { purchases, cards: ["virtual", "partner"] })
  return points(earned.reduce((gain, { partner, virtual }) => gain + Math.max(0, partner - virtual), 0))
}

/** What a till told of a sale, as much of it as is counted. */
function told(body: Record<string, unknown>): { lines: readonly Line[]; tenders: readonly Tender[] | undefined } {
  const { lines, tenders } = body as { lines: readonly Line[]; tenders?: readonly Tender[] }
  return { lines, tenders }
}
