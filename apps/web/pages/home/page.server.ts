import { counted, inTransaction } from "@mila/kernel"
import { countShops } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { HOME, SHOPS } from "./words.ts"

/** The shop's front page until the shop itself stands here: what the card is, and how to get one. */
export async function front({ db, locale, session }: Visit) {
  const shops = await inTransaction(db, (tx) => countShops(tx))
  const words = HOME[locale]
  return { words, shops: words.shops.replace("{shops}", counted(shops, SHOPS[locale], locale)), signedIn: session !== undefined }
}
