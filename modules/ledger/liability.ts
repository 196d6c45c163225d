import { type Day, type Points, statement, type Tx } from "@mila/kernel"
import type { MemberId } from "./purses.ts"

/** What the chain owes its members, in points, and what members owe it. */
export type Liability = { members: number; pending: Points; available: Points; held: Points; owed: Points; overdueUnreminded: Points }

export type ExpiryDay = { day: Day; points: Points; lots: number; reminded: Points }

const liabilityNow = statement<{ members: number; pending: Points; available: Points; held: Points; owed: Points; overdue: Points }>(
  "ledger.liability",
  `select count(*) members, coalesce(sum(pending), 0) pending, coalesce(sum(available), 0) available, coalesce(sum(held), 0) held,
          coalesce(sum(owed), 0) owed,
          (select coalesce(sum(remaining), 0) from ledger.lot where state = 'available' and reminded_on is null and expires_on < $1) overdue
     from ledger.purse`,
)
const calendar = statement<ExpiryDay>(
  "ledger.expiry_calendar",
  `select expires_on "day", sum(remaining) points, count(*) lots, coalesce(sum(remaining) filter (where reminded_on is not null), 0) reminded
     from ledger.lot where $1::bigint is null or member_id = $1 group by expires_on order by expires_on limit $2`,
)

/** The liability on `today` (a day in Minsk). `overdueUnreminded` are points past their day that live on because nobody was told. */
export async function liability(tx: Tx, { today }: { today: Day }): Promise<Liability> {
  const [row] = await liabilityNow(tx, [today])
  const { overdue, ...rest } = row!
  return { ...rest, overdueUnreminded: overdue }
}

/** Points by their last usable day, soonest first: of one member, or of all. Pending lots are counted by the day they will expire. */
export async function expiryCalendar(
  tx: Tx,
  { memberId = null, most = 400 }: { memberId?: MemberId | null; most?: number },
): Promise<ExpiryDay[]> {
  return calendar(tx, [memberId, most])
}
