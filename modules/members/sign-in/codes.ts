import { networkOf, statement, type Tx } from "@mila/kernel"
import { randomBytes, randomInt } from "node:crypto"
import { type Limit, takeUses } from "./limits.ts"

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
  pauseSeconds: 60,
  /** how long a proven address may wait for what it was proven for: somebody closes the page and comes back */
  provenHours: 24,
  /** a representative's page shows somebody else's membership: they come, act and go */
  representativeHours: 1,
  perAddress: { what: "code.address", most: 5, minutes: 24 * 60 } satisfies Limit,
  perNetwork: { what: "code.network", most: 30, minutes: 60 } satisfies Limit,
  inAll: { what: "code.all", most: 5_000, minutes: 60 } satisfies Limit,
}

export type CodePolicy = typeof CODE_POLICY

/** What to send where, and the token by which whoever asked, and nobody else, may use it. */
export type CodeToSend = { flow: string; code: string; expiresAt: Date }

const lastSent = statement<{ sent: Date }>(
  "members.last_code",
  "select sent_at sent from members.code where address_hash = $1 order by sent_at desc limit 1",
)
const alone = statement("members.code_alone", "select pg_advisory_xact_lock(hashtextextended($1, 7265016))")
const insert = statement(
  "members.insert_code",
  `insert into members.code (flow_hash, purpose, address_hash, address_sealed, code_hash, sent_at, expires_at, tries_left)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
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
const forget = statement<{ id: number }>("members.forget_codes", "delete from members.code where sent_at < $1 returning id")

/**
 * Makes a code for an address, a canonical phone or e-mail, whether anybody has it or not: what is sent is the caller's word. Answers the seconds to
 * wait when a limit of the address, of the asking network or of the whole house is reached; counted only if the caller commits.
 */
export async function makeCode(
  tx: Tx,
  { purpose, address, ip, at, policy = CODE_POLICY }: { purpose: CodePurpose; address: string; ip: string; at: Date; policy?: CodePolicy },
): Promise<CodeToSend | { retryAfterSeconds: number }> {
  const addressHash = tx.secrets.hmac("members.code-address", address)
  await alone(tx, [addressHash.toString("hex")])
  const [last] = await lastSent(tx, [addressHash])
  const pause = last ? Math.ceil((last.sent.getTime() - at.getTime()) / 1000) + policy.pauseSeconds : 0
  if (pause > 0) return { retryAfterSeconds: pause }
  const wait = await takeUses(
    tx,
    [
      { limit: policy.perAddress, key: address },
      { limit: policy.perNetwork, key: networkOf(ip) },
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
  await insert(tx, [flowHash(tx, flow), purpose, addressHash, sealed, codeHash(tx, { flow, code }), at, expiresAt, policy.tries])
  return { flow, code, expiresAt }
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

const flowHash = (tx: Tx, flow: string): Buffer => tx.secrets.hmac("members.flow", flow)
const codeHash = (tx: Tx, { flow, code }: { flow: string; code: string }): Buffer => tx.secrets.hmac("members.code", `${flow}\n${code}`)
