import type { Tx } from "@mila/kernel"
import { sessionsOf } from "@mila/members"
import {
  advertisingSent,
  classOf,
  endSubscriptions,
  type OutboxMessage,
  placeName,
  pushPlacesOf,
  suppressedSince,
  type Verdict,
  type Wishes,
  wishesOf,
} from "@mila/messages"
import { type ConsentEvent, heldBy, type Purpose } from "@mila/privacy"
import { ADVERTISING_RULES, PURPOSE_OF } from "./advertising.ts"
import { quietLeft } from "./quiet-rules.ts"

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Asked at the moment of sending (security case A55). Advertising: a consent withdrawn meanwhile drops it, and so does a STOP the person did not take back
 * themselves, and a full week; the night and a member's own quiet put it off. A notification goes nowhere its person has signed out.
 */
export async function screenMessages(tx: Tx, messages: readonly OutboxMessage[], at: Date): Promise<ReadonlyMap<number, Verdict>> {
  const memberIds = [...new Set(messages.flatMap(({ memberId }) => memberId ?? []))]
  const reached = await placesSignedIn(tx, messages, at)
  const advertising = messages.some(({ template }) => classOf(template) === "advertising")
  const knows = advertising ? await whatIsKnown(tx, messages, { memberIds, at }) : undefined
  const verdicts = new Map<number, Verdict>()
  for (const message of messages) {
    if (message.channel === "push" && !reached.has(message.to)) verdicts.set(message.messageId, { is: "dropped", why: "signed_out" })
    else if (!knows || classOf(message.template) !== "advertising") verdicts.set(message.messageId, { is: "sent" })
    else verdicts.set(message.messageId, verdictOf(message, knows, at))
  }
  return verdicts
}

type Known = {
  held: ReadonlyMap<number, ReadonlyMap<Purpose, ConsentEvent>>
  stopped: ReadonlyMap<string, Date>
  /** what was sent these seven days, and what is being sent now */
  sent: Map<number, number>
  wishes: ReadonlyMap<number, Wishes>
}

async function whatIsKnown(
  tx: Tx,
  messages: readonly OutboxMessage[],
  { memberIds, at }: { memberIds: readonly number[]; at: Date },
): Promise<Known> {
  const held = new Map<number, ReadonlyMap<Purpose, ConsentEvent>>()
  for (const memberId of memberIds) held.set(memberId, await heldBy(tx, { memberId, at }))
  const addresses = messages.flatMap(({ channel, to }) => (channel === "push" ? [] : [{ channel, to }]))
  return {
    held,
    stopped: await suppressedSince(tx, addresses),
    sent: await advertisingSent(tx, { memberIds, since: new Date(at.getTime() - WEEK_MS) }),
    wishes: await wishesOf(tx, memberIds),
  }
}

function verdictOf({ memberId, channel, to }: OutboxMessage, { held, stopped, sent, wishes }: Known, at: Date): Verdict {
  const purpose = PURPOSE_OF[channel]
  const consent = memberId === null ? undefined : held.get(memberId)?.get(purpose)
  if (memberId === null || !consent) return { is: "dropped", why: "no_consent" }
  const since = stopped.get(`${channel} ${to}`)
  if (since && !isTakenBack(consent, since)) return { is: "dropped", why: "said_stop" }
  const { quietFromHour, quietUntilHour, mostAWeek } = ADVERTISING_RULES
  const own = wishes.get(memberId)
  if ((sent.get(memberId) ?? 0) >= Math.min(mostAWeek, own?.mostAWeek ?? mostAWeek)) return { is: "dropped", why: "enough_this_week" }
  const night = { fromHour: quietFromHour, untilHour: quietUntilHour }
  const seconds = quietLeft(own?.quiet ? [night, own.quiet] : [night], at)
  if (seconds > 0) return { is: "put_off", seconds }
  sent.set(memberId, (sent.get(memberId) ?? 0) + 1)
  return { is: "sent", allowedBy: { purpose, version: consent.version, givenAt: consent.at.toISOString() } }
}

/** A STOP ends when the person agrees anew, themselves; not when somebody brings an old list. */
const isTakenBack = ({ at, by }: ConsentEvent, since: Date): boolean => by.startsWith("member:") && at > since

/** Of the places these notifications go to, those whose person is still signed in there; the others are ended. */
async function placesSignedIn(tx: Tx, messages: readonly OutboxMessage[], at: Date): Promise<Set<string>> {
  const reached = new Set<string>()
  const told = [...new Set(messages.flatMap(({ channel, memberId }) => (channel === "push" && memberId !== null ? [memberId] : [])))]
  for (const memberId of told) {
    const alive = (await sessionsOf(tx, { memberId, at })).map(({ sessionId }) => sessionId)
    await endSubscriptions(tx, { memberId, exceptSessions: alive })
  }
  for (const places of (await pushPlacesOf(tx, told)).values())
    for (const { subscriptionId } of places) reached.add(placeName(subscriptionId))
  return reached
}
