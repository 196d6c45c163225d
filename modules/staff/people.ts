import { looksLikeBankCardNumber, type Tx } from "@mila/kernel"
import { isPermission, type Permission } from "./permissions.ts"
import { refuse } from "./refusals.ts"
import { forgetFactors } from "./sign-in/factors.ts"
import { withdrawInvitations } from "./sign-in/invitations.ts"
import { staff } from "./tables.ts"

export type StaffMember = {
  staffId: number
  name: string
  permissions: Permission[]
  /** their own membership of the programme, if they are a member too */
  memberId: number | null
  state: "active" | "left"
  addedAt: Date
}

/** Takes somebody on. They may do what `permissions` lists and nothing else, and sign in only once they have a key. */
export async function employ(
  tx: Tx,
  { name, permissions, memberId = null, at }: { name: string; permissions: readonly Permission[]; memberId?: number | null; at: Date },
): Promise<{ staffId: number }> {
  if (looksLikeBankCardNumber(name)) refuse("bank_card_number")
  const made = await staff(tx)
    .insertInto("person")
    .values({ name, permissions: [...new Set(permissions)], member_id: memberId, added_at: at })
    .onConflict((conflict) => conflict.column("member_id").doNothing())
    .returning("id")
    .executeTakeFirst()
  return { staffId: (made ?? refuse("staff_member_taken", { memberId: memberId! })).id }
}

/** Replaces what somebody may do; it holds from their next request on. */
export async function changePermissions(
  tx: Tx,
  { staffId, permissions }: { staffId: number; permissions: readonly Permission[] },
): Promise<StaffMember> {
  await staff(tx)
    .updateTable("person")
    .set({ permissions: [...new Set(permissions)] })
    .where("id", "=", staffId)
    .execute()
  return known(tx, staffId)
}

/** Somebody leaves: none of their keys opens anything any more, what they signed in with is forgotten, nobody's invitation waits for them. What they did stays in the trail. Harmless twice. */
export async function leave(tx: Tx, { staffId, at }: { staffId: number; at: Date }): Promise<StaffMember> {
  await staff(tx).updateTable("person").set({ state: "left" }).where("id", "=", staffId).execute()
  await staff(tx).updateTable("key").set({ revoked_at: at }).where("staff_id", "=", staffId).where("revoked_at", "is", null).execute()
  await withdrawInvitations(tx, staffId)
  await forgetFactors(tx, staffId)
  return known(tx, staffId)
}

/** Whether somebody works here and may do this, as of now. */
export async function mayStill(tx: Tx, { staffId, permission }: { staffId: number; permission: Permission }): Promise<boolean> {
  const row = await people(tx).where("id", "=", staffId).executeTakeFirst()
  return row?.state === "active" && row.permissions.includes(permission)
}

/** Everybody who works or worked here, from the one after `after` on. */
export async function staffList(tx: Tx, { after = 0, most = 100 }: { after?: number; most?: number } = {}): Promise<StaffMember[]> {
  const rows = await people(tx).where("id", ">", after).orderBy("id").limit(most).execute()
  return rows.map(memberOf)
}

async function known(tx: Tx, staffId: number): Promise<StaffMember> {
  const row = await people(tx).where("id", "=", staffId).executeTakeFirst()
  return memberOf(row ?? refuse("staff_not_found", { staffId }))
}

const people = (tx: Tx) => staff(tx).selectFrom("person").select(["id", "name", "permissions", "member_id", "state", "added_at"])

type Row = Awaited<ReturnType<ReturnType<typeof people>["executeTakeFirstOrThrow"]>>

function memberOf({ id, name, permissions, member_id, state, added_at }: Row): StaffMember {
  return { staffId: id, name, permissions: permissions.filter(isPermission), memberId: member_id, state, addedAt: added_at }
}
