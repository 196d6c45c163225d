import type { GroupPage, ShownVariant } from "@mila/catalog"
import { pointsText, type Tx } from "@mila/kernel"
import { quote } from "@mila/loyalty"
import { profilesOf } from "@mila/members"
import type { Visit } from "../../visit.ts"
import { PRODUCT } from "./words.ts"

/** What one piece would earn this very person today with their card, by the same rules as a till's; nothing for guests. */
export async function earningOn(
  tx: Tx,
  { session, locale, cookies }: Visit,
  { chosen, group, at }: { chosen: ShownVariant; group: GroupPage; at: Date },
): Promise<string | null> {
  if (!session) return null
  const { memberId } = session
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  if (!profile) return null
  const { cardMinor, regularMinor } = chosen.price
  const line = { line: 1, sku: chosen.sku, category: group.category, brand: group.brand?.name ?? null, kind: chosen.kind, excluded: false }
  const { earned } = await quote(tx, {
    earner: { memberId, birthday: profile.birthday, employeeAtOwnTill: false, cardKind: "virtual" },
    basket: {
      ...{ shop: cookies.get("shop") ?? "", channel: "till", soldAt: at, tenders: [] },
      lines: [{ ...line, quantityMilli: 1_000, priceMinor: cardMinor, amountMinor: cardMinor, regularMinor, minPriceMinor: null }],
    },
    redeem: { mode: "none" },
    at,
  })
  return earned > 0 ? PRODUCT[locale].earn.replace("{points}", pointsText(earned, locale)) : null
}
