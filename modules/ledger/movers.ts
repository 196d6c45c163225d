import { statement, type Tx } from "@mila/kernel"
import type { MemberId } from "./purses.ts"

// ids are taken before their transaction commits, so one that commits late stands below what was read already
const LATE_IDS = 120_000 * 4096 // two minutes of ids, longer than any posting takes

const movers = statement<{ member_id: MemberId }>(
  "ledger.movers",
  "select distinct member_id from ledger.transaction where transaction_id > $1 and transaction_id <= $2",
)
const last = statement<{ upto: number }>("ledger.last_id", "select coalesce(max(transaction_id), 0) upto from ledger.transaction")

/**
 * Whose purse has moved since the journal was read up to `after`, and how far it is read now; null begins at the end of the journal, with nobody. Who moved
 * in the last two minutes may be named twice, and nobody is left out.
 */
export async function moversSince(tx: Tx, { after }: { after: number | null }): Promise<{ memberIds: MemberId[]; upto: number }> {
  const [{ upto } = { upto: 0 }] = await last(tx, [])
  if (after === null) return { memberIds: [], upto }
  const rows = await movers(tx, [after - LATE_IDS, upto])
  return { memberIds: rows.map(({ member_id }) => member_id), upto }
}
