import { statement, type Tx } from "@mila/kernel"
import { stampHash } from "./recognise.ts"

const bind = statement(
  "tills.bind_stamp",
  `insert into tills.card_stamp (stamp_hash, card_number, bound_at, bound_by) values ($1, $2, $3, $4)
   on conflict (stamp_hash) do nothing`,
)
const unbind = statement<{ stamp_hash: Buffer }>(
  "tills.unbind_stamp",
  "delete from tills.card_stamp where stamp_hash = $1 returning stamp_hash",
)

/**
 * Lets a bank card's fingerprint (the acquirer's stamp, never its number) stand for a loyalty card. The first binding holds until it is undone.
 */
export async function bindCardStamp(
  tx: Tx,
  { stamp, cardNumber, at, by }: { stamp: string; cardNumber: string; at: Date; by: string },
): Promise<void> {
  await bind(tx, [stampHash(tx, stamp), tx.secrets.seal("tills.stamped-card", cardNumber), at, by])
}

/** Undoes a binding; true when there was one. */
export async function unbindCardStamp(tx: Tx, stamp: string): Promise<boolean> {
  return (await unbind(tx, [stampHash(tx, stamp)])).length > 0
}
