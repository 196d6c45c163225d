import type { Tx } from "@mila/kernel"
import { lockSpending, profilesOf, spendLockerOf } from "@mila/members"
import { refuse } from "./refusals.ts"
import { tellMemberEverywhere } from "./tell.ts"

type Own = { memberId: number; at: Date }

/**
 * Whether a member's points may be spent. `locked`: whatever card is shown, they are only earned; `own`, the member opens it themselves, what the back office closed it
 * opens. `rests`: for a day after a change of phone, e-mail or password, until `until`.
 */
export type Spending = { state: "open" } | { state: "locked"; own: boolean } | { state: "rests"; until: Date }

/** How spending stands at this instant; of both, the lock is told. */
export async function ownSpending(tx: Tx, { memberId, at }: Own): Promise<Spending> {
  const profile = (await profilesOf(tx, [memberId])).get(memberId)
  if (profile?.spendLocked) return { state: "locked", own: await isOwnLock(tx, memberId) }
  const until = profile?.spendRestsUntil(at) ?? null
  return until === null ? { state: "open" } : { state: "rests", until }
}

/** Closes spending at once: who fears for their points asks nobody and proves nothing. Harmless twice. Refuses what lockSpending does. */
export const lockOwnSpending = (tx: Tx, { memberId, at }: Own): Promise<void> =>
  lockSpending(tx, { memberId, locked: true, at, by: `member:${memberId}` })

/**
 * Opens it again; that it is the member who asks is freshly proven at the door, and they hear of it everywhere. A rest goes on. Harmless where nothing is locked.
 * Refuses `spend_lock_of_staff`, and what lockSpending does.
 */
export async function unlockOwnSpending(tx: Tx, { memberId, at }: Own): Promise<void> {
  if (!(await profilesOf(tx, [memberId])).get(memberId)?.spendLocked) return
  if (!(await isOwnLock(tx, memberId))) refuse("spend_lock_of_staff")
  await lockSpending(tx, { memberId, locked: false, at, by: `member:${memberId}` })
  await tellMemberEverywhere(tx, { memberId, template: "spending_opened", params: {}, at })
}

const isOwnLock = async (tx: Tx, memberId: number): Promise<boolean> => (await spendLockerOf(tx, memberId))?.startsWith("member:") ?? false
