import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import type { DeliveryState, Gateway, Report } from "./gateways/gateway.ts"

const ASKED_AT_ONCE = 20

const record = statement<{ id: string }>(
  "messages.record_reports",
  `update messages.outbox set delivery = said.state, delivery_at = $4, ask_at = case when said.state = 'under_way' then ask_at end
     from (select distinct on (gateway_id) gateway_id, state from unnest($2::text[], $3::text[]) said(gateway_id, state)
            order by gateway_id, state = 'under_way') said
    where outbox.id = (select max(id) from messages.outbox newest where newest.gateway = $1 and newest.gateway_id = said.gateway_id)
      and (delivery is null or (delivery = 'under_way' and said.state <> 'under_way'))`,
)
const keepEarly = statement(
  "messages.keep_early_reports",
  `insert into messages.early_report (gateway, gateway_id, state, heard_at)
   select distinct on (gateway_id) $1, gateway_id, state, $4::timestamptz from unnest($2::text[], $3::text[]) said(gateway_id, state)
    where not exists (select from messages.outbox where gateway = $1 and outbox.gateway_id = said.gateway_id)
    order by gateway_id, state = 'under_way'
   on conflict (gateway, gateway_id) do update set state = excluded.state, heard_at = excluded.heard_at where early_report.state = 'under_way'`,
)
const takeEarly = statement<{ gateway: string; gateway_id: string; state: DeliveryState; heard_at: Date }>(
  "messages.take_early_reports",
  `delete from messages.early_report early using messages.outbox
    where outbox.gateway = early.gateway and outbox.gateway_id = early.gateway_id
   returning early.gateway, early.gateway_id, early.state, early.heard_at`,
)
const forgetEarly = statement<{ gateway_id: string }>(
  "messages.forget_early_reports",
  "delete from messages.early_report where written_at < now() - interval '1 hour' returning gateway_id",
)
// asked after a minute, and then each time a message has grown older by half: some twenty times in the three days a phone may be off
const claimAsked = statement<{ gateway: string; gateway_id: string }>(
  "messages.claim_asked",
  `update messages.outbox set ask_at = now() + greatest(interval '1 minute', (now() - written_at) / 2)
    where id in (select id from messages.outbox where ask_at <= now() and gateway = any ($1::text[]) order by ask_at limit $2 for update skip locked)
   returning gateway, gateway_id`,
)
const giveUp = statement<{ id: number }>(
  "messages.give_up_asking",
  "update messages.outbox set ask_at = null where ask_at is not null and written_at < now() - interval '3 days' returning id",
)

/**
 * Writes down what `gateway` reports of messages it took. The first final word about one stays: neither a repetition nor a word that was overtaken changes
 * it. A name nobody knows changes nothing; it is kept for an hour, for a report may be faster than the sender's own word.
 */
export async function recordDeliveryReports(
  tx: Tx,
  { gateway, reports, at }: { gateway: string; reports: readonly Report[]; at: Date },
): Promise<void> {
  const kept = reports.filter(({ id }) => id.length > 0 && id.length <= 200)
  if (kept.length === 0) return
  const said = [gateway, kept.map(({ id }) => id), kept.map(({ state }) => state), at]
  await record(tx, said)
  await keepEarly(tx, said)
}

/** Gives early reports to the messages they are about, and forgets those of an hour ago; answers how many were given. Harmless twice. */
export async function matchEarlyReports(tx: Tx): Promise<number> {
  const early = await takeEarly(tx, [])
  for (const { gateway, gateway_id: id, state, heard_at: at } of early)
    await recordDeliveryReports(tx, { gateway, reports: [{ id, state }], at })
  await forgetEarly(tx, [])
  return early.length
}

/**
 * Asks the gateways that can be asked what became of the messages they took, outside any transaction, and writes it down; answers how many were asked and
 * how many have come to their end. Stops when nobody answers. A message is asked about for three days.
 */
export async function askGateways(
  db: Db,
  { gateways, at }: { gateways: readonly Gateway[]; at: Date },
): Promise<{ asked: number; ended: number }> {
  const asks = new Map(gateways.flatMap(({ name, ask }) => (ask ? [[name, ask]] : [])))
  await inTransaction(db, (tx) => giveUp(tx, []))
  for (const done = { asked: 0, ended: 0 }; ;) {
    const claimed = await inTransaction(db, (tx) => claimAsked(tx, [[...asks.keys()], ASKED_AT_ONCE]))
    const heard = await Promise.all(
      claimed.map(async ({ gateway, gateway_id: id }) => ({ gateway, id, state: await asks.get(gateway)!(id) })),
    )
    const told = heard.flatMap(({ gateway, id, state }) => (state ? [{ gateway, id, state }] : []))
    await inTransaction(db, async (tx) => {
      for (const { gateway, ...report } of told) await recordDeliveryReports(tx, { gateway, reports: [report], at })
    })
    done.asked += claimed.length
    done.ended += told.filter(({ state }) => state !== "under_way").length
    if (told.length === 0) return done
  }
}
