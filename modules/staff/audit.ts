import { statement, type Tx } from "@mila/kernel"
import type { AuditAction } from "./action-words.ts"
import { staff } from "./tables.ts"

export type AuditEntry = {
  id: number
  at: Date
  staffId: number | null
  action: string
  object: string
  details: Record<string, unknown>
}

/**
 * Writes down who did what to what, in the transaction it is about. `details` hold numbers and codes, never names, phones, card numbers
 * or free text about a person. `staffId` null: the system itself.
 */
export async function record(
  tx: Tx,
  {
    staffId,
    action,
    object,
    at,
    details = {},
  }: { staffId: number | null; action: AuditAction; object: string; at: Date; details?: Record<string, unknown> },
): Promise<void> {
  await staff(tx)
    .insertInto("audit")
    .values({ at, staff_id: staffId, action, object, details: JSON.stringify(details) })
    .execute()
}

/** The trail, newest first, from before entry `before` on; of one object or one staff member if asked. */
export async function auditTrail(
  tx: Tx,
  { before, object, staffId, most = 100 }: { before?: number; object?: string; staffId?: number; most?: number } = {},
): Promise<AuditEntry[]> {
  let query = staff(tx).selectFrom("audit").selectAll().orderBy("id", "desc").limit(most)
  if (before !== undefined) query = query.where("id", "<", before)
  if (object !== undefined) query = query.where("object", "=", object)
  if (staffId !== undefined) query = query.where("staff_id", "=", staffId)
  const rows = await query.execute()
  return rows.map(({ staff_id, ...entry }) => ({ ...entry, staffId: staff_id }))
}

const newest = statement<{ object: string; details: Record<string, unknown> }>(
  "staff.newest_details",
  "select distinct on (object) object, details from staff.audit where object = any ($1::text[]) order by object, id desc",
)

/** The details of the newest entry about each of many objects; an object nobody touched is missing. */
export async function newestDetails(tx: Tx, objects: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const rows = objects.length === 0 ? [] : await newest(tx, [objects])
  return new Map(rows.map(({ object, details }) => [object, details]))
}
