import { statement, type Tx } from "@mila/kernel"
import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { isCommonPassword } from "./common-passwords.ts"
import { refuse } from "./refusals.ts"

/**
 * What a customer's password must be: ten characters where ASVS 6.2.1 asks for eight and NIST SP 800-63B-4 for fifteen of a password alone; why, and what
 * makes up for it, is decision 0011. Counted in code points; the whole of it counts, whatever its length.
 */
export const PASSWORD_RULES = { least: 10, most: 128 }

/** argon2id as RFC 9106 names it: 19 MiB, two passes, one lane; about 45 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const KEPT_EARLIER = 3
const MOST_AT_ONCE = 2 // of the four threads that also read files and resolve names

const derive = promisify(argon2)

const find = statement<{ hash: string; earlier: string[] }>(
  "members.password",
  "select hash, earlier from members.password where member_id = $1",
)
const keep = statement(
  "members.keep_password",
  `insert into members.password (member_id, hash, changed_at) values ($1, $2, $3)
   on conflict (member_id) do update set hash = excluded.hash, changed_at = excluded.changed_at,
          earlier = (array[password.hash] || password.earlier)[1:${KEPT_EARLIER}]`,
)

/**
 * Refuses what is no good password: `password_too_short`, `password_too_long`, `password_common` (on the list of leaked ones, or made of the phone
 * number or the shop's name). `phone` is canonical.
 */
export function checkPassword(password: string, { phone }: { phone: string }): void {
  const length = [...password].length
  if (length < PASSWORD_RULES.least) refuse("password_too_short", { least: PASSWORD_RULES.least })
  if (length > PASSWORD_RULES.most) refuse("password_too_long", { most: PASSWORD_RULES.most })
  const plain = password.normalize("NFKC").toLowerCase()
  const ownDigits = phone.slice(-9)
  const digits = plain.replace(/\D/g, "")
  const guessable = digits.endsWith(ownDigits) && plain.replace(/[\d\s()+-]/g, "").length < 4
  if (guessable || isCommonPassword(plain)) refuse("password_common")
}

/** The slow hash of a password, in PHC form. Off the event loop, two at a time: whoever waits, tills do not. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await inTurn(() => tagOf(password, salt))
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Whether a password is the one of a hash. Without a hash it takes as long and is never true: who has no account is not told apart by the time. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [salt, tag] = (hash ?? NOBODYS)
    .split("$")
    .slice(-2)
    .map((part) => Buffer.from(part, "base64"))
  const found = await inTurn(() => tagOf(password, salt!))
  return timingSafeEqual(found, tag!) && hash !== null
}

/** The hash a member's password is kept as; null when they have none and sign in by code. */
export async function passwordHashOf(tx: Tx, memberId: number): Promise<string | null> {
  return (await find(tx, [memberId]))[0]?.hash ?? null
}

/** The hashes a new password must not fit: the present one and those before it. */
export async function earlierPasswordsOf(tx: Tx, memberId: number): Promise<string[]> {
  const [row] = await find(tx, [memberId])
  return row ? [row.hash, ...row.earlier] : []
}

/** Keeps a new password, already hashed; the one before is remembered, so that it is not taken again. */
export async function keepPassword(tx: Tx, { memberId, hash, at }: { memberId: number; hash: string; at: Date }): Promise<void> {
  await keep(tx, [memberId, hash, at])
}

const NOBODYS = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`

/** Two ways to write one letter are one password (RFC 8265 asks for NFC); nothing is trimmed or cut. */
function tagOf(password: string, salt: Buffer): Promise<Buffer> {
  return derive("argon2id", { message: Buffer.from(password.normalize("NFC"), "utf8"), nonce: salt, ...COST })
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "")

let running = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((free) => waiting.push(free))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

/** Whether a member has a password at all; many sign in with codes alone. */
export const hasPassword = async (tx: Tx, memberId: number): Promise<boolean> => (await passwordHashOf(tx, memberId)) !== null
