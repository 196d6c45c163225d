import type { CheckedPrice } from "@mila/catalog"
import { pointsText, type Tx } from "@mila/kernel"
import { quote } from "@mila/loyalty"
import { profilesOf } from "@mila/members"
import type { Visit } from "../../visit.ts"
import { PRODUCT } from "../product/words.ts"

type One = Pick<CheckedPrice, "sku" | "category" | "brand" | "kind"> & { cardMinor: number; regularMinor: number; shop: string; at: Date }

/** What one piece would earn this very person today with their card, by the same rules as a till's; null for guests and for nothing. */
export async function earnedOnOne(
  tx: Tx,
  { session, locale }: Visit,
  { sku, category, brand, kind, cardMinor, regularMinor, shop, at }: One,
): Promise<string | null> {
  if (!session) return null
  const { memberId } = session
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  if (!profile) return null
  const line = { line: 1, sku, category, brand, kind, excluded: false, quantityMilli: 1_000, minPriceMinor: null }
  const price = { priceMinor: cardMinor, amountMinor: cardMinor, regularMinor }
  const { earned } = await quote(tx, {
    earner: { memberId, birthday: profile.birthday, employeeAtOwnTill: false, cardKind: "virtual" },
    basket: { ...{ shop, channel: "till", soldAt: at, tenders: [] }, lines: [{ ...line, ...price } as never] },
    redeem: { mode: "none" },
    at,
  })
  return earned > 0 ? PRODUCT[locale].earn.replace("{points}", pointsText(earned, locale)) : null
}
