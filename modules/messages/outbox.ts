import { later, type Locale, statement, type Tx } from "@mila/kernel"
import type { DeliveryState } from "./gateways/gateway.ts"
import { sql } from "kysely"
import { refuse } from "./refusals.ts"
import { messages } from "./tables.ts"
import { fitsOneSms } from "./sms-text.ts"
import { classOf, render, type Template, type TemplateParams } from "./templates.ts"

export const CHANNELS = ["sms", "email", "push"] as const

export type Channel = (typeof CHANNELS)[number]

/** The consent under which an advertising message went, as it stood at that moment. */
export type AllowedBy = { purpose: string; version: number; givenAt: string }

export type OutboxMessage = {
  messageId: number
  memberId: number | null
  channel: Channel
  /** empty when it was forgotten, as parameters and text */
  to: string
  template: Template
  params: Record<string, string | number>
  locale: Locale
  state: "queued" | "sent" | "failed"
  queuedAt: Date
  /** when it was sent or given up */
  settledAt: Date | null
  /** how often it was given to gateways */
  tries: number
  /** which gateway took it, and why none did */
  gateway: string | null
  why: string | null
  /** what its gateway heard of its arrival, and when we were told; null: nothing yet */
  delivery: DeliveryState | null
  deliveryAt: Date | null
  /** what allowed it, of advertising that was sent */
  allowedBy: AllowedBy | null
  /** as the person reads it */
  subject: string | null
  text: string
  /** whom it went to and what it said is kept no longer */
  forgotten: boolean
}

const insert = statement<{ id: number }>(
  "messages.queue",
  `insert into messages.outbox (member_id, channel, recipient, reached_by, template, params, locale, queued_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
)

/**
 * Queues a message in the transaction of what it tells about: it will be sent if, and only if, that commits. The recipient and the parameters
 * are sealed. Sending is somebody else's work, after the commit. A second call queues a second message. Refuses `sms_too_long`: advertising that does not fit one SMS.
 */
export async function queueMessage<Key extends Template>(
  tx: Tx,
  message: { memberId?: number | null; channel: Channel; to: string; template: Key; params: TemplateParams[Key]; locale: Locale; at: Date },
): Promise<{ messageId: number }> {
  const { memberId = null, channel, to, template, params, locale, at } = message
  if (channel === "sms" && classOf(template) === "advertising" && !fitsOneSms(render({ template, params, locale, channel }).text))
    refuse("sms_too_long")
  const sealed = tx.secrets.seal("message", JSON.stringify(params))
  const [made] = await insert(tx, [memberId, channel, tx.secrets.seal("message", to), reachedBy(tx, to), template, sealed, locale, at])
  return { messageId: made!.id }
}

/** Messages as they will be read, newest first, from before `before` on: of one person, under all their numbers, or one recipient if asked. */
export async function outboxOf(
  tx: Tx,
  { memberId, to, before, most = 100 }: { memberId?: number | readonly number[]; to?: string; before?: number; most?: number } = {},
): Promise<OutboxMessage[]> {
  let query = messages(tx).selectFrom("outbox").selectAll().orderBy("id", "desc").limit(most)
  if (memberId !== undefined) query = query.where("member_id", "in", [memberId].flat())
  if (to !== undefined) query = query.where("reached_by", "=", reachedBy(tx, to))
  if (before !== undefined) query = query.where("id", "<", before)
  return (await query.execute()).map((row) => opened(tx, row))
}

/** These messages, oldest first. */
export async function readMessages(tx: Tx, messageIds: readonly number[]): Promise<OutboxMessage[]> {
  if (messageIds.length === 0) return []
  const rows = await messages(tx).selectFrom("outbox").selectAll().where("id", "in", messageIds).orderBy("id").execute()
  return rows.map((row) => opened(tx, row))
}

/** Claims queued messages of these channels, oldest first, for whoever sends them; they stay claimed until the transaction ends. */
export async function takeQueued(
  tx: Tx,
  { channels = CHANNELS, most }: { channels?: readonly Channel[]; most: number },
): Promise<OutboxMessage[]> {
  const rows = await messages(tx)
    .selectFrom("outbox")
    .selectAll()
    .where("state", "=", "queued")
    .where("channel", "in", channels)
    .where("next_at", "<=", sql<Date>`now()`)
    .orderBy("id")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => opened(tx, row))
}

/** What became of a message. */
export type Settled = { messageId: number; outcome: "sent" | "failed" }

/** The job that says what became of messages, to whoever has to know: `{ settled: Settled[] }`. */
export const MESSAGES_SETTLED = "messagesSettled"

const settle = statement<{ id: number }>(
  "messages.settle",
  `update messages.outbox set state = said.outcome, settled_at = $3
     from unnest($1::bigint[], $2::text[]) said(id, outcome) where outbox.id = said.id and state = 'queued' returning outbox.id`,
)
const known = statement<{ id: number }>("messages.known", "select id from messages.outbox where id = any ($1::bigint[])")

/**
 * Says what became of messages, and leaves a job for whoever has to know. The first word about a message counts; repeating it is harmless.
 * Errors: `message_not_found`.
 */
export async function recordDeliveries(tx: Tx, { settled, at }: { settled: readonly Settled[]; at: Date }): Promise<void> {
  if (settled.length === 0) return
  const ids = settled.map(({ messageId }) => messageId)
  const changed = new Set((await settle(tx, [ids, settled.map(({ outcome }) => outcome), at])).map(({ id }) => id))
  const news = settled.filter(({ messageId }) => changed.has(messageId))
  if (news.length > 0) await later(tx, MESSAGES_SETTLED, { settled: news })
  if (news.length === settled.length) return
  const there = new Set((await known(tx, [ids])).map(({ id }) => id))
  const messageId = ids.find((id) => !there.has(id))
  if (messageId !== undefined) refuse("message_not_found", { messageId })
}

type Row = {
  id: number
  member_id: number | null
  channel: Channel
  recipient: Buffer | null
  template: string
  params: Buffer | null
  locale: Locale
  state: "queued" | "sent" | "failed"
  queued_at: Date
  settled_at: Date | null
  tries: number
  gateway: string | null
  why: string | null
  delivery: DeliveryState | null
  delivery_at: Date | null
  allowed_by: AllowedBy | null
}

function opened(
  tx: Tx,
  { id, member_id, channel, recipient, template: key, params: sealed, locale, state, queued_at, settled_at, delivery_at, ...row }: Row,
): OutboxMessage {
  const template = key as Template
  const forgotten = sealed === null || recipient === null
  const params = forgotten ? {} : (JSON.parse(tx.secrets.open("message", sealed)) as Record<string, string | number>)
  const to = forgotten ? "" : tx.secrets.open("message", recipient)
  return {
    ...{ messageId: id, memberId: member_id, channel, to, template, params, locale, state, forgotten },
    ...{ queuedAt: queued_at, settledAt: settled_at, deliveryAt: delivery_at },
    ...{ tries: row.tries, gateway: row.gateway, why: row.why, delivery: row.delivery, allowedBy: row.allowed_by },
    ...(forgotten ? { subject: null, text: "" } : render({ template, params, locale, channel })),
  }
}

/** By what messages to one recipient are found without opening them. */
export const reachedBy = (tx: Tx, to: string): Buffer => tx.secrets.hmac("message-recipient", to)
