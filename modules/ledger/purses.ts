import { type Points, points, statement, type Tx } from "@mila/kernel"

export type MemberId = number

/** What a member has, in points. `available` can be redeemed now; `owed` is a visible debt that the next available points pay. */
export type Balance = { pending: Points; available: Points; held: Points; owed: Points }

export const NO_BALANCE: Balance = { pending: points(0), available: points(0), held: points(0), owed: points(0) }

const open = statement<never>("ledger.open_purses", "select ledger.open_purses($1::bigint[])")
const balances = statement<Balance & { member_id: MemberId }>(
  "ledger.balances",
  "select member_id, pending, available, held, owed from ledger.purse where member_id = any ($1)",
)
const past = statement<Balance>(
  "ledger.balance_at",
  `select coalesce(sum(case when target = 'pending' then points when source = 'pending' then -points end), 0) pending,
          coalesce(sum(case when target = 'available' then points when source = 'available' then -points end), 0) available,
          coalesce(sum(case when target = 'held' then points when source = 'held' then -points end), 0) held,
          coalesce(sum(case when source = 'owed' then points when target = 'owed' then -points end), 0) owed
     from ledger.posting p join ledger.transaction t using (transaction_id)
    where p.member_id = $1 and t.recorded_at <= $2`,
)

/** Opens a purse for each member; opening again is harmless. */
export async function openPurses(tx: Tx, { memberIds }: { memberIds: readonly MemberId[] }): Promise<void> {
  await open(tx, [arrayOf(memberIds)])
}

/** The balances of many members at once; who has no purse is missing from the answer. */
export async function balancesOf(tx: Tx, memberIds: readonly MemberId[]): Promise<Map<MemberId, Balance>> {
  const rows = await balances(tx, [arrayOf(memberIds)])
  return new Map(rows.map(({ member_id, ...balance }) => [member_id, balance]))
}

/** What the purse held at the moment `at` (by the time of recording, UTC), summed from the journal. */
export async function balanceAt(tx: Tx, { memberId, at }: { memberId: MemberId; at: Date }): Promise<Balance> {
  const [balance] = await past(tx, [memberId, at])
  return balance ?? NO_BALANCE
}

/** A PostgreSQL array literal of numbers, built by hand: the driver's own quotes each element. */
export function arrayOf(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`
}
