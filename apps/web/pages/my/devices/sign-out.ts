import { inTransaction } from "@mila/kernel"
import { endSessions } from "@mila/members"
import { endDevicesSignedOut } from "@mila/membership"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

/** Ends the session here; the browser forgets what it kept, the card's key among it. */
export async function action(loading: Loading) {
  const { db, clock, locale, session, cookies } = memberVisitOf(loading)
  const { memberId, sessionId } = session
  const at = clock.now()
  await inTransaction(db, async (tx) => {
    await endSessions(tx, { memberId, only: sessionId, at })
    await endDevicesSignedOut(tx, { memberId, at })
  })
  cookies.forget("session")
  cookies.forget("flow")
  return redirect(pathIn(locale, "/"), { headers: { "clear-site-data": '"cache", "storage"' } })
}

export const loader = (loading: Loading) => redirect(pathIn(memberVisitOf(loading).locale, "/my"))
