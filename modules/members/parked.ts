import { statement, type Tx } from "@mila/kernel"
import { loseRepresentativeNumber } from "./children/represent.ts"
import { recordEvent } from "./history.ts"
import { phoneHash } from "./personal-data.ts"
import { canonicalPhone } from "./phone.ts"
import { isKnownDevice } from "./sign-in/known-devices.ts"
import { type Limit, takeUses } from "./sign-in/limits.ts"

/** How often somebody may say what only the owner of a sleeping account knows. */
const OWNER_TRIES = { what: "owner.fact", most: 5, minutes: 24 * 60 } satisfies Limit

const lastSign = statement<{ at: Date }>(
  "members.last_sign",
  `select greatest(registered_at,
            (select max(seen_at) from members.session where member_id = $1),
            (select max(last_at) from members.known_device where member_id = $1),
            (select max(at) from members.event where member_id = $1 and what in ('phone_changed', 'password_changed', 'took_over'))) at
     from members.member where id = $1`,
)
const park = statement<{ id: number; living: number }>(
  "members.park_number",
  `update members.member set parked_phone_hash = phone_hash, parked_at = $2, phone_hash = null, phone_sealed = null
    where phone_hash = $1 and state <> 'left' returning id, coalesce(merged_into, id) living`,
)
const parkedUnder = statement<{ id: number }>(
  "members.parked_under",
  `select distinct coalesce(merged_into, id) id from members.member where parked_phone_hash = $1 and state <> 'left' order by 1`,
)

/** When this member was last here by what we know of sign-ins; undefined where somebody signs in on a device they were on before. */
export async function lastSignOf(tx: Tx, { memberId, device }: { memberId: number; device: string }): Promise<Date | undefined> {
  if (await isKnownDevice(tx, { device, memberId })) return undefined
  return (await lastSign(tx, [memberId]))[0]?.at
}

/** Counts one try of a fact that only the owner knows; the seconds to wait when there were too many. The caller commits either way. */
export const takeOwnerTry = (tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<number> =>
  takeUses(tx, [{ limit: OWNER_TRIES, key: String(memberId) }], at)

/**
 * The operator gave the number to somebody else: it leads to nobody any more, and may register. Whoever had it keeps their account, cards and points, under no
 * number, until they come back with another one. Answers who that is; undefined when the number was nobody's.
 */
export async function parkNumber(tx: Tx, { phone, at }: { phone: string; at: Date }): Promise<number | undefined> {
  const number = canonicalPhone(phone, { foreign: "allow" })
  const [parked] = await park(tx, [phoneHash(tx, number), at])
  if (!parked) return undefined
  await loseRepresentativeNumber(tx, number)
  await recordEvent(tx, { memberId: parked.id, what: "phone_changed", at, by: "system", details: { parked: true } })
  return parked.living
}

/** Members whose number this was before the operator gave it to somebody else; the phone is canonical. */
export async function parkedUnderNumber(tx: Tx, phone: string): Promise<number[]> {
  return (await parkedUnder(tx, [phoneHash(tx, phone)])).map(({ id }) => id)
}
