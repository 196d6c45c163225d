import { assert, type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import type { Gateway, Letter, Said } from "./gateways/gateway.ts"
import { GONE } from "./gateways/web-push.ts"
import { type Channel, CHANNELS, type OutboxMessage, readMessages, recordDeliveries, type Settled } from "./outbox.ts"
import { PAGE_OF } from "./push/pages.ts"
import { forgetGone, noteTaken, subscriptionsNamed } from "./push/subscriptions.ts"
import { drop, type Screen, screened } from "./screen.ts"
import { SMS_CAPS, type SmsCaps, takeSmsRoom } from "./sms-caps.ts"
import { asOneSms } from "./sms-text.ts"
import { CODES, type Template } from "./templates.ts"

/** How long a claim holds, and how long a message is tried: within a quarter of an hour it was sent or somebody hears that it was not (I11). */
const CLAIM_SECONDS = 120
const WAITS_SECONDS = [15, 60, 180, 300]
const URGENT: ReadonlySet<Template> = new Set(CODES)

const claimOf = (name: string, which: string) =>
  statement<{ id: number }>(
    name,
    `update messages.outbox set tries = tries + 1, next_at = now() + make_interval(secs => ${CLAIM_SECONDS})
      where id in (select id from messages.outbox where state = 'queued' and next_at <= now() and channel = any ($2::text[])${which}
                    order by id limit $1 for update skip locked) returning id`,
  )
// codes first: nobody waits for theirs behind a mailing
const claimCodes = claimOf("messages.claim_codes", " and template in ('confirmation_code', 'representative_code')")
const claim = claimOf("messages.claim", "")
const again = statement(
  "messages.again",
  "update messages.outbox set next_at = now() + make_interval(secs => $2), why = $3 where id = $1 and state = 'queued'",
)
const note = statement(
  "messages.note",
  "update messages.outbox set gateway = $2, gateway_id = $3, why = $4, ask_at = case when $5 then now() + interval '1 minute' end where id = $1 and state <> 'queued' and gateway is null",
)

type Sending = {
  gateways: readonly Gateway[]
  screen?: Screen | undefined
  caps?: SmsCaps
  /** what these gateways bring; other channels are somebody else's */
  channels?: readonly Channel[]
  at: Date
  most: number
}

type Tried = { message: OutboxMessage; gateway: Gateway | null; said: Said }

/**
 * One step of sending: claims at most `most` messages that wait, gives each to the first gateway of its channel that takes it, outside any transaction,
 * and writes down what became of it. What no gateway takes now is tried again, five times within ten minutes. A sender that dies leaves claims that end
 * after two minutes, so a message may arrive twice, and is never lost. Run until `claimed` is 0.
 */
export async function sendQueued(
  db: Db,
  { gateways, screen, caps = SMS_CAPS, channels = CHANNELS, at, most }: Sending,
): Promise<{ claimed: number; sent: number; failed: number }> {
  assert(most > 0, "something is claimed")
  const { claimed, letters, dropped } = await inTransaction(db, async (tx) => {
    const ids = (await claimCodes(tx, [most, channels])).map(({ id }) => id)
    if (ids.length < most) ids.push(...(await claim(tx, [most - ids.length, channels])).map(({ id }) => id))
    const allowed = await screened(tx, await readMessages(tx, ids), { screen, at })
    const stopped = await takeSmsRoom(tx, allowed, { caps, at })
    const places = await subscriptionsNamed(
      tx,
      allowed.filter(({ channel }) => channel === "push").map(({ to }) => to),
    )
    const lost = allowed.flatMap(({ messageId, channel, to }) => {
      const why = stopped.get(messageId) ?? (channel === "push" && !places.has(to) ? "signed_out" : undefined)
      return why === undefined ? [] : [{ messageId, why }]
    })
    await drop(tx, lost, at)
    const gone = new Set(lost.map(({ messageId }) => messageId))
    const kept = allowed.filter(({ messageId }) => !gone.has(messageId))
    return { claimed: ids.length, dropped: lost.length, letters: kept.map((message) => ({ message, letter: letterOf(message, places) })) }
  })
  const tried = await Promise.all(letters.map((one) => sendBy(gateways, one)))
  const settled = await inTransaction(db, (tx) => writeDown(tx, tried, at))
  const sent = settled.filter(({ outcome }) => outcome === "sent").length
  return { claimed, sent, failed: dropped + settled.length - sent }
}

function letterOf(message: OutboxMessage, places: ReadonlyMap<string, string>): Letter {
  const { messageId, to, subject, text, channel, template, locale, params } = message
  const unsubscribe = params["unsubscribe"]
  return {
    to: channel === "push" ? places.get(to)! : to,
    subject,
    text: channel === "sms" ? asOneSms(text) : text,
    urgent: URGENT.has(template),
    locale,
    opens: locale === "ru" ? PAGE_OF[template] : `/${locale}${PAGE_OF[template]}`.replace(/\/$/, ""),
    tag: template === "offer" ? `offer-${messageId}` : template,
    unsubscribe: typeof unsubscribe === "string" ? unsubscribe : null,
  }
}

/** The first of the channel's gateways that takes it; a refusal of one is the word of all, for it is about the number or the text. */
async function sendBy(gateways: readonly Gateway[], { message, letter }: { message: OutboxMessage; letter: Letter }): Promise<Tried> {
  let last: Said = { said: "refused", why: `no gateway for ${message.channel}` }
  for (const gateway of gateways) {
    if (gateway.channel !== message.channel) continue
    last = await gateway.send(letter)
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
    const by = said.said === "taken" ? (said.through ?? gateway?.name) : gateway?.name
    await note(tx, [message.messageId, by?.slice(0, 50) ?? null, id, why, id !== null && gateway?.ask !== undefined])
    if (message.channel !== "push") continue
    if (said.said === "taken") await noteTaken(tx, { to: message.to, at })
    else if (said.said === "refused" && said.why === GONE) await forgetGone(tx, message.to)
  }
  return settled
}
