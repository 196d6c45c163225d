import { statement, type Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { recordEvent } from "./history.ts"
import { livingMember } from "./lock.ts"
import { members } from "./tables.ts"

const locker = statement<{ by: Actor }>(
  "members.spend_locker",
  `select e.by from members.event e join members.member m on m.id = e.member_id
    where m.id = $1 and m.spend_locked and e.what = 'spending_locked' order by e.id desc limit 1`,
)

/** By whose hand a member's spending is closed; undefined where it is not. */
export async function spendLockerOf(tx: Tx, memberId: number): Promise<Actor | undefined> {
  return (await locker(tx, [memberId]))[0]?.by
}

/**
 * Closes or opens spending for a member, whatever card is shown; earning goes on (security case A20). Saying what is so already is harmless and
 * leaves no trace. Errors: `member_unknown`, `member_left`.
 */
export async function lockSpending(
  tx: Tx,
  { memberId, locked, at, by }: { memberId: number; locked: boolean; at: Date; by: Actor },
): Promise<void> {
  const living = await livingMember(tx, memberId)
  const { numUpdatedRows } = await members(tx)
    .updateTable("member")
    .set({ spend_locked: locked })
    .where("id", "=", living)
    .where("spend_locked", "!=", locked)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await recordEvent(tx, { memberId: living, what: locked ? "spending_locked" : "spending_unlocked", at, by })
}
