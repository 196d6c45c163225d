import { z } from "@hono/zod-openapi"
import { saveOwnPassToGoogle } from "@mila/membership"
import { applePass, makeApplePass, ownApplePass, passesOf, removePass } from "@mila/wallet"
import { type Account, forMembers, forProven, refuse } from "./declare.ts"
import { idIn, instant } from "./schemas.ts"

const of = { tag: "Wallets" }

/** The card in wallets of phones. */
export function declareWallets(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/wallet-passes", ...of, name: "listPasses", summary: "Which wallets there are here, and what is in them" },
    answer: z.object({
      apple: z.boolean(),
      google: z.boolean(),
      passes: z.array(
        z.object({
          passId: z.number().int(),
          kind: z.enum(["apple", "google"]),
          cardNumber: z.string(),
          isRotating: z.boolean(),
          madeAt: instant,
        }),
      ),
    }),
    async act({ tx, memberId, context: { wallets } }) {
      return { apple: Boolean(wallets?.apple), google: Boolean(wallets?.google), passes: await passesOf(tx, memberId) }
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/wallet-passes/apple", ...of, name: "getApplePass", codes: ["wallet_unknown", "card_not_shown"] },
    summary: "The signed pass for Apple Wallet; as often as it is asked for",
    files: ["application/vnd.apple.pkpass"],
    async file({ tx, memberId, at, context: { wallets } }) {
      if (!wallets?.apple) return refuse("wallet_unknown")
      await makeApplePass(tx, { memberId, at }, wallets)
      const bytes = new Uint8Array(applePass(await ownApplePass(tx, { memberId, at }, wallets), wallets.apple, { at }))
      return { type: "application/vnd.apple.pkpass", name: "mila.pkpass", bytes }
    },
  })
  forProven(account, {
    ...{ method: "post", path: "/wallet-passes/google", ...of, name: "saveToGoogle" },
    codes: ["wallet_unknown", "card_not_shown", "pass_being_made", "wallet_away", "too_many_devices"],
    summary: "The link that saves the card to Google Wallet; the pass can spend points, so it takes a fresh proof",
    answer: z.object({ url: z.string() }),
    async run({ memberId, at, context: { db, wallets } }) {
      if (!wallets?.google) return refuse("wallet_unknown")
      return saveOwnPassToGoogle(db, { memberId, at }, wallets)
    },
  })
  forMembers(account, {
    ...{ method: "delete", path: "/wallet-passes/{passId}", ...of, name: "removePass", codes: ["pass_unknown"] },
    summary: "The card in that wallet works no more, from now on",
    params: z.object({ passId: idIn }),
    act: ({ tx, memberId, params: { passId }, at }) => removePass(tx, { memberId, passId, at }),
  })
}
