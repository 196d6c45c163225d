import { networkOf, statement, type Tx } from "@mila/kernel"
import { SLOWED_TRIES, waitAfter } from "@mila/kernel/passwords"
import { randomBytes } from "node:crypto"

type Limit = { what: string; most: number; minutes: number }

/**
 * How tries of a sign-in are slowed down, all counted in the database and by its clock. Wrong tries in a row wait twice as long each time past the free ones; nobody is locked
 * out by strangers: a device that signed in before waits by its own count alone, and a passkey waits for nobody's passwords (A02, A03, NIST SP 800-63B-4).
 */
export const SIGN_IN_POLICY = {
  ...SLOWED_TRIES,
  triesPerNetwork: { what: "tries", most: 60, minutes: 10 } satisfies Limit,
  asksPerNetwork: { what: "asks", most: 300, minutes: 10 } satisfies Limit,
  passkeyTriesPerNetwork: { what: "passkey", most: 60, minutes: 10 } satisfies Limit,
}

const use = statement<{ uses: number; wait: number }>(
  "staff.use",
  `insert into staff.use (what, key, since, uses) values ($1, $2, date_bin(make_interval(mins => $3), now(), timestamptz 'epoch'), 1)
   on conflict (what, key, since) do update set uses = use.uses + 1
   returning uses, ceil(extract(epoch from since + make_interval(mins => $3) - now()))::int wait`,
)
const alone = statement("staff.attempts_alone", "select pg_advisory_xact_lock(hashtextextended($1, 7265086))")
const known = statement<{ failures: number; rested: number }>(
  "staff.attempts",
  "select failures, extract(epoch from clock_timestamp() - last_at)::float8 rested from staff.attempt where key = $1",
)
const failed = statement<{ failures: number }>(
  "staff.failed",
  `insert into staff.attempt (key, failures, last_at) values ($1, 1, clock_timestamp())
   on conflict (key) do update set last_at = excluded.last_at,
     failures = case when attempt.last_at < now() - make_interval(hours => $2) then 1 else attempt.failures + 1 end
   returning failures`,
)
const forgive = statement<{ failures: number }>("staff.forgive", "delete from staff.attempt where key = $1 returning failures")
const isDeviceOf = statement<{ there: number }>(
  "staff.is_device",
  "select 1 there from staff.device where token_hash = $1 and staff_id = $2",
)
const keepDevice = statement(
  "staff.keep_device",
  "insert into staff.device (token_hash, staff_id) values ($1, $2) on conflict (token_hash, staff_id) do update set last_at = now()",
)

/** Counts one use of a network; the seconds to wait when it has had enough, else 0. The caller commits either way. */
export async function takeUse(tx: Tx, limit: Limit, ip: string): Promise<number> {
  const [row] = await use(tx, [limit.what, tx.secrets.hmac(`staff.use.${limit.what}`, networkOf(ip)), limit.minutes])
  return row!.uses > limit.most ? Math.max(1, row!.wait) : 0
}

/** Counts a refused passkey, whoever's: how many there were within this hour. */
export async function countRefused(tx: Tx): Promise<number> {
  const [row] = await use(tx, ["refused", tx.secrets.hmac("staff.use.refused", ""), 60])
  return row!.uses
}

/** Whose tries: a person's number, of a device that signed in before or, null, of all others together. */
type Trier = { staffId: number; device: string | null }

/**
 * Takes one try for a number, known or not: it counts as wrong until `forgiveTries`, so that tries side by side are counted too. Answers how many there were in a row, or the
 * seconds to wait, and then nothing is to be looked at. The caller commits either way.
 */
export async function takeTry(tx: Tx, { ip, ...trier }: Trier & { ip: string }): Promise<{ wait: number } | { failures: number }> {
  const key = keyOf(tx, trier)
  await alone(tx, [key.toString("hex")])
  const [row] = await known(tx, [key])
  const wait = row ? waitAfter(row) : 0
  if (wait > 0) return { wait }
  const crowded = trier.device === null ? await takeUse(tx, SIGN_IN_POLICY.triesPerNetwork, ip) : 0
  if (crowded > 0) return { wait: crowded }
  const [now] = await failed(tx, [key, SIGN_IN_POLICY.restAfterHours])
  return { failures: now!.failures }
}

/** The try was right: the count begins anew. Answers how many wrong ones were before it. */
export async function forgiveTries(tx: Tx, trier: Trier): Promise<number> {
  const [row] = await forgive(tx, [keyOf(tx, trier)])
  return row ? row.failures - 1 : 0
}

/** A browser's own token, 256 random bits: whoever signed in with it once is no stranger. */
export const newDevice = (): string => randomBytes(32).toString("base64url")

/** Whether this person signed in on the device before. */
export const isKnownDevice = async (tx: Tx, { staffId, device }: { staffId: number; device: string }): Promise<boolean> =>
  (await isDeviceOf(tx, [deviceHash(tx, device), staffId])).length > 0

/** Remembers that this person signed in here. */
export async function rememberDevice(tx: Tx, { staffId, device }: { staffId: number; device: string }): Promise<void> {
  await keepDevice(tx, [deviceHash(tx, device), staffId])
}

const deviceHash = (tx: Tx, device: string): Buffer => tx.secrets.hmac("staff.device", device)
const keyOf = (tx: Tx, { staffId, device }: Trier): Buffer => tx.secrets.hmac("staff.attempt", `${staffId}\n${device ?? ""}`)
