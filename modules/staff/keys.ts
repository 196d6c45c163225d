import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { isPermission, type Permission } from "./permissions.ts"
import { refuse } from "./refusals.ts"
import { staff } from "./tables.ts"

export type StaffKey = { keyId: number; label: string; createdAt: Date; revokedAt: Date | null }

/** Whom a key stands for, as of now: rights are read at each request, so that taking one away works at once. */
export type SignedIn = { staffId: number; keyId: number; name: string; memberId: number | null; permissions: ReadonlySet<Permission> }

const byHash = statement<{ staffId: number; keyId: number; name: string; memberId: number | null; permissions: string[] }>(
  "staff.by_key",
  `select person.id as "staffId", key.id as "keyId", name, member_id as "memberId", permissions
   from staff.key join staff.person on person.id = key.staff_id
   where key.hash = $1 and key.revoked_at is null and person.state = 'active'`,
)

/** Gives somebody a bearer key of 256 random bits. It is answered here and never again: only a keyed hash is kept. */
export async function createKey(
  tx: Tx,
  { staffId, label, at }: { staffId: number; label: string; at: Date },
): Promise<{ keyId: number; key: string }> {
  const person = await staff(tx).selectFrom("person").select("state").where("id", "=", staffId).executeTakeFirst()
  if (person?.state !== "active") refuse("staff_not_found", { staffId })
  const key = `mila_${randomBytes(32).toString("base64url")}`
  const { id } = await staff(tx)
    .insertInto("key")
    .values({ staff_id: staffId, hash: hashOf(tx, key), label, created_at: at, revoked_at: null })
    .returning("id")
    .executeTakeFirstOrThrow()
  return { keyId: id, key }
}

/** Who comes with this key; undefined for a key that is unknown, revoked, or of somebody who left. */
export async function staffByKey(tx: Tx, key: string): Promise<SignedIn | undefined> {
  const [found] = await byHash(tx, [hashOf(tx, key)])
  return found && { ...found, permissions: new Set(found.permissions.filter(isPermission)) }
}

/** Takes a key away; the next request with it is refused. Repeating it keeps the first date. */
export async function revokeKey(tx: Tx, { staffId, keyId, at }: { staffId: number; keyId: number; at: Date }): Promise<void> {
  const revoked = await staff(tx)
    .updateTable("key")
    .set((of) => ({ revoked_at: of.fn.coalesce("revoked_at", of.val(at)) }))
    .where("id", "=", keyId)
    .where("staff_id", "=", staffId)
    .executeTakeFirst()
  if (revoked.numUpdatedRows === 0n) refuse("staff_key_not_found", { keyId })
}

/** The keys somebody has or had; the keys themselves are not known any more. */
export async function keysOf(tx: Tx, staffId: number): Promise<StaffKey[]> {
  const rows = await staff(tx).selectFrom("key").selectAll().where("staff_id", "=", staffId).orderBy("id").execute()
  return rows.map(({ id, label, created_at, revoked_at }) => ({ keyId: id, label, createdAt: created_at, revokedAt: revoked_at }))
}

const hashOf = (tx: Tx, key: string): Buffer => tx.secrets.hmac("staff-key", key)
