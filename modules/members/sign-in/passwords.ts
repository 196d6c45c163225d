import { statement, type Tx } from "@mila/kernel"
import { isCommonPassword } from "@mila/kernel/passwords"
import { refuse } from "./refusals.ts"

/**
 * What a customer's password must be: ten characters where ASVS 6.2.1 asks for eight and NIST SP 800-63B-4 for fifteen of a password alone; why, and what
 * makes up for it, is decision 0011. Counted in code points; the whole of it counts, whatever its length.
 */
export const PASSWORD_RULES = { least: 10, most: 128 }

const KEPT_EARLIER = 3

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

/** Whether a member has a password at all; many sign in with codes alone. */
export const hasPassword = async (tx: Tx, memberId: number): Promise<boolean> => (await passwordHashOf(tx, memberId)) !== null
