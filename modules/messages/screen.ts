import { statement, type Tx } from "@mila/kernel"
import { type AllowedBy, type Channel, type OutboxMessage, readMessages, recordDeliveries } from "./outbox.ts"
import { classOf, isCode, type Template, TEMPLATES } from "./templates.ts"

/** What becomes of a message at the moment it would be sent; of advertising, what allows it. */
export type Verdict = { is: "sent"; allowedBy?: AllowedBy } | { is: "dropped"; why: string } | { is: "put_off"; seconds: number }

/** Whoever knows what people agreed to; asked in the very transaction that takes the messages up. */
export type Screen = (tx: Tx, messages: readonly OutboxMessage[], at: Date) => Promise<ReadonlyMap<number, Verdict>>

const putOff = statement(
  "messages.put_off",
  "update messages.outbox set next_at = now() + make_interval(secs => $2), tries = greatest(tries - 1, 0) where id = $1 and state = 'queued'",
)
const allow = statement("messages.allowed_by", "update messages.outbox set allowed_by = $2::jsonb where id = $1")
const because = statement("messages.dropped", "update messages.outbox set why = $2 where id = $1")
const sentTo = statement<{ memberId: number; sent: number }>(
  "messages.advertising_sent",
  `select member_id "memberId", count(*)::int sent from messages.outbox
    where member_id = any ($1::bigint[]) and template = any ($2::text[]) and state = 'sent' and settled_at > $3 group by member_id`,
)

const ADVERTISING: readonly Template[] = TEMPLATES.filter((template) => classOf(template) === "advertising")

/** Without anybody to ask, advertising goes to nobody. */
const nobodyAgreed: Screen = async (_tx, messages) =>
  new Map(
    messages.map(({ messageId, template }) => [messageId, isAdvertising(template) ? { is: "dropped", why: "no_consent" } : { is: "sent" }]),
  )

const isAdvertising = (template: Template): boolean => classOf(template) === "advertising"

/** Advertising is asked about, and so is what a browser is told: its person may have signed out there. */
const isAskedAbout = ({ template, channel }: OutboxMessage): boolean => isAdvertising(template) || channel === "push"

/**
 * Of messages just taken up, those that may be sent now. Service and legal messages pass; advertising is asked about (Law 225-З: prior consent), and is dropped
 * or put off where the answer says so. What allowed it stands beside it from then on.
 */
export async function screened(
  tx: Tx,
  messages: readonly OutboxMessage[],
  { screen = nobodyAgreed, at }: { screen?: Screen | undefined; at: Date },
): Promise<OutboxMessage[]> {
  const asked = messages.filter(isAskedAbout)
  if (asked.length === 0) return [...messages]
  const verdicts = await screen(tx, asked, at)
  const dropped: { messageId: number; why: string }[] = []
  for (const { messageId } of asked) {
    const verdict = verdicts.get(messageId) ?? { is: "dropped", why: "no_consent" }
    if (verdict.is === "put_off") await putOff(tx, [messageId, verdict.seconds])
    if (verdict.is === "dropped") dropped.push({ messageId, why: verdict.why })
    if (verdict.is === "sent" && verdict.allowedBy) await allow(tx, [messageId, JSON.stringify(verdict.allowedBy)])
  }
  await drop(tx, dropped, at)
  return messages.filter((message) => !isAskedAbout(message) || verdicts.get(message.messageId)?.is === "sent")
}

/** Settles messages that will not be sent, and says why of each. */
export async function drop(tx: Tx, dropped: readonly { messageId: number; why: string }[], at: Date): Promise<void> {
  for (const { messageId, why } of dropped) await because(tx, [messageId, why])
  await recordDeliveries(tx, { settled: dropped.map(({ messageId }) => ({ messageId, outcome: "failed" as const })), at })
}

const carried = statement<{ memberId: number; gateway: string; channel: Channel; template: Template }>(
  "messages.carried_by",
  `select member_id "memberId", gateway, channel, template from messages.outbox
    where id = any ($1::bigint[]) and state = 'sent' and gateway is not null and member_id is not null`,
)

/** Of these messages, those a gateway outside took: whose they were and who carried them. */
export const carriedBy = (tx: Tx, messageIds: readonly number[]) => carried(tx, [messageIds])

/** How many advertising messages members were sent since `since`. */
export async function advertisingSent(
  tx: Tx,
  { memberIds, since }: { memberIds: readonly number[]; since: Date },
): Promise<Map<number, number>> {
  return new Map((await sentTo(tx, [memberIds, ADVERTISING, since])).map(({ memberId, sent }) => [memberId, sent]))
}

const stopped = statement<{ id: number }>(
  "messages.stopped_by_caps",
  "select id from messages.outbox where id = any ($1::bigint[]) and channel = 'sms' and state = 'failed' and why like 'cap!_%' escape '!'",
)

/** Of these messages, the service and legal SMS that a cap stopped; a reminder of points and codes are not among them. */
export async function smsStoppedByCaps(tx: Tx, messageIds: readonly number[]): Promise<OutboxMessage[]> {
  if (messageIds.length === 0) return []
  const read = await readMessages(
    tx,
    (await stopped(tx, [messageIds])).map(({ id }) => id),
  )
  return read.filter(({ template }) => !isAdvertising(template) && !isCode(template) && template !== "points_expiring")
}
