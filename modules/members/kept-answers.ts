import { Refusal, statement, type Tx } from "@mila/kernel"

export type KeptAnswer = { status: number; body: unknown }

const lock = statement<{ free: boolean }>(
  "members.lock_answer",
  "select pg_try_advisory_xact_lock(hashtextextended('members.answer:' || $1::bigint || ':' || $2::text, 0)) as free",
)
const find = statement<{ fingerprint: Buffer; status: number; body: Buffer }>(
  "members.answer_given",
  "select fingerprint, status, body from members.answer where member_id = $1 and key = $2",
)
const keep = statement(
  "members.keep_answer",
  "insert into members.answer (member_id, key, fingerprint, status, body, answered_at) values ($1, $2, $3, $4, $5, $6)",
)
const forget = statement<{ member_id: number }>(
  "members.forget_answers",
  "delete from members.answer where answered_at < $1 returning member_id",
)
const forgetOf = statement("members.forget_answers_of", "delete from members.answer where member_id = $1")

/**
 * What was answered to this member's act with this Idempotency-Key, if it came before; else the key is theirs until the transaction ends. Refuses
 * `idempotency_in_flight` while the first one is under way, `idempotency_mismatch` when the act is another (`meaning` differs).
 */
export async function answerGivenBefore(
  tx: Tx,
  { memberId, key, meaning }: { memberId: number; key: string; meaning: string },
): Promise<KeptAnswer | undefined> {
  const [claim] = await lock(tx, [memberId, key])
  if (!claim?.free) throw new Refusal("idempotency_in_flight")
  const [given] = await find(tx, [memberId, key])
  if (!given) return undefined
  if (!given.fingerprint.equals(fingerprintOf(tx, meaning))) throw new Refusal("idempotency_mismatch")
  return { status: given.status, body: JSON.parse(tx.secrets.open("members.answer", given.body)) }
}

/** Keeps the answer beside the act's own effects: both commit, or neither. */
export async function keepAnswer(
  tx: Tx,
  { memberId, key, meaning, status, body, at }: { memberId: number; key: string; meaning: string; at: Date } & KeptAnswer,
): Promise<void> {
  await keep(tx, [memberId, key, fingerprintOf(tx, meaning), status, tx.secrets.seal("members.answer", JSON.stringify(body)), at])
}

/** Forgets what was answered before `before`. Answers how many. */
export async function forgetAnswers(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

/** Nobody asks any more: the member left, or became another. */
export async function forgetAnswersOf(tx: Tx, memberId: number): Promise<void> {
  await forgetOf(tx, [memberId])
}

const fingerprintOf = (tx: Tx, meaning: string): Buffer => tx.secrets.hmac("members.answer", meaning)
