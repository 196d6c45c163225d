import { type Clock, type Db, inTransaction, type Tx } from "@mila/kernel"
import { createKey, employ, type Permission, PERMISSIONS, record } from "@mila/staff"

/**
 * How the first person of a back office gets in: there is no account that is simply there. Whoever may run programs on the server employs somebody who may everything, or gives
 * somebody who works here another key, for a working day. It stands in the audit trail. Errors: 2 for other words, `staff_not_found`.
 */
export async function giveStaffKey({ db, clock }: { db: Db; clock: Clock }, words: readonly string[]): Promise<number> {
  const [first = "", name = ""] = words
  const newcomer = first === "--employ" && words.length === 2 && /^\S.{0,198}$/u.test(name)
  const known = words.length === 1 && /^[1-9]\d{0,14}$/.test(first)
  if (!newcomer && !known) {
    console.error('staff-key <number of somebody who works here> | --employ "<name>"')
    return 2
  }
  const at = clock.now()
  const given = await inTransaction(db, async (tx) => {
    const staffId = newcomer ? await employed(tx, name, at) : Number(first)
    const { keyId, key, endsAt } = await createKey(tx, { staffId, label: "server", at })
    const details = { keyId, kind: "person" }
    await record(tx, { staffId: null, action: "staff.key-create", object: `staff:${staffId}`, at, details })
    return { staffId, key, endsAt }
  })
  console.log(`staff ${given.staffId} · сотрудник ${given.staffId}\n${given.key}\n${given.endsAt.toISOString()}`)
  return 0
}

async function employed(tx: Tx, name: string, at: Date): Promise<number> {
  const permissions = Object.keys(PERMISSIONS) as Permission[]
  const { staffId } = await employ(tx, { name, permissions, at })
  await record(tx, { staffId: null, action: "staff.employ", object: `staff:${staffId}`, at, details: { permissions } })
  return staffId
}
