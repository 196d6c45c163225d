import { statement, type Tx } from "@mila/kernel"
import { record } from "../audit.ts"
import { refuse } from "../refusals.ts"
import { rememberDevice } from "./limits.ts"

export type FactorKind = "passkey" | "authenticator"

/** What a person signs in with: never its secret. */
export type Factor = { factorId: number; kind: FactorKind; name: string; madeAt: Date; usedAt: Date | null; doubted: boolean }

const list = statement<Factor>(
  "staff.factors",
  `select id "factorId", kind, name, made_at "madeAt", used_at "usedAt", doubted from staff.factor where staff_id = $1 order by id`,
)
const lock = statement("staff.lock_factors", "select from staff.person where id = $1 for update")
const remove = statement<{ kind: FactorKind }>(
  "staff.remove_factor",
  "delete from staff.factor where id = $1 and staff_id = $2 returning kind",
)
const removeAll = statement("staff.remove_factors", "delete from staff.factor where staff_id = $1")
const forgetDevices = statement("staff.forget_devices", "delete from staff.device where staff_id = $1")
const endKeys = statement(
  "staff.end_keys",
  "update staff.key set revoked_at = $3 where staff_id = $1 and kind = 'person' and revoked_at is null and id is distinct from $2",
)
const isFresh = statement<{ fresh: boolean }>(
  "staff.key_is_fresh",
  "select ends_at > now() + interval '12 hours' - interval '15 minutes' fresh from staff.key where id = $1 and kind = 'person'",
)

type Added = { staffId: number; factorId: number; kind: FactorKind; device: string; at: Date }

/** Somebody has set up one more: the browser it was done in is no stranger, and it stands in the trail. */
export async function factorAdded(tx: Tx, { staffId, factorId, kind, device, at }: Added): Promise<void> {
  await rememberDevice(tx, { staffId, device })
  await record(tx, { staffId, action: "staff.factor-add", object: `staff:${staffId}`, at, details: { factorId, kind } })
}

/** What somebody signs in with, the oldest first. */
export const factorsOf = (tx: Tx, staffId: number): Promise<Factor[]> => list(tx, [staffId])

/**
 * Somebody removes a factor of their own, within a quarter of an hour after they signed in, and keeps at least one. Every other key of theirs ends.
 * Errors: `sign_in_again`, `factor_not_found`, `last_factor`.
 */
export async function removeOwnFactor(
  tx: Tx,
  { staffId, keyId, factorId, at }: { staffId: number; keyId: number; factorId: number; at: Date },
): Promise<void> {
  if (!(await isFresh(tx, [keyId]))[0]?.fresh) refuse("sign_in_again")
  await lock(tx, [staffId])
  const held = await list(tx, [staffId])
  if (!held.some((one) => one.factorId === factorId)) refuse("factor_not_found", { factorId })
  if (!held.some((one) => one.factorId !== factorId && !one.doubted)) refuse("last_factor")
  await removed(tx, { staffId, factorId, at, by: staffId, keep: keyId })
}

/** A colleague removes a factor that was lost, also the last one: another invitation brings the next. Every key of its owner ends. Errors: `factor_not_found`. */
export async function removeFactor(
  tx: Tx,
  { staffId, factorId, by, at }: { staffId: number; factorId: number; by: number; at: Date },
): Promise<void> {
  await lock(tx, [staffId])
  await removed(tx, { staffId, factorId, at, by, keep: null })
}

type Removing = { staffId: number; factorId: number; at: Date; by: number; keep: number | null }

async function removed(tx: Tx, { staffId, factorId, at, by, keep }: Removing): Promise<void> {
  const [{ kind } = refuse("factor_not_found", { factorId })] = await remove(tx, [factorId, staffId])
  await endKeysOf(tx, { staffId, keep, at })
  await record(tx, { staffId: by, action: "staff.factor-remove", object: `staff:${staffId}`, at, details: { factorId, kind } })
}

/** Ends the keys somebody signed in for, `keep` aside. */
export async function endKeysOf(tx: Tx, { staffId, keep, at }: { staffId: number; keep: number | null; at: Date }): Promise<void> {
  await endKeys(tx, [staffId, keep, at])
}

/** Whoever leaves signs in with nothing any more, and no device is theirs. */
export async function forgetFactors(tx: Tx, staffId: number): Promise<void> {
  await removeAll(tx, [staffId])
  await forgetDevices(tx, [staffId])
}
