import { statement, type Tx } from "@mila/kernel"
import { type OutboxMessage, recordDeliveries } from "./outbox.ts"
import { classOf, type Template, TEMPLATES } from "./templates.ts"

/** What becomes of an advertising message at the moment it would be sent. */
export type Verdict = { is: "sent" } | { is: "dropped"; why: string } | { is: "put_off"; seconds: number }

/** Whoever knows what people agreed to; asked in the very transaction that takes the messages up. */
export type Screen = (tx: Tx, messages: readonly OutboxMessage[], at: Date) => Promise<ReadonlyMap<number, Verdict>>

const putOff = statement(
  "messages.put_off",
  "update messages.outbox set next_at = now() + make_interval(secs => $2), tries = greatest(tries - 1, 0) where id = $1 and state = 'queued'",
)
const because = statement("messages.dropped", "update messages.outbox set why = $2 where id = $1")
const sentTo = statement<{ memberId: number; sent: number }>(
  "messages.advertising_sent",
  `select member_id "memberId", count(*)::int sent from messages.outbox
    where member_id = any ($1::bigint[]) and template = any ($2::text[]) and state = 'sent' and settled_at > $3 group by member_id`,
)

const ADVERTISING: readonly Template[] = TEMPLATES.filter((template) => classOf(template) === "advertising")

/** Without anybody to ask, advertising goes to nobody. */
const nobodyAgreed: Screen = async (_tx, messages) =>
  new Map(messages.map(({ messageId }) => [messageId, { is: "dropped", why: "no_consent" } as const]))

/**
 * Of messages just taken up, those that may be sent now. Service and legal messages pass; advertising is asked about (Law 225-З: prior consent), and is dropped
 * or put off where the answer says so.
 */
export async function screened(
  tx: Tx,
  messages: readonly OutboxMessage[],
  { screen = nobodyAgreed, at }: { screen?: Screen | undefined; at: Date },
): Promise<OutboxMessage[]> {
  const advertising = messages.filter(({ template }) => classOf(template) === "advertising")
  if (advertising.length === 0) return [...messages]
  const verdicts = await screen(tx, advertising, at)
  const dropped: { messageId: number; why: string }[] = []
  for (const { messageId } of advertising) {
    const verdict = verdicts.get(messageId) ?? { is: "dropped", why: "no_consent" }
    if (verdict.is === "put_off") await putOff(tx, [messageId, verdict.seconds])
    if (verdict.is === "dropped") dropped.push({ messageId, why: verdict.why })
  }
  await recordDeliveries(tx, { settled: dropped.map(({ messageId }) => ({ messageId, outcome: "failed" as const })), at })
  for (const { messageId, why } of dropped) await because(tx, [messageId, why])
  return messages.filter(({ messageId, template }) => classOf(template) !== "advertising" || verdicts.get(messageId)?.is === "sent")
}

const carried = statement<{ memberId: number; gateway: string; channel: "sms" | "email"; template: Template }>(
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
