import { statement, type Tx } from "@mila/kernel"
import { refuse } from "../refusals.ts"
import { type BrowserSubscription, isAllowedEndpoint, pushServiceOf } from "./endpoints.ts"

/** A place where a member reads notifications: the browser of one session. */
export type PushPlace = { subscriptionId: number; memberId: number; sessionId: number; service: string; madeAt: Date; takenAt: Date | null }

const COLUMNS = `id "subscriptionId", member_id "memberId", session_id "sessionId", service, made_at "madeAt", taken_at "takenAt"`

const forgetOther = statement<{ id: number }>(
  "messages.forget_other_subscription",
  "delete from messages.push_subscription where session_id = $1 or endpoint_hash = any ($2::bytea[]) returning id",
)
const insert = statement<{ id: number }>(
  "messages.insert_subscription",
  `insert into messages.push_subscription (member_id, session_id, endpoint_hash, sealed, service, made_at) values ($1, $2, $3, $4, $5, $6) returning id`,
)
const ofMember = statement<PushPlace>(
  "messages.subscriptions_of",
  `select ${COLUMNS} from messages.push_subscription where member_id = any ($1::bigint[]) order by member_id, coalesce(taken_at, made_at) desc, id desc`,
)
const endOf = statement<{ id: number }>(
  "messages.end_subscriptions",
  "delete from messages.push_subscription where member_id = $1 and ($2::bigint[] is null or session_id <> all ($2::bigint[])) returning id",
)
const endOne = statement<{ id: number }>(
  "messages.end_subscription",
  "delete from messages.push_subscription where member_id = $1 and id = $2 returning id",
)
const byIds = statement<{ id: number; sealed: Buffer }>(
  "messages.subscriptions_by_id",
  "select id, sealed from messages.push_subscription where id = any ($1::bigint[])",
)
const endById = statement<{ id: number }>(
  "messages.end_gone_subscription",
  "delete from messages.push_subscription where id = $1 returning id",
)
const taken = statement<{ id: number }>(
  "messages.subscription_taken",
  "update messages.push_subscription set taken_at = $2 where id = $1 and (taken_at is null or taken_at < $2) returning id",
)
const hand = statement<{ id: number }>(
  "messages.hand_subscriptions",
  "delete from messages.push_subscription where member_id = $1 returning id",
)

/**
 * Keeps what a browser gave, for the session it is signed in with; what that session had before is replaced, and so is what the browser says it had
 * (`formerEndpoint`), or somebody else had who was signed in there. Refuses `push_service_unknown` for an address that is not at one of `hosts`.
 */
export async function keepSubscription(
  tx: Tx,
  {
    memberId,
    sessionId,
    subscription,
    formerEndpoint = null,
    hosts,
    at,
  }: {
    memberId: number
    sessionId: number
    subscription: BrowserSubscription
    formerEndpoint?: string | null
    hosts: readonly string[]
    at: Date
  },
): Promise<{ subscriptionId: number }> {
  const { endpoint } = subscription
  if (!isAllowedEndpoint(endpoint, hosts)) refuse("push_service_unknown")
  // Every reason to refuse is behind us.
  const hash = (address: string): Buffer => tx.secrets.hmac("message-push", address)
  await forgetOther(tx, [sessionId, [endpoint, ...(formerEndpoint === null ? [] : [formerEndpoint])].map(hash)])
  const sealed = tx.secrets.seal("message-push", JSON.stringify(subscription))
  const [made] = await insert(tx, [memberId, sessionId, hash(endpoint), sealed, pushServiceOf(endpoint), at])
  return { subscriptionId: made!.id }
}

/** Where each of these members reads notifications, the place used last first. */
export async function pushPlacesOf(tx: Tx, memberIds: readonly number[]): Promise<Map<number, PushPlace[]>> {
  if (memberIds.length === 0) return new Map()
  return Map.groupBy(await ofMember(tx, [memberIds]), ({ memberId }) => memberId)
}

/** Ends what a member has at sessions other than these; all of it, when `sessionIds` is null. Answers how many ended. Harmless twice. */
export async function endSubscriptions(
  tx: Tx,
  { memberId, exceptSessions }: { memberId: number; exceptSessions: readonly number[] | null },
): Promise<number> {
  return (exceptSessions === null ? await hand(tx, [memberId]) : await endOf(tx, [memberId, exceptSessions])).length
}

/** Turns notifications off at one place of a member; somebody else's is untouched. Harmless twice. */
export async function endSubscription(tx: Tx, { memberId, subscriptionId }: { memberId: number; subscriptionId: number }): Promise<void> {
  await endOne(tx, [memberId, subscriptionId])
}

/** What stands as the recipient of a notification: the place, by its number. The place itself is looked up when it is sent. */
export const placeName = (subscriptionId: number): string => `push:${subscriptionId}`

const placeIn = (to: string): number => Number(/^push:(\d{1,15})$/.exec(to)?.[1] ?? 0)

/** The subscriptions of these recipients as their browsers gave them, in JSON; what is gone is missing. */
export async function subscriptionsNamed(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await byIds(tx, [names.map(placeIn)])
  return new Map(rows.map(({ id, sealed }) => [placeName(id), tx.secrets.open("message-push", sealed)]))
}

/** The service took something for this place. */
export const noteTaken = (tx: Tx, { to, at }: { to: string; at: Date }) => taken(tx, [placeIn(to), at])

/** The service says that nobody is there any more. */
export const forgetGone = (tx: Tx, to: string) => endById(tx, [placeIn(to)])
