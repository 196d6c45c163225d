import { networkOf, statement, type Tx } from "@mila/kernel"
import { randomBytes, randomInt } from "node:crypto"
import type { CodeLane } from "./code-lane.ts"
import { type Limit, takeUses, waitOf } from "./limits.ts"

export type CodePurpose =
  | "register"
  | "sign_in"
  | "recover"
  | "change_phone"
  | "change_email"
  /** proves the address that is kept already */
  | "prove_email"
  | "confirm"
  | "merge"
  | "new_number"
  | "owner"
  /** proves the phone of whoever consents for a child who registers */
  | "child"
  /** opens the page on which a representative sees and changes what they agreed to */
  | "representative"

/** Limits of codes (security case A05, ASVS 6.5.5 and 6.6.3); the chain's budget stops what is spread thinly. */
export const CODE_POLICY = {
  digits: 6,
  minutes: 10,
  tries: 5,
  /** between two codes to one address, whoever asks; and in one lane after so many codes within the hour that nobody typed */
  pausesSeconds: [60, 120, 240, 480] as const,
  /** how long a proven address may wait for what it was proven for: somebody closes the page and comes back */
  provenHours: 24,
  /** a representative's page shows somebody else's membership: they come, act and go */
  representativeHours: 1,
  /** in each lane: strangers together, a device or session of the owner's alone; above all lanes stands what one number is sent in a day */
  perAddress: { what: "code.address", most: 5, minutes: 24 * 60 } satisfies Limit,
  /** strangers alone: an owner's device is not kept out by who shares its network */
  perNetwork: { what: "code.network", most: 30, minutes: 60 } satisfies Limit,
  inAll: { what: "code.all", most: 5_000, minutes: 60 } satisfies Limit,
}

type CodePolicy = typeof CODE_POLICY

/** What to send where, and the token by which whoever asked, and nobody else, may use it. */
export type CodeToSend = { flow: string; code: string; expiresAt: Date }

type Lately = { sent: Date | null; own: Date | null; unused: number }

const sentLately = statement<Lately>(
  "members.codes_sent_lately",
  `select max(sent_at) sent, max(sent_at) filter (where lane_hash is not distinct from $2) own,
          (count(*) filter (where lane_hash is not distinct from $2 and used_at is null))::int unused
     from members.code where address_hash = $1 and sent_at > $3`,
)
const alone = statement("members.code_alone", "select pg_advisory_xact_lock(hashtextextended($1, 7265016))")
const insert = statement(
  "members.insert_code",
  `insert into members.code (flow_hash, purpose, address_hash, address_sealed, code_hash, sent_at, expires_at, tries_left, lane_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)
// one statement takes the try and, if the code is right, the code: two requests cannot use it both
const tryOnce = statement<{ right: boolean; address: Buffer }>(
  "members.try_code",
  `update members.code set tries_left = tries_left - 1, used_at = case when code_hash = $3 then $4 end
    where flow_hash = $1 and purpose = $2 and used_at is null and tries_left > 0 and expires_at > $4
   returning code_hash = $3 as right, address_sealed address`,
)
const provenBy = statement<{ address: Buffer }>(
  "members.proven_address",
  `update members.code set spent_at = case when $5 then $3 end
    where flow_hash = $1 and purpose = $2 and used_at is not null and spent_at is null and used_at > $3::timestamptz - make_interval(hours => $4)
   returning address_sealed address`,
)
const askedFor = statement<{ address: Buffer }>(
  "members.asked_address",
  "select address_sealed address from members.code where flow_hash = $1 and purpose = $2 and used_at is null and sent_at > $3",
)
const forget = statement<{ id: number }>("members.forget_codes", "delete from members.code where sent_at < $1 returning id")

type Asking = { address: string; lane: CodeLane; at: Date; policy?: CodePolicy }

/**
 * Makes a code for an address, a canonical phone or e-mail, whether anybody has it or not: what is sent is the caller's word. Answers the seconds to
 * wait when a limit of the address in this lane, of a stranger's network or of the whole house is reached; counted only if the caller commits.
 */
export async function makeCode(
  tx: Tx,
  { purpose, ip, ...asking }: Asking & { purpose: CodePurpose; ip: string },
): Promise<CodeToSend | { retryAfterSeconds: number }> {
  const { address, lane, at, policy = CODE_POLICY } = asking
  const addressHash = hashOf(tx, address)
  await alone(tx, [addressHash.toString("hex")])
  const pause = await pauseBefore(tx, asking)
  if (pause > 0) return { retryAfterSeconds: pause }
  const wait = await takeUses(
    tx,
    [
      { limit: policy.perAddress, key: keyOf(asking) },
      ...(lane === null ? [{ limit: policy.perNetwork, key: networkOf(ip) }] : []),
      { limit: policy.inAll, key: "" },
    ],
    at,
  )
  if (wait > 0) return { retryAfterSeconds: wait }
  // Every reason to wait is behind us.
  const flow = randomBytes(24).toString("base64url")
  const code = String(randomInt(10 ** policy.digits)).padStart(policy.digits, "0")
  const expiresAt = new Date(at.getTime() + policy.minutes * 60_000)
  const sealed = tx.secrets.seal("members.code-address", address)
  const hashes = { flow: flowHash(tx, flow), code: codeHash(tx, { flow, code }), lane: laneHash(tx, lane) }
  await insert(tx, [hashes.flow, purpose, addressHash, sealed, hashes.code, at, expiresAt, policy.tries, hashes.lane])
  return { flow, code, expiresAt }
}

/** Seconds until another code may go to an address: a pause that grows while codes are asked for and not typed, or the rest of a day whose codes are used up. */
export async function waitForCode(tx: Tx, asking: Asking): Promise<number> {
  const { at, policy = CODE_POLICY } = asking
  return Math.max(await pauseBefore(tx, asking), await waitOf(tx, { limit: policy.perAddress, key: keyOf(asking) }, at))
}

async function pauseBefore(tx: Tx, { address, lane, at, policy = CODE_POLICY }: Asking): Promise<number> {
  const [lately] = await sentLately(tx, [hashOf(tx, address), laneHash(tx, lane), new Date(at.getTime() - 3_600_000)])
  const { sent, own, unused } = lately!
  const pauses = policy.pausesSeconds
  const left = (since: Date | null, pause: number) => (since ? Math.ceil((since.getTime() - at.getTime()) / 1000) + pause : 0)
  return Math.max(0, left(sent, pauses[0]), left(own, pauses[Math.min(Math.max(unused, 1), pauses.length) - 1]!))
}

/** The address a flow's code was sent to, while it is proven by nothing and a day old at most: whoever holds the flow may ask for another code to it. */
export async function askedAddress(
  tx: Tx,
  { flow, purpose, at }: { flow: string; purpose: CodePurpose; at: Date },
): Promise<string | undefined> {
  const [row] = await askedFor(tx, [flowHash(tx, flow), purpose, new Date(at.getTime() - CODE_POLICY.provenHours * 3_600_000)])
  return row && tx.secrets.open("members.code-address", row.address)
}

/**
 * Takes one try of a code. The address it proves; undefined when it is wrong, used, too old, of another flow or another purpose, all alike. The try
 * counts only if the caller commits, so a wrong code is answered, not refused, here.
 */
export async function tryCode(
  tx: Tx,
  { flow, purpose, code, at }: { flow: string; purpose: CodePurpose; code: string; at: Date },
): Promise<{ address: string } | undefined> {
  const [tried] = await tryOnce(tx, [flowHash(tx, flow), purpose, codeHash(tx, { flow, code: code.replace(/\s/g, "") }), at])
  return tried?.right ? { address: tx.secrets.open("members.code-address", tried.address) } : undefined
}

/**
 * The address that a flow proved, as long as it was used for nothing yet and is less than a day old (an hour, of a representative); `spend` uses it up in the caller's transaction.
 */
export async function provenAddress(
  tx: Tx,
  { flow, purpose, spend, at }: { flow: string; purpose: CodePurpose; spend: boolean; at: Date },
): Promise<string | undefined> {
  const [row] = await provenBy(tx, [flowHash(tx, flow), purpose, at, hoursOf(purpose), spend])
  return row && tx.secrets.open("members.code-address", row.address)
}

const hoursOf = (purpose: CodePurpose): number => (purpose === "representative" ? CODE_POLICY.representativeHours : CODE_POLICY.provenHours)

/** Forgets codes sent before `before`. Answers how many. */
export async function forgetCodes(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const hashOf = (tx: Tx, address: string): Buffer => tx.secrets.hmac("members.code-address", address)
const laneHash = (tx: Tx, lane: CodeLane): Buffer | null => (lane === null ? null : tx.secrets.hmac("members.code-lane", lane))
const keyOf = ({ address, lane }: { address: string; lane: CodeLane }): string => (lane === null ? address : `${address}\n${lane}`)
const flowHash = (tx: Tx, flow: string): Buffer => tx.secrets.hmac("members.flow", flow)
const codeHash = (tx: Tx, { flow, code }: { flow: string; code: string }): Buffer => tx.secrets.hmac("members.code", `${flow}\n${code}`)
