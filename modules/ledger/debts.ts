import { type Day, statement, type Tx } from "@mila/kernel"
import { arrayOf, type Balance, type MemberId } from "./purses.ts"

const pay = statement<Balance & { member_id: MemberId }>(
  "ledger.pay_debts",
  "select member_id, pending, available, held, owed from ledger.pay_debts($1::bigint[], $2::date, $3::timestamptz)",
)

/** Available points pay what their members owe, soonest expiry first. Answers the balances of those who paid something. */
export async function payDebts(
  tx: Tx,
  { memberIds, today, at }: { memberIds: readonly MemberId[]; today: Day; at: Date },
): Promise<Map<MemberId, Balance>> {
  const rows = await pay(tx, [arrayOf(memberIds), today, at])
  return new Map(rows.map(({ member_id, ...balance }) => [member_id, balance]))
}
