import { zoneOfShop } from "@mila/catalog"
import type { Tx } from "@mila/kernel"
import type { Visit } from "../../visit.ts"

/** At whose prices a visitor is shown goods: of the region whose feed led here, else of their own shop, else the main ones. */
export async function zoneFor(tx: Tx, { zone, cookies }: Visit): Promise<string> {
  const shop = cookies.get("shop")
  return zone ?? (shop === undefined ? "main" : zoneOfShop(tx, shop))
}
