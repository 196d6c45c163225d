import { networkOf, statement, type Tx } from "@mila/kernel"
import { SLOWED_TRIES, waitAfter } from "@mila/kernel/passwords"
import { type Limit, takeUses } from "./limits.ts"

/**
 * How wrong passwords slow down whoever tries them, without locking the owner out (security cases A01–A03, NIST SP 800-63B-4: at most a hundred in a row).
 * A device that signed in before waits by its own count alone.
 */
export const ATTEMPT_POLICY = {
  ...SLOWED_TRIES,
  perNetwork: { what: "sign-in.network", most: 60, minutes: 10 } satisfies Limit,
  /** wrong passwords of strangers' devices in all: past it nobody signs in by password from a device we do not know, for `siteRestMinutes` (A01, A02) */
  site: { what: "sign-in.site", most: 200, minutes: 2 } satisfies Limit,
  siteRestMinutes: 15,
}

type Row = { failures: number; last_at: Date }

const known = statement<Row>("members.failures", "select failures, last_at from members.failure where address_hash = $1")
const alone = statement("members.failures_alone", "select pg_advisory_xact_lock(hashtextextended($1, 7265017))")
const failed = statement(
  "members.failed",
  `insert into members.failure (address_hash, failures, last_at) values ($1, 1, $2)
   on conflict (address_hash) do update set failures = case when failure.last_at < $3 then 1 else failure.failures + 1 end, last_at = $2`,
)
const alarm = statement<{ since: Date | null }>(
  "members.sign_in_alarm",
  "select max(since) since from members.use where what = $1 and key = $2 and since > $3 and since <= $5 and uses > $4",
)
const uncount = statement(
  "members.uncount_site",
  "update members.use set uses = uses - 1 where what = $1 and key = $2 and since = (select max(since) from members.use where what = $1 and key = $2) and uses > 1",
)
const forgive = statement("members.forgive", "delete from members.failure where address_hash = $1")
const forget = statement<{ failures: number }>(
  "members.forget_failures",
  "delete from members.failure where last_at < $1 returning failures",
)

/**
 * Takes one try of a password for a phone, known or not: it counts as a failure until `forgiveAttempts`, so that tries side by side are counted too.
 * Answers 0, or the seconds to wait, and then the password is not to be looked at. `device` is the token of a device that signed in before, or null:
 * whoever has one keeps a count of their own, so that somebody else's tries never keep the owner out. The caller commits either way.
 */
export async function takeAttempt(
  tx: Tx,
  { phone, device, ip, at }: { phone: string; device: string | null; ip: string; at: Date },
): Promise<number> {
  const key = attemptKey(tx, { phone, device })
  await alone(tx, [key.toString("hex")])
  const rested = new Date(at.getTime() - ATTEMPT_POLICY.restAfterHours * 3_600_000)
  const [row] = await known(tx, [key])
  const wait = row ? waitAfter({ failures: row.failures, rested: (at.getTime() - row.last_at.getTime()) / 1_000 }) : 0
  if (wait > 0) return wait
  if (device === null) {
    const crowded = (await siteAlarm(tx, { at })) || (await takeUses(tx, [{ limit: ATTEMPT_POLICY.perNetwork, key: networkOf(ip) }], at))
    if (crowded > 0) return crowded
    await takeUses(tx, [{ limit: ATTEMPT_POLICY.site, key: EVERYBODY }], at)
  }
  await failed(tx, [key, at, rested])
  return 0
}

const EVERYBODY = "all"

/**
 * Whether somebody tries passwords of many people at once, from many places: seconds until a device we do not know may sign in by password again, or 0.
 * A code in an SMS, a passkey and every known device open the door meanwhile.
 */
export async function siteAlarm(tx: Tx, { at }: { at: Date }): Promise<number> {
  const { site, siteRestMinutes } = ATTEMPT_POLICY
  const from = new Date(at.getTime() - siteRestMinutes * 60_000)
  const since = (await alarm(tx, [site.what, siteKey(tx), from, site.most, at]))[0]?.since
  return since ? Math.max(1, Math.ceil((since.getTime() + siteRestMinutes * 60_000 - at.getTime()) / 1000)) : 0
}

const siteKey = (tx: Tx): Buffer => tx.secrets.hmac(`members.use.${ATTEMPT_POLICY.site.what}`, EVERYBODY)

/** The password was right: the count begins anew. */
export async function forgiveAttempts(tx: Tx, { phone, device }: { phone: string; device: string | null }): Promise<void> {
  await forgive(tx, [attemptKey(tx, { phone, device })])
  if (device === null) await uncount(tx, [ATTEMPT_POLICY.site.what, siteKey(tx)])
}

/** Forgets failures before `before`. Answers of how many phones. */
export async function forgetFailures(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const attemptKey = (tx: Tx, { phone, device }: { phone: string; device: string | null }): Buffer =>
  tx.secrets.hmac("members.attempt", `${phone}\n${device ?? ""}`)
