import { statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"

export type KeptAnswer = { status: number; body: unknown }

const lock = statement<{ free: boolean }>(
  "staff.lock_answer",
  "select pg_try_advisory_xact_lock(hashtextextended('staff.answer:' || $1::bigint || ':' || $2::text, 0)) as free",
)
const find = statement<{ fingerprint: Buffer; status: number; body: Buffer }>(
  "staff.answer_given",
  "select fingerprint, status, body from staff.answer where staff_id = $1 and key = $2",
)
const keep = statement<never>(
  "staff.keep_answer",
  "insert into staff.answer (staff_id, key, fingerprint, status, body, answered_at) values ($1, $2, $3, $4, $5, $6)",
)

/**
 * What was answered to this staff member's command with this Idempotency-Key, if it came before; else the key is theirs until the transaction ends.
 * Refusals: idempotency_in_flight while the first one is under way, idempotency_mismatch when the command is another (`meaning` differs).
 */
export async function answerGivenBefore(
  tx: Tx,
  { staffId, key, meaning }: { staffId: number; key: string; meaning: string },
): Promise<KeptAnswer | undefined> {
  const [claim] = await lock(tx, [staffId, key])
  if (!claim?.free) refuse("idempotency_in_flight")
  const [given] = await find(tx, [staffId, key])
  if (!given) return undefined
  if (!given.fingerprint.equals(fingerprintOf(tx, meaning))) refuse("idempotency_mismatch")
  return { status: given.status, body: JSON.parse(tx.secrets.open("staff-answer", given.body)) }
}

/** Keeps the answer beside the command's own effects: both commit, or neither. It is sealed, as it may carry what is shown once. */
export async function keepAnswer(
  tx: Tx,
  { staffId, key, meaning, status, body, at }: { staffId: number; key: string; meaning: string; status: number; body: unknown; at: Date },
): Promise<void> {
  await keep(tx, [staffId, key, fingerprintOf(tx, meaning), status, tx.secrets.seal("staff-answer", JSON.stringify(body)), at])
}

const fingerprintOf = (tx: Tx, meaning: string): Buffer => tx.secrets.hmac("staff-answer", meaning)
