import { inTransaction } from "@mila/kernel"
import { endOwnSessions } from "@mila/membership"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

/** Ends the session here; the browser forgets what it kept, the card's key among it. */
export async function action(loading: Loading) {
  const { db, clock, locale, session, cookies } = memberVisitOf(loading)
  const { memberId, sessionId } = session
  await inTransaction(db, (tx) => endOwnSessions(tx, { memberId, only: sessionId, at: clock.now() }))
  cookies.forget("session")
  cookies.forget("flow")
  return redirect(pathIn(locale, "/"), { headers: { "clear-site-data": '"cache", "storage"' } })
}

export const loader = (loading: Loading) => redirect(pathIn(memberVisitOf(loading).locale, "/my"))
