import { inTransaction } from "@mila/kernel"
import { applePass, ownApplePass } from "@mila/wallet"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

/** The signed pass for Apple Wallet, as a file a phone opens by itself. Where none was asked for, back to the card. */
export async function loader(loading: Loading) {
  const { db, clock, locale, site, session } = memberVisitOf(loading)
  const { wallets } = site
  if (!wallets?.apple) return redirect(pathIn(locale, "/my/card"))
  try {
    const own = { memberId: session.memberId, at: clock.now() }
    const pass = await inTransaction(db, (tx) => ownApplePass(tx, own, wallets))
    const headers = {
      "content-type": "application/vnd.apple.pkpass",
      "content-disposition": 'attachment; filename="mila.pkpass"',
      "cache-control": "no-store",
    }
    return new Response(new Uint8Array(applePass(pass, wallets.apple, own)), { headers })
  } catch (error) {
    refusalOf(error)
    return redirect(pathIn(locale, "/my/card"))
  }
}
