import { type Locale, statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"
import { messages } from "./tables.ts"
import { render, type Template, type TemplateParams } from "./templates.ts"

export type Channel = "sms" | "email"

export type OutboxMessage = {
  messageId: number
  memberId: number | null
  channel: Channel
  to: string
  template: Template
  params: Record<string, string | number>
  locale: Locale
  state: "queued" | "sent" | "failed"
  queuedAt: Date
  /** when it was sent or given up */
  settledAt: Date | null
  /** as the person reads it */
  subject: string | null
  text: string
}

const insert = statement<{ id: number }>(
  "messages.queue",
  `insert into messages.outbox (member_id, channel, recipient, reached_by, template, params, locale, queued_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
)

/**
 * Queues a message in the transaction of what it tells about: it will be sent if, and only if, that commits. The recipient and the parameters
 * are sealed. Sending is somebody else's work, after the commit. A second call queues a second message.
 */
export async function queueMessage<Key extends Template>(
  tx: Tx,
  message: { memberId?: number | null; channel: Channel; to: string; template: Key; params: TemplateParams[Key]; locale: Locale; at: Date },
): Promise<{ messageId: number }> {
  const { memberId = null, channel, to, template, params, locale, at } = message
  const sealed = tx.secrets.seal("message", JSON.stringify(params))
  const [made] = await insert(tx, [memberId, channel, tx.secrets.seal("message", to), reachedBy(tx, to), template, sealed, locale, at])
  return { messageId: made!.id }
}

/** Messages as they will be read, newest first, from before `before` on: of one member or one recipient if asked. */
export async function outboxOf(
  tx: Tx,
  { memberId, to, before, most = 100 }: { memberId?: number; to?: string; before?: number; most?: number } = {},
): Promise<OutboxMessage[]> {
  let query = messages(tx).selectFrom("outbox").selectAll().orderBy("id", "desc").limit(most)
  if (memberId !== undefined) query = query.where("member_id", "=", memberId)
  if (to !== undefined) query = query.where("reached_by", "=", reachedBy(tx, to))
  if (before !== undefined) query = query.where("id", "<", before)
  return (await query.execute()).map((row) => opened(tx, row))
}

/** Claims queued messages, oldest first, for whoever sends them; they stay claimed until the transaction ends. */
export async function takeQueued(tx: Tx, { most }: { most: number }): Promise<OutboxMessage[]> {
  const rows = await messages(tx)
    .selectFrom("outbox")
    .selectAll()
    .where("state", "=", "queued")
    .orderBy("id")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => opened(tx, row))
}

/** Says what became of a message. The first word counts; repeating it is harmless. */
export async function recordDelivery(
  tx: Tx,
  { messageId, outcome, at }: { messageId: number; outcome: "sent" | "failed"; at: Date },
): Promise<void> {
  const settled = await messages(tx)
    .updateTable("outbox")
    .set({ state: outcome, settled_at: at })
    .where("id", "=", messageId)
    .where("state", "=", "queued")
    .executeTakeFirst()
  if (settled.numUpdatedRows === 1n) return
  const there = await messages(tx).selectFrom("outbox").select("id").where("id", "=", messageId).executeTakeFirst()
  if (!there) refuse("message_not_found", { messageId })
}

type Row = {
  id: number
  member_id: number | null
  channel: Channel
  recipient: Buffer
  template: string
  params: Buffer
  locale: Locale
  state: "queued" | "sent" | "failed"
  queued_at: Date
  settled_at: Date | null
}

function opened(
  tx: Tx,
  { id, member_id, channel, recipient, template: key, params: sealed, locale, state, queued_at, settled_at }: Row,
): OutboxMessage {
  const template = key as Template
  const params = JSON.parse(tx.secrets.open("message", sealed)) as Record<string, string | number>
  return {
    ...{ messageId: id, memberId: member_id, channel, to: tx.secrets.open("message", recipient), template, params, locale, state },
    ...{ queuedAt: queued_at, settledAt: settled_at },
    ...render({ template, params, locale, channel }),
  }
}

const reachedBy = (tx: Tx, to: string): Buffer => tx.secrets.hmac("message-recipient", to)
