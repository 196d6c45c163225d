import { type Day, statement, type Tx } from "@mila/kernel"
import type { Channel } from "@mila/messages"

/** A reminder as its member may ask about it: when, how, of how much, and what became of it. */
export type ExpiryNotice = {
  noticeId: number
  madeAt: Date
  /** when it was delivered, or stood in the account at the latest; null while it waits to be delivered */
  settledAt: Date | null
  /** `offered`: nobody could be told, so it stands in the account and is said at the till */
  state: "waiting" | "delivered" | "offered"
  channel: Channel | null
  points: number
  /** the soonest last usable day among them, in Minsk */
  firstDay: Day
}

const COLUMNS = `n.notice_id "noticeId", n.made_at "madeAt", n.settled_at "settledAt", n.state, n.channel, n.points, n.first_day "firstDay"`

const ofMember = statement<ExpiryNotice>(
  "loyalty.notices_of_member",
  `select ${COLUMNS} from loyalty.expiry_notice n where n.member_id = $1 order by n.notice_id desc limit $2`,
)
const ofLots = statement<{ lotId: number; toldAt: Date }>(
  "loyalty.told_of_lots",
  `select l.lot_id "lotId", max(n.settled_at) "toldAt" from loyalty.noticed_lot l join loyalty.expiry_notice n using (notice_id)
    where l.lot_id = any ($1::bigint[]) and n.settled_at is not null group by l.lot_id`,
)
const forget = statement<{ notice_id: number }>(
  "loyalty.forget_notices",
  `delete from loyalty.expiry_notice where notice_id in (
     select notice_id from loyalty.expiry_notice where settled_at < $1 order by settled_at limit $2) returning notice_id`,
)

/** A member's reminders, the newest first. */
export async function expiryNoticesOf(tx: Tx, { memberId, most }: { memberId: number; most: number }): Promise<ExpiryNotice[]> {
  return ofMember(tx, [memberId, most])
}

/** When the members of these lots were last told that they would end; lots nobody was told of are missing. */
export async function lastToldOf(tx: Tx, lotIds: readonly number[]): Promise<Map<number, Date>> {
  const rows = lotIds.length === 0 ? [] : await ofLots(tx, [lotIds])
  return new Map(rows.map(({ lotId, toldAt }) => [lotId, toldAt]))
}

/** Forgets reminders settled before `before`, `most` at a time; answers how many. Run until 0. */
export async function forgetNotices(tx: Tx, { before, most }: { before: Date; most: number }): Promise<number> {
  return (await forget(tx, [before, most])).length
}
