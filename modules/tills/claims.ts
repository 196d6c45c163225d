import { statement, type Tx } from "@mila/kernel"
import type { ReceiptStatus } from "./told.ts"

/** A fact on its way in: its natural key, the key it was sent under, and the fingerprint of what it says. */
export type Claim = {
  id: string
  tillId: number
  requestKey: string | null
  fingerprint: Buffer
  fiscalUid: string | null
  purchaseId: string | null
}

export type Claimed =
  /** it is new, and a return or a cancellation of it came before it */
  | { found: "awaited" }
  | { found: "same"; status: ReceiptStatus; answer: string }
  /** the key was used for something else */
  | { found: "mismatch" }
  /** the natural key holds other content */
  | { found: "conflict" }

type Row = {
  place: number
  same_fingerprint: Buffer | null
  same_answer: string | null
  keyed_fingerprint: Buffer | null
  keyed_answer: string | null
  asked_fingerprint: Buffer | null
  asked_answer: string | null
  awaited: boolean
}

// `limit 1` makes each look-up an index probe of its own: a plan made while the tables were small must not become a scan when they have grown
const claimed = statement<Row>(
  "tills.claimed",
  `select asked.place::int, same.fingerprint same_fingerprint, same.answer same_answer,
          keyed.fingerprint keyed_fingerprint, keyed.answer keyed_answer,
          request.fingerprint asked_fingerprint, request.answer asked_answer, early.awaited
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[]) with ordinality as asked(id, till_id, key, fiscal_uid, purchase_id, place)
     left join lateral (select id, fingerprint, answer from tills.receipt where id = asked.id limit 1) same on true
     left join lateral (select id, fingerprint, answer from tills.receipt where till_id = asked.till_id and request_key = asked.key limit 1) keyed on true
     left join lateral (select key, fingerprint, answer from tills.request where till_id = asked.till_id and key = asked.key limit 1) request on true
     cross join lateral (
       select exists (select from tills.receipt where kind = 'return' and state = 'parked' and sale = any(array[
                        'id:' || asked.id, 'uid:' || asked.fiscal_uid, 'purchase:' || asked.till_id || '/' || asked.purchase_id]) limit 1)
           or exists (select from (select from tills.cancellation where sale_id = asked.id and state = 'parked' limit 1) cancelled) as awaited
     ) early
    where same.id is not null or keyed.id is not null or request.key is not null or early.awaited`,
)

/**
 * What is known of each fact already, by its place; nothing for what is new. The key is looked at first: the same key with other content is the
 * till's mistake, other content under one natural key is a conflict that a person sees.
 */
export async function claimsOf(tx: Tx, claims: readonly Claim[]): Promise<Map<number, Claimed>> {
  const rows = await claimed(tx, [
    claims.map(({ id }) => id),
    claims.map(({ tillId }) => tillId),
    claims.map(({ requestKey }) => requestKey),
    claims.map(({ fiscalUid }) => fiscalUid),
    claims.map(({ purchaseId }) => purchaseId),
  ])
  return new Map(rows.map((row) => [row.place - 1, claimedBy(row, claims[row.place - 1]!)]))
}

function claimedBy(row: Row, { fingerprint }: Claim): Claimed {
  const asked = row.keyed_fingerprint ?? row.asked_fingerprint
  if (asked) {
    const answer = (row.keyed_answer ?? row.asked_answer)!
    return asked.equals(fingerprint) ? { found: "same", status: statusIn(answer), answer } : { found: "mismatch" }
  }
  if (!row.same_fingerprint) return { found: "awaited" }
  if (!row.same_fingerprint.equals(fingerprint)) return { found: "conflict" }
  return { found: "same", status: statusIn(row.same_answer!), answer: row.same_answer! }
}

/** The status an answer was given with; it stands in its text, so that a repetition never differs. */
export function statusIn(answer: string): ReceiptStatus {
  return (JSON.parse(answer) as { status: ReceiptStatus }).status
}
