import { inTransaction, type Tx } from "@mila/kernel"
import { isFreshlyProven } from "@mila/members"
import { saveOwnPassToGoogle } from "@mila/membership"
import { makeApplePass, passesOf } from "@mila/wallet"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { WALLETS } from "./wallet-words.ts"

/** Which wallets of phones the card may be put into here, and what is in them already; null where there are none. */
export async function walletOffer(tx: Tx, { locale, site: { wallets }, session: { memberId } }: MemberVisit) {
  if (!wallets) return null
  const words = WALLETS[locale]
  const passes = await passesOf(tx, memberId)
  const [apple, google] = (["apple", "google"] as const).map((kind) => passes.find((pass) => pass.kind === kind))
  return {
    words,
    apple: wallets.apple ? { says: apple ? words.inApple : words.appleSays } : null,
    google: wallets.google ? { says: !google ? words.googleSays : google.isRotating ? words.inGoogle : words.noCode } : null,
    isIn: passes.length > 0,
  }
}

const WALLET_ACTS = ["to-apple", "to-google"] as const
type WalletAct = (typeof WALLET_ACTS)[number]

export const isWalletAct = (act: string): act is WalletAct => WALLET_ACTS.some((one) => one === act)

/**
 * Leads to the file for Apple Wallet, or to Google, where the member saves the card to their phone. What goes to Google can spend points as long as it is
 * there, whoever is signed in: it takes a fresh proof of who asks (security case A07).
 */
export async function actOnWallets(visit: MemberVisit, act: WalletAct): Promise<Response | { refused: Refused; form: string }> {
  const { db, clock, locale, session, site, log, requestId } = visit
  const at = clock.now()
  const { memberId } = session
  const wallets = site.wallets
  if (!wallets?.[act === "to-apple" ? "apple" : "google"]) return { refused: refused("wallet_unknown", locale), form: act }
  try {
    if (act === "to-apple") {
      await inTransaction(db, (tx) => makeApplePass(tx, { memberId, at }, wallets))
      return redirect(pathIn(locale, "/my/card/mila.pkpass"))
    }
    if (!isFreshlyProven(session, at)) return redirect(`${pathIn(locale, "/my/devices")}?prove=${encodeURIComponent("/my/card")}`)
    return redirect((await saveOwnPassToGoogle(db, { memberId, at }, wallets)).url)
  } catch (error) {
    const code = refusalOf(error)
    if (code === "wallet_away") log.warn({ requestId, err: error }, "a card could not be put to Google Wallet")
    return { refused: refused(code, locale), form: act }
  }
}
