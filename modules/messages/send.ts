import { assert, type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import type { Gateway, Said } from "./gateways/gateway.ts"
import { type OutboxMessage, readMessages, recordDeliveries, type Settled } from "./outbox.ts"
import { type Screen, screened } from "./screen.ts"
import type { Template } from "./templates.ts"

/** How long a claim holds, and how long a message is tried: within a quarter of an hour it was sent or somebody hears that it was not (I11). */
const CLAIM_SECONDS = 120
const WAITS_SECONDS = [15, 60, 180, 300]
const URGENT: ReadonlySet<Template> = new Set(["confirmation_code"])

const claim = statement<{ id: number }>(
  "messages.claim",
  `update messages.outbox set tries = tries + 1, next_at = now() + make_interval(secs => ${CLAIM_SECONDS})
    where id in (select id from messages.outbox where state = 'queued' and next_at <= now() order by id limit $1 for update skip locked) returning id`,
)
const again = statement(
  "messages.again",
  "update messages.outbox set next_at = now() + make_interval(secs => $2), why = $3 where id = $1 and state = 'queued'",
)
const note = statement(
  "messages.note",
  "update messages.outbox set gateway = $2, gateway_id = $3, why = $4, ask_at = case when $5 then now() + interval '1 minute' end where id = $1 and state <> 'queued' and gateway is null",
)

type Tried = { message: OutboxMessage; gateway: Gateway | null; said: Said }

/**
 * One step of sending: claims at most `most` messages that wait, gives each to the first gateway of its channel that takes it, outside any transaction,
 * and writes down what became of it. What no gateway takes now is tried again, five times within ten minutes. A sender that dies leaves claims that end
 * after two minutes, so a message may arrive twice, and is never lost. Run until `claimed` is 0.
 */
export async function sendQueued(
  db: Db,
  { gateways, screen, at, most }: { gateways: readonly Gateway[]; screen?: Screen | undefined; at: Date; most: number },
): Promise<{ claimed: number; sent: number; failed: number }> {
  assert(most > 0, "something is claimed")
  const { claimed, messages } = await inTransaction(db, async (tx) => {
    const ids = (await claim(tx, [most])).map(({ id }) => id)
    return { claimed: ids.length, messages: await screened(tx, await readMessages(tx, ids), { screen, at }) }
  })
  const tried = await Promise.all(messages.map((message) => sendBy(gateways, message)))
  const settled = await inTransaction(db, (tx) => writeDown(tx, tried, at))
  const sent = settled.filter(({ outcome }) => outcome === "sent").length
  return { claimed, sent, failed: settled.length - sent }
}

/** The first of the channel's gateways that takes it; a refusal of one is the word of all, for it is about the number or the text. */
async function sendBy(gateways: readonly Gateway[], message: OutboxMessage): Promise<Tried> {
  const { to, subject, text, channel, template } = message
  let last: Said = { said: "refused", why: `no gateway for ${channel}` }
  for (const gateway of gateways) {
    if (gateway.channel !== channel) continue
    last = await gateway.send({ to, subject, text, urgent: URGENT.has(template) })
    if (last.said !== "away") return { message, gateway, said: last }
  }
  return { message, gateway: null, said: last }
}

/** What is settled now is told at once, in one word to whoever has to know; the rest waits for its next try. */
async function writeDown(tx: Tx, tried: readonly Tried[], at: Date): Promise<Settled[]> {
  const settled: Settled[] = []
  for (const { message, said } of tried) {
    const { messageId, tries } = message
    const wait = WAITS_SECONDS[tries - 1]
    if (said.said === "away" && wait !== undefined) await again(tx, [messageId, wait, said.why])
    else settled.push({ messageId, outcome: said.said === "taken" ? "sent" : "failed" })
  }
  await recordDeliveries(tx, { settled, at })
  for (const { message, gateway, said } of tried) {
    const [id, why] = said.said === "taken" ? [said.id, null] : [null, said.why]
    await note(tx, [message.messageId, gateway?.name ?? null, id, why, id !== null && gateway?.ask !== undefined])
  }
  return settled
}
