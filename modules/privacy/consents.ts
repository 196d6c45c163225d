import { addMonths, dayIn, endOfDay, type Locale, MINSK, statement, type Tx } from "@mila/kernel"
import { currentTexts } from "./publish-texts.ts"
import { PURPOSES, type Purpose } from "./purposes.ts"
import { refuse } from "./refusals.ts"
import { endsSoon } from "./renewals.ts"
import type { ConsentDoor, Means } from "./states.ts"

/** Who says so: `member:17`, `representative:17` for member 17 while they are a child, `staff:3`, `system`. */
export type Actor = "system" | `member:${number}` | `representative:${number}` | `staff:${number}` | `till:${number}`

export type ConsentEvent = {
  purpose: Purpose
  what: "given" | "withdrawn"
  version: number
  locale: Locale
  means: Means
  door: ConsentDoor
  holdsUntil: Date | null
  at: Date
  by: Actor
}

/** Where somebody was when they agreed: network address and device, kept sealed as proof. */
export type Origin = { ip: string; device: string }

type Given = {
  memberId: number
  /** the wording that was shown, by version, each for itself */
  given: readonly { purpose: Purpose; version: number }[]
  locale: Locale
  means: Means
  door: ConsentDoor
  origin?: Origin | null
  /** the last moment of whatever rests on consent, when it is before the purpose's own: who agrees for a child agrees until they are sixteen */
  until?: Date | null
  at: Date
  by: Actor
}

const COLUMNS = `purpose, what, version, locale, means, door, holds_until "holdsUntil", at, by`

const insert = statement(
  "privacy.consent",
  `insert into privacy.consent_event (member_id, purpose, what, version, locale, means, door, origin_sealed, holds_until, at, by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
)
const alone = statement("privacy.member_alone", "select pg_advisory_xact_lock(7265019, $1::int)")
const latest = statement<ConsentEvent & { memberId: number }>(
  "privacy.latest_consents",
  `select distinct on (member_id, purpose) member_id "memberId", ${COLUMNS} from privacy.consent_event
    where member_id = any ($1::bigint[]) order by member_id, purpose, id desc`,
)
const all = statement<ConsentEvent>(
  "privacy.consent_history",
  `select ${COLUMNS} from privacy.consent_event where member_id = $1 order by id desc`,
)

/**
 * Writes down what somebody agreed to, word for word by version. What they had agreed to in this very wording stays as it is,
 * unless its term is about to end; what a representative agreed to for them, they agree to themselves.
 * Refuses `consent_text_outdated` when the wording shown is no longer the one in force.
 */
export async function giveConsents(
  tx: Tx,
  { memberId, given, locale, means, door, origin = null, until = null, at, by }: Given,
): Promise<void> {
  const inForce = await currentTexts(tx, locale, at)
  for (const { purpose, version } of given) {
    if (inForce.get(purpose)?.version !== version) refuse("consent_text_outdated", { purpose })
  }
  await alone(tx, [memberId])
  const held = await heldBy(tx, { memberId, at })
  // Every reason to refuse is behind us.
  const sealed = origin && tx.secrets.seal("privacy.origin", JSON.stringify(origin))
  for (const { purpose, version } of given) {
    const before = held.get(purpose)
    if (before?.version === version && isFor(before.by) === isFor(by) && !(until === null && endsSoon(before.holdsUntil, at))) continue
    await insert(tx, [memberId, purpose, "given", version, locale, means, door, sealed, holdsUntil(purpose, { at, until }), at, by])
  }
}

/** Withdraws what was agreed to, at once and for the future. Withdrawing what was not given is harmless. Refuses `consent_needed`. */
export async function withdrawConsents(
  tx: Tx,
  withdrawn: { memberId: number; purposes: readonly Purpose[]; means: Means; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  if (withdrawn.purposes.some((purpose) => PURPOSES[purpose].basis === "contract")) refuse("consent_needed")
  await withdraw(tx, withdrawn)
}

/** The person left: nothing they agreed to holds any longer. */
export async function withdrawAll(
  tx: Tx,
  { memberId, door, at, by }: { memberId: number; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  await withdraw(tx, { memberId, purposes: Object.keys(PURPOSES) as Purpose[], means: "leaving", door, at, by })
}

/** Two memberships become one: of what consent allows, only what both agreed to goes on; consent to a partner's card goes along with the card. */
export async function mergeConsents(
  tx: Tx,
  { from, into, door = "office", at, by }: { from: number; into: number; door?: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  await carryPartnerConsent(tx, { from, into, door, at, by })
  const other = await heldBy(tx, { memberId: from, at })
  const lost = [...(await heldBy(tx, { memberId: into, at })).keys()].filter(
    (purpose) => PURPOSES[purpose].basis === "consent" && purpose !== "partner_card" && !other.has(purpose),
  )
  await withdraw(tx, { memberId: into, purposes: lost, means: "merge", door, at, by })
  await withdraw(tx, { memberId: from, purposes: [...other.keys()], means: "merge", door, at, by })
}

/**
 * A partner's card goes from one membership to another of the same person, and with it the consent it rests on, word for word and until the day it was given for.
 * Harmless where there is none, or the other has their own.
 */
export async function carryPartnerConsent(
  tx: Tx,
  { from, into, door, at, by }: { from: number; into: number; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  await alone(tx, [into])
  const theirs = (await heldBy(tx, { memberId: from, at })).get("partner_card")
  if (!theirs || (await heldBy(tx, { memberId: into, at })).has("partner_card")) return
  const { version, locale, holdsUntil: holds } = theirs
  await insert(tx, [into, "partner_card", "given", version, locale, "merge", door, null, holds, at, by])
}

/**
 * The child's birth date was put right: what their representative agreed to holds until the other day, word for word as it was agreed to, and ends at once where that
 * day has passed. `until` is its last moment.
 */
export async function moveRepresentedTerm(
  tx: Tx,
  { memberId, until, door, at, by }: { memberId: number; until: Date; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  await alone(tx, [memberId])
  const moved = [...(await heldBy(tx, { memberId, at })).values()].filter(
    (one) => isFor(one.by) && PURPOSES[one.purpose].basis === "consent",
  )
  if (until < at) return withdraw(tx, { memberId, purposes: moved.map(({ purpose }) => purpose), means: "request", door, at, by })
  for (const { purpose, version, locale, at: agreedAt, by: theirs } of moved) {
    const holds = holdsUntil(purpose, { at: agreedAt, until })
    await insert(tx, [memberId, purpose, "given", version, locale, "request", door, null, holds, at, theirs])
  }
}

/** What a member agreed to and did not withdraw, as long as it holds. */
export async function heldBy(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<Map<Purpose, ConsentEvent>> {
  return (await heldByEach(tx, { memberIds: [memberId], at })).get(memberId) ?? new Map<Purpose, ConsentEvent>()
}

/** Of these members, those whose data may be processed for `purpose` at this moment. Asked when it is done, not when it is planned. */
export async function mayDo(
  tx: Tx,
  { memberIds, purpose, at }: { memberIds: readonly number[]; purpose: Purpose; at: Date },
): Promise<Set<number>> {
  const held = await heldByEach(tx, { memberIds, at })
  return new Set(memberIds.filter((memberId) => held.get(memberId)?.has(purpose)))
}

/** Everything a member agreed to and withdrew, the latest first. */
export async function consentHistory(tx: Tx, memberId: number): Promise<ConsentEvent[]> {
  return all(tx, [memberId])
}

async function withdraw(
  tx: Tx,
  {
    memberId,
    purposes,
    means,
    door,
    at,
    by,
  }: { memberId: number; purposes: readonly Purpose[]; means: Means; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  await alone(tx, [memberId])
  const held = await heldBy(tx, { memberId, at })
  for (const purpose of purposes) {
    const given = held.get(purpose)
    if (given) await insert(tx, [memberId, purpose, "withdrawn", given.version, given.locale, means, door, null, null, at, by])
  }
}

async function heldByEach(
  tx: Tx,
  { memberIds, at }: { memberIds: readonly number[]; at: Date },
): Promise<Map<number, Map<Purpose, ConsentEvent>>> {
  const held = new Map<number, Map<Purpose, ConsentEvent>>()
  for (const { memberId, ...event } of await latest(tx, [memberIds])) {
    if (event.what === "withdrawn" || (event.holdsUntil !== null && event.holdsUntil < at)) continue
    held.set(memberId, (held.get(memberId) ?? new Map<Purpose, ConsentEvent>()).set(event.purpose, event))
  }
  return held
}

function holdsUntil(purpose: Purpose, { at, until }: { at: Date; until: Date | null }): Date | null {
  const { basis, months } = PURPOSES[purpose]
  const own = months === null ? null : endOfDay(MINSK, addMonths(dayIn(MINSK, at), months))
  if (basis === "contract" || until === null) return own
  return own === null || until < own ? until : own
}

/** Whether somebody agrees for somebody else; the person's own consent is another. */
const isFor = (by: Actor): boolean => by.startsWith("representative:")
