import type { Tx } from "@mila/kernel"
import { createKey } from "./keys.ts"
import { employ } from "./people.ts"
import { type Permission, PERMISSIONS } from "./permissions.ts"

let made = 0

/** A person's key, as signing in gives it. */
export const aKeyFor = (tx: Tx, staffId: number, at = new Date("2026-01-01T00:00:00Z")): Promise<{ keyId: number; key: string }> =>
  createKey(tx, { staffId, label: "test", at })

/** A staff member with a key; without wishes they may do everything. */
export async function aStaffMember(
  tx: Tx,
  {
    permissions = Object.keys(PERMISSIONS) as Permission[],
    memberId = null,
    at = new Date("2026-01-01T00:00:00Z"),
  }: { permissions?: readonly Permission[]; memberId?: number | null; at?: Date } = {},
): Promise<{ staffId: number; key: string }> {
  made += 1
  const { staffId } = await employ(tx, { name: `Clerk ${made}`, permissions, memberId, at })
  const { key } = await aKeyFor(tx, staffId, at)
  return { staffId, key }
}
