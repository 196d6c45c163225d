import { statement, type Tx } from "@mila/kernel"
import { sql } from "kysely"
import { randomBytes } from "node:crypto"
import { KEY_KINDS, type KeyKind, OF_MACHINES, WRITTEN_EVERY } from "./key-kinds.ts"
import { isPermission, type Permission } from "./permissions.ts"
import { refuse } from "./refusals.ts"
import { staff } from "./tables.ts"

export type StaffKey = {
  keyId: number
  label: string
  kind: KeyKind
  createdAt: Date
  /** by the database's clock, and up to two minutes behind */
  lastUsedAt: Date
  /** by the database's clock */
  endsAt: Date
  revokedAt: Date | null
}

/** Whom a key stands for, as of now: rights are read at each request, so that taking one away works at once. */
export type SignedIn = {
  staffId: number
  keyId: number
  /** whose hands the key is in */
  kind: KeyKind
  name: string
  memberId: number | null
  permissions: ReadonlySet<Permission>
  /** the last moment of the key, by the database's clock */
  endsAt: Date
  /** a machine's key that wants another one within thirty days */
  endsSoon: boolean
}

type Found = Omit<SignedIn, "permissions"> & {
  permissions: string[]
  hasEnded: boolean
  restedTooLong: boolean
  isNews: boolean
}

const rests = Object.entries(KEY_KINDS).map(([kind, { restsAtMost }]) => `when '${kind}' then interval '${restsAtMost}'`)

const byHash = statement<Found>(
  "staff.by_key",
  `select person.id "staffId", key.id "keyId", name, member_id "memberId", permissions, kind, ends_at "endsAt", ends_at <= now() "hasEnded",
     kind = 'machine' and ends_at <= now() + interval '30 days' "endsSoon",
     last_used_at <= now() - case kind ${rests.join(" ")} end "restedTooLong", last_used_at <= now() - interval '${WRITTEN_EVERY}' "isNews"
   from staff.key join staff.person on person.id = key.staff_id
   where key.hash = $1 and key.revoked_at is null and person.state = 'active'`,
)

const writeUse = statement<never>("staff.key_used", "update staff.key set last_used_at = greatest(last_used_at, now()) where id = $1")

/**
 * Gives somebody a bearer key of 256 random bits. It is answered here and never again: only a keyed hash is kept. How long it lives hangs on whose hands it is for, and is
 * counted by the database's clock.
 */
export async function createKey(
  tx: Tx,
  { staffId, label, kind = "person", at }: { staffId: number; label: string; kind?: KeyKind; at: Date },
): Promise<{ keyId: number; key: string; endsAt: Date }> {
  const person = await staff(tx).selectFrom("person").select("state").where("id", "=", staffId).executeTakeFirst()
  if (person?.state !== "active") refuse("staff_not_found", { staffId })
  const key = `mila_${randomBytes(32).toString("base64url")}`
  const ends_at = sql<Date>`now() + ${KEY_KINDS[kind].livesAtMost}::interval`
  const { id, ends_at: endsAt } = await staff(tx)
    .insertInto("key")
    .values({ staff_id: staffId, hash: hashOf(tx, key), label, kind, created_at: at, ends_at, revoked_at: null })
    .returning(["id", "ends_at"])
    .executeTakeFirstOrThrow()
  return { keyId: id, key, endsAt }
}

/**
 * Who comes with this key; undefined for a key that is unknown, revoked, of somebody who left, or of a demo where there is none. Errors: `key_ended`, `key_idle`. The first
 * thing asked only reads, so that a transaction may begin with it.
 */
export async function staffByKey(tx: Tx, key: string, { isDemo }: { isDemo: boolean }): Promise<SignedIn | undefined> {
  const [found] = await byHash(tx, [hashOf(tx, key)])
  if (!found || (found.kind === "demo" && !isDemo)) return undefined
  const { hasEnded, restedTooLong, isNews, ...person } = found
  if (hasEnded) refuse("key_ended")
  if (restedTooLong) refuse("key_idle")
  if (isNews) await writeUse(tx, [person.keyId])
  const opens = person.permissions.filter(isPermission).filter((one) => person.kind !== "machine" || OF_MACHINES.has(one))
  return { ...person, permissions: new Set(opens) }
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
  return rows.map(({ id, label, kind, created_at, last_used_at, ends_at, revoked_at }) => ({
    ...{ keyId: id, label, kind, createdAt: created_at, lastUsedAt: last_used_at, endsAt: ends_at, revokedAt: revoked_at },
  }))
}

const hashOf = (tx: Tx, key: string): Buffer => tx.secrets.hmac("staff-key", key)
