import { statement, together, type Tx } from "@mila/kernel"

type Row = { fingerprint: Buffer; status: number; answer: string }

const find = statement<Row>("tills.request", "select fingerprint, status, answer from tills.request where till_id = $1 and key = $2")
const usedForReceipt = statement<{ fingerprint: Buffer }>(
  "tills.key_of_receipt",
  "select fingerprint from tills.receipt where till_id = $1 and request_key = $2",
)
const keep = statement<{ key: string }>(
  "tills.keep_request",
  `insert into tills.request (till_id, key, fingerprint, status, answer, asked_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (till_id, key) do nothing returning key`,
)
const claimKey = statement("tills.claim_key", "select pg_advisory_xact_lock(hashtextextended($1, 7265010))")
const forget = statement<{ key: string }>(
  "tills.forget_requests",
  `delete from tills.request where (till_id, key) in (select till_id, key from tills.request where asked_at < $1 limit $2) returning key`,
)

export type EarlierAnswer = { status: number; answer: string } | "mismatch" | undefined

/**
 * What was answered under this key before; `mismatch` when it was asked for something else. Takes the key until the transaction ends, so that a
 * twin arriving elsewhere waits for the first one's answer.
 */
export async function answerGivenBefore(
  tx: Tx,
  { tillId, key, fingerprint }: { tillId: number; key: string; fingerprint: Buffer },
): Promise<EarlierAnswer> {
  const claimed = claimKey(tx, [`${tillId}/${key}`]) // first: what follows on the same connection sees what the twin left
  const [[row], [receipt]] = await together([find(tx, [tillId, key]), usedForReceipt(tx, [tillId, key]), claimed])
  if (row) return row.fingerprint.equals(fingerprint) ? { status: row.status, answer: row.answer } : "mismatch"
  return receipt && "mismatch"
}

/** Keeps an answer in the transaction of what it answers. False when the key was taken meanwhile. */
export async function keepAnswer(
  tx: Tx,
  {
    tillId,
    key,
    fingerprint,
    status,
    answer,
    at,
  }: { tillId: number; key: string; fingerprint: Buffer; status: number; answer: string; at: Date },
): Promise<boolean> {
  return (await keep(tx, [tillId, key, fingerprint, status, answer, at])).length > 0
}

/** The fingerprint of what was asked: keyed, because numbers of cards are part of it. */
export function fingerprintOf(tx: Tx, text: string): Buffer {
  return tx.secrets.hmac("tills.fingerprint", text)
}

/** Forgets answers older than `before`, at most `most` at a time. Receipts keep theirs for ever. Answers how many. */
export async function forgetRequests(tx: Tx, { before, most }: { before: Date; most: number }): Promise<number> {
  return (await forget(tx, [before, most])).length
}
