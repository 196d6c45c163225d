import { inTransaction } from "@mila/kernel"
import { keepSubscription, pushPlacesOf, readSubscription } from "@mila/messages"
import { data, redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

const MOST_CHARACTERS = 5_000

/** Keeps what a browser got from its maker's service, for this session: the page sends it after a touch, the service worker when the service gave another one. */
export async function action(loading: Loading) {
  const { db, clock, session, site } = memberVisitOf(loading)
  if (!site.push) return data({ refused: "other" }, 404)
  const sent = await sentIn(loading.request)
  const subscription = readSubscription(sent["subscription"])
  if (!subscription) return data({ refused: "other" }, 400)
  const { memberId, sessionId } = session
  const formerEndpoint = typeof sent["former"] === "string" ? sent["former"].slice(0, 1_000) : null
  const kept = { memberId, sessionId, subscription, formerEndpoint, hosts: site.push.hosts, at: clock.now() }
  try {
    await inTransaction(db, (tx) => keepSubscription(tx, kept))
    return data({ kept: true })
  } catch (error) {
    return data({ refused: refusalOf(error) }, 409)
  }
}

async function sentIn(request: Request): Promise<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse((await request.text()).slice(0, MOST_CHARACTERS))
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** With `?key`, what a service worker subscribes anew with: our public key, where this session is told of anything. A person is led to the page. */
export async function loader(loading: Loading) {
  const { db, locale, session, site } = memberVisitOf(loading)
  if (!new URL(loading.request.url).searchParams.has("key")) return redirect(pathIn(locale, "/my/subscriptions"))
  const { memberId, sessionId } = session
  const places = (await inTransaction(db, (tx) => pushPlacesOf(tx, [memberId]))).get(memberId) ?? []
  const isTold = places.some((place) => place.sessionId === sessionId)
  return data({ publicKey: (isTold && site.push?.publicKey) || null })
}
