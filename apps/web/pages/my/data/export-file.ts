import { cardsOf } from "@mila/cards"
import { inTransaction } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { isFreshlyProven, memberHistory, personOf, sessionsOf } from "@mila/members"
import { statement } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import { consentHistory, disclosuresOf, requestsOf } from "@mila/privacy"
import { receiptsOf } from "@mila/tills"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

const MOST = 1_000

/** Everything we hold of a person, as JSON. Takes a fresh proof of who it is (security case A56): a file is easier taken than read. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const { memberId } = session
  const at = clock.now()
  if (!isFreshlyProven(session, at)) return redirect(`${pathIn(locale, "/my/devices")}?prove=${encodeURIComponent("/my/data")}`)
  const everything = await inTransaction(db, async (tx) => ({
    madeAt: at,
    person: await personOf(tx, memberId),
    history: await memberHistory(tx, memberId),
    cards: await cardsOf(tx, memberId),
    points: (await balancesOf(tx, [memberId])).get(memberId) ?? null,
    statement: await statement(tx, { memberId, most: MOST, locale }),
    receipts: await receiptsOf(tx, { memberId, most: MOST }),
    consents: await consentHistory(tx, memberId),
    disclosures: await disclosuresOf(tx, { memberId, since: new Date(0) }),
    requests: await requestsOf(tx, memberId),
    sessions: await sessionsOf(tx, { memberId, at }),
    messages: (await outboxOf(tx, { memberId, most: MOST })).filter(({ template }) => template !== "confirmation_code"),
  }))
  return new Response(JSON.stringify(everything, null, 2), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="mila-my-data.json"',
      "cache-control": "no-store",
    },
  })
}
