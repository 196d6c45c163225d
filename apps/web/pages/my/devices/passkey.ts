import { inTransaction } from "@mila/kernel"
import { askForPasskey, askToProve, isFreshlyProven, passkeySiteOf } from "@mila/members"
import { data, redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { formText } from "../../parts/form-text.ts"
import { FRAME } from "../../words/frame.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

/** What a browser has signed to make a passkey, which takes a fresh proof, or to prove who is there. */
export async function action(loading: Loading) {
  const { db, clock, locale, session, site } = memberVisitOf(loading)
  const { memberId, sessionId } = session
  const at = clock.now()
  const adds = formText(await loading.request.formData(), "for") === "add"
  const passkeys = passkeySiteOf(site.publicUrl)
  if (!passkeys) return data({ refused: "other" }, 404)
  if (adds && !isFreshlyProven(session, at)) return data({ refused: "reauth_required" }, 401)
  const own = { memberId, sessionId, site: passkeys, at }
  try {
    const asked = await inTransaction(db, (tx) => (adds ? askForPasskey(tx, { ...own, chain: FRAME[locale].brand }) : askToProve(tx, own)))
    return "options" in asked ? data(asked) : data({ refused: "too_often" }, 429)
  } catch (error) {
    return data({ refused: refusalOf(error) }, 409)
  }
}

export const loader = (loading: Loading) => redirect(pathIn(memberVisitOf(loading).locale, "/my/devices"))
