import { type Day, dayIn, MINSK, type Points, statement, type Tx } from "@mila/kernel"
import { arrayOf, type MemberId } from "./purses.ts"

/** Points that came together and expire together. Days in Minsk; `expiresOn` is the last usable day. */
export type Lot = {
  memberId: MemberId
  lotId: number
  state: "pending" | "available"
  activatesOn: Day
  expiresOn: Day
  remaining: Points
  /** the day its member was told of the expiry; without it the lot does not expire */
  remindedOn: Day | null
}

type Row = {
  member_id: MemberId
  lot_id: number
  state: Lot["state"]
  activates_on: Day
  expires_on: Day
  remaining: Points
  reminded_on: Day | null
}

const COLUMNS = "member_id, lot_id, state, activates_on, expires_on, remaining, reminded_on"
const settle = statement<{ activated: Points; expired: Points; members: number }>(
  "ledger.settle_due",
  "select activated, expired, members from ledger.settle_due($1::date, $2::timestamptz, $3::int)",
)
const ofMember = statement<Row>("ledger.lots_of", `select ${COLUMNS} from ledger.lot where member_id = $1 order by expires_on, lot_id`)
const expiring = statement<Row>(
  "ledger.lots_expiring",
  `select ${COLUMNS} from ledger.lot
    where state = 'available' and expires_on <= $1 and member_id in (
      select distinct member_id from ledger.lot where state = 'available' and expires_on <= $1 and member_id > $2 order by member_id limit $3)
    order by member_id, expires_on, lot_id`,
)
const remind = statement<{ recorded: number }>(
  "ledger.record_reminders",
  "select ledger.record_reminders($1::bigint[], $2::bigint[], $3::date, $4::int) recorded",
)

/**
 * One step of the nightly work: lots whose activation day has come become available, reminded lots past their last day expire. Takes at most
 * `most` lots' members a call, so that no purse stays locked for long; call it until `members` is 0. Running it twice, in two processes or
 * half-way comes to the same end. Answers points activated and expired.
 */
export async function settleDue(
  tx: Tx,
  { today, at, most }: { today: Day; at: Date; most: number },
): Promise<{ activated: Points; expired: Points; members: number }> {
  const [settled] = await settle(tx, [today, at, most])
  return settled!
}

/** A member's open lots, soonest expiry first. Held points are with their hold until it ends. */
export async function lotsOf(tx: Tx, memberId: MemberId): Promise<Lot[]> {
  return (await ofMember(tx, [memberId])).map(lotFrom)
}

/**
 * Available lots whose last day is `until` or earlier, reminded or not: all of those of the next `most` members after member `after`, member by
 * member, soonest expiry first. Held points are not among them. None: the last member was passed.
 */
export async function lotsExpiring(tx: Tx, { until, after, most }: { until: Day; after: MemberId; most: number }): Promise<Lot[]> {
  return (await expiring(tx, [until, after, most])).map(lotFrom)
}

/**
 * Records that members were told of an expiry, or could have seen it where nobody can be told: no reminder, no expiry. Each lot lives at least
 * `noticeDays` after its reminder. A lot that was reminded before keeps its first date. Answers how many lots were marked. Who was told how is the
 * caller's to keep.
 */
export async function recordReminders(
  tx: Tx,
  { lots, at, noticeDays }: { lots: readonly { memberId: MemberId; lotId: number }[]; at: Date; noticeDays: number },
): Promise<number> {
  if (lots.length === 0) return 0
  const parameters = [arrayOf(lots.map(({ memberId }) => memberId)), arrayOf(lots.map(({ lotId }) => lotId)), dayIn(MINSK, at), noticeDays]
  const [row] = await remind(tx, parameters)
  return row!.recorded
}

function lotFrom({ member_id, lot_id, state, activates_on, expires_on, remaining, reminded_on }: Row): Lot {
  return {
    ...{ memberId: member_id, lotId: lot_id, state, remaining },
    ...{ activatesOn: activates_on, expiresOn: expires_on, remindedOn: reminded_on },
  }
}
