import { type Clock, type Db, inTransaction, type Tx } from "@mila/kernel"
import { employ, invite, type Permission, PERMISSIONS, record } from "@mila/staff"

/**
 * How the first person of a back office gets in: there is no account that is simply there. Whoever may run programs on the server employs somebody who may everything, or invites
 * somebody who works here once more. What is printed is an invitation, good once within a day: also on the server nobody gives a key without a second factor. It stands in the
 * audit trail. Errors: 2 for other words, `staff_not_found`.
 */
export async function inviteStaff(
  { db, clock, staffUrl }: { db: Db; clock: Clock; staffUrl: string },
  words: readonly string[],
): Promise<number> {
  const [first = "", name = ""] = words
  const newcomer = first === "--employ" && words.length === 2 && /^\S.{0,198}$/u.test(name)
  const known = words.length === 1 && /^[1-9]\d{0,14}$/.test(first)
  if (!newcomer && !known) {
    console.error('staff-invitation <number of somebody who works here> | --employ "<name>"')
    return 2
  }
  const at = clock.now()
  const made = await inTransaction(db, async (tx) => {
    const staffId = newcomer ? await employed(tx, name, at) : Number(first)
    return { staffId, ...(await invite(tx, { staffId, by: null, at })) }
  })
  console.log(`staff ${made.staffId} · сотрудник ${made.staffId}\n${staffUrl}/office#${made.invitation}\n${made.endsAt.toISOString()}`)
  return 0
}

async function employed(tx: Tx, name: string, at: Date): Promise<number> {
  const permissions = Object.keys(PERMISSIONS) as Permission[]
  const { staffId } = await employ(tx, { name, permissions, at })
  await record(tx, { staffId: null, action: "staff.employ", object: `staff:${staffId}`, at, details: { permissions } })
  return staffId
}
