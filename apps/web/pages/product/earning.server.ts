import type { GroupPage, ShownVariant } from "@mila/catalog"
import type { Tx } from "@mila/kernel"
import type { Visit } from "../../visit.ts"
import { earnedOnOne } from "../parts/earned.server.ts"

/** What one piece of the chosen variant would earn this very person today; nothing for guests. */
export function earningOn(
  tx: Tx,
  visit: Visit,
  { chosen, group, at }: { chosen: ShownVariant; group: GroupPage; at: Date },
): Promise<string | null> {
  const { sku, kind, price } = chosen
  const thing = { sku, kind, category: group.category, brand: group.brand?.name ?? null }
  return earnedOnOne(tx, visit, { ...thing, ...price, shop: visit.cookies.get("shop") ?? "", at })
}
