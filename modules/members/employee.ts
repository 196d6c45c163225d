import type { Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { recordEvent } from "./history.ts"
import { livingMember } from "./lock.ts"
import type { Workplace } from "./profiles.ts"
import { members } from "./tables.ts"

/**
 * Says that a member works for the chain and where: at their own till their card earns nothing. `at: null` in `worksAt` is an employee without a till
 * (the office). Saying it again moves them. Errors: `member_unknown`, `member_left`.
 */
export async function markEmployee(
  tx: Tx,
  { memberId, worksAt = null, at, by }: { memberId: number; worksAt?: Workplace | null; at: Date; by: Actor },
): Promise<void> {
  const living = await livingMember(tx, memberId)
  await members(tx)
    .updateTable("member")
    .set({ employee: true, employee_shop: worksAt?.shop ?? null, employee_till: worksAt?.till ?? null })
    .where("id", "=", living)
    .execute()
  await recordEvent(tx, { memberId: living, what: "employee_marked", at, by, details: { worksAt } })
}

/** They work for the chain no more. Repeating it is harmless. Errors: `member_unknown`, `member_left`. */
export async function unmarkEmployee(tx: Tx, { memberId, at, by }: { memberId: number; at: Date; by: Actor }): Promise<void> {
  const living = await livingMember(tx, memberId)
  const { numUpdatedRows } = await members(tx)
    .updateTable("member")
    .set({ employee: false, employee_shop: null, employee_till: null })
    .where("id", "=", living)
    .where("employee", "=", true)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await recordEvent(tx, { memberId: living, what: "employee_unmarked", at, by })
}
