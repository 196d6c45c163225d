import { addDays, type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import { recordReminders } from "@mila/ledger"
import type { Channel } from "@mila/messages"

type Claimable = { lotId: number; memberId: number; daysBefore: number; expiresOn: Day; remaining: number }

const ofLots = statement<{ lot_id: number; days_before: number; expires_on: Day; settled: boolean }>(
  "loyalty.notices_of_lots",
  `select l.lot_id, l.days_before, l.expires_on, n.state <> 'waiting' settled
     from loyalty.noticed_lot l join loyalty.expiry_notice n using (notice_id) where l.lot_id = any ($1::bigint[])`,
)
const claim = statement<{ lot_id: number; notice_id: number }>(
  "loyalty.claim_lots",
  `with wanted as materialized (
     select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::date[], $5::int[]) w(lot_id, member_id, days_before, expires_on, points)),
   notice as materialized (
     select member_id, nextval(pg_get_serial_sequence('loyalty.expiry_notice', 'notice_id')) notice_id
       from (select distinct member_id from wanted) members)
   insert into loyalty.noticed_lot as known (lot_id, days_before, expires_on, points, notice_id)
   select lot_id, days_before, expires_on, points, notice_id from wanted join notice using (member_id) order by lot_id
   on conflict (lot_id, days_before) do update
      set expires_on = excluded.expires_on, points = excluded.points, notice_id = excluded.notice_id where known.expires_on < excluded.expires_on
   returning lot_id, notice_id`,
)
const keep = statement<never>(
  "loyalty.keep_notice",
  `insert into loyalty.expiry_notice (notice_id, member_id, points, first_day, channel, message_id, state, made_at, settled_at)
   values ($1, $2, $3, $4, $5, $6, case when $6::bigint is null then 'offered' else 'waiting' end, $7::timestamptz, case when $6::bigint is null then $7::timestamptz end)`,
)

const prolong = statement<never>(
  "loyalty.prolong_noticed",
  `update loyalty.noticed_lot noticed set expires_on = greatest(expires_on, $2::date) where lot_id = any ($1::bigint[]) and expires_on < $2::date
      and not exists (select from loyalty.noticed_lot before join loyalty.expiry_notice n on n.notice_id = before.notice_id
                       where before.lot_id = noticed.lot_id and n.settled_at < $3)`,
)

export type NoticedBefore = { daysBefore: number; expiresOn: Day; settled: boolean }

/** What was told of these lots before: at which distance, of which last day, and whether it reached anybody yet. */
export async function noticedBefore(tx: Tx, lotIds: readonly number[]): Promise<Map<number, NoticedBefore[]>> {
  const rows = lotIds.length === 0 ? [] : await ofLots(tx, [lotIds])
  const noticed = rows.map(({ lot_id, days_before, expires_on, settled }) => ({
    lotId: lot_id,
    ...{ daysBefore: days_before, expiresOn: expires_on, settled },
  }))
  return Map.groupBy(noticed, ({ lotId }) => lotId)
}

/**
 * Takes lots for one notice a member and answers those that are ours, with the notice they are in. Whoever tells of the same lots at the same
 * moment waits here for the first to commit, and finds nothing left.
 */
export async function claimLots<Lot extends Claimable>(tx: Tx, lots: readonly Lot[]): Promise<{ lot: Lot; noticeId: number }[]> {
  if (lots.length === 0) return []
  const rows = await claim(tx, [
    lots.map(({ lotId }) => lotId),
    lots.map(({ memberId }) => memberId),
    lots.map(({ daysBefore }) => daysBefore),
    lots.map(({ expiresOn }) => expiresOn),
    lots.map(({ remaining }) => remaining),
  ])
  const notices = new Map(rows.map(({ lot_id, notice_id }) => [lot_id, notice_id]))
  return lots.flatMap((lot) => {
    const noticeId = notices.get(lot.lotId)
    return noticeId === undefined ? [] : [{ lot, noticeId }]
  })
}

/** Writes a notice down: it waits for its message, or is offered at once when there is none. */
export async function keepNotice(
  tx: Tx,
  notice: {
    noticeId: number
    memberId: number
    points: number
    firstDay: Day
    sent: { channel: Channel; messageId: number } | null
    at: Date
  },
): Promise<void> {
  const { noticeId, memberId, points, firstDay, sent, at } = notice
  await keep(tx, [noticeId, memberId, points, firstDay, sent?.channel ?? null, sent?.messageId ?? null, at])
}

/**
 * The members of these lots were told, or could have seen it: the lots may expire now, `leastDays` from today at the earliest, unless they were
 * told of before: whoever knew is not given more days. The day they are moved to counts as told of.
 */
export async function rememberTold(
  tx: Tx,
  { lots, leastDays, at }: { lots: readonly { memberId: number; lotId: number }[]; leastDays: number; at: Date },
): Promise<void> {
  if (lots.length === 0) return
  await prolong(tx, [lots.map(({ lotId }) => lotId), addDays(dayIn(MINSK, at), leastDays), at])
  await recordReminders(tx, { lots, at, noticeDays: leastDays })
}
