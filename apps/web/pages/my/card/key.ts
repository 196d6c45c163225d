import { inTransaction } from "@mila/kernel"
import { enrolOwnDevice } from "@mila/membership"
import { data } from "react-router"
import { refusalOf } from "../../parts/flow.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

/**
 * Gives this phone the key of a card's rotating code, once: the page puts it where no script can read it out again (a CryptoKey that is not extractable).
 */
export async function action(loading: Loading) {
  const { db, clock, deviceName, session } = memberVisitOf(loading)
  const cardId = Number((await loading.request.formData()).get("card")) || 0
  const own = { memberId: session.memberId, cardId, deviceName, sessionId: session.sessionId, at: clock.now() }
  try {
    return data(await inTransaction(db, (tx) => enrolOwnDevice(tx, own)), { headers: { "cache-control": "no-store" } })
  } catch (error) {
    return data({ refused: refusalOf(error) }, 409)
  }
}
