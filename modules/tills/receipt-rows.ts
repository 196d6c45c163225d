import { statement, type Tx } from "@mila/kernel"
import type { Flag, Reason } from "./receipt-rules.ts"

/** A receipt on its way into its one row. JSON fields are text already. */
export type ReceiptToInsert = {
  id: string
  tillId: number
  kind: "sale" | "return"
  state: "settled" | "quarantined" | "parked"
  soldAt: Date
  sequence: number | null
  requestKey: string | null
  fingerprint: Buffer
  memberId: number | null
  cardId: number | null
  totalMinor: number
  /** of a return: clawed */
  earned: number
  /** of a return: restored */
  redeemed: number
  fiscalUid: string | null
  purchaseId: string | null
  sale: string | null
  programmeVersion: number | null
  flags: readonly Flag[]
  reasons: readonly Reason[]
  identifier: Buffer | null
  body: string
  counted: string | null
  explanation: string | null
  answer: string
}

/** Somebody else recorded one of these receipts between our look and our write: the whole transaction is tried again, and will find it. */
class Overtaken extends Error {
  readonly code = "40001"
}

// JSON text never holds a bare control character, so one of them parts the texts: cheaper than quoting every body into an array.
const PARTING = "\x1e"

const insert = statement<{ id: string }>(
  "tills.insert_receipts",
  `insert into tills.receipt (id, till_id, kind, state, sold_at, recorded_at, sequence, request_key, fingerprint, member_id, card_id, total_minor,
                              earned, redeemed, fiscal_uid, purchase_id, sale, flags, identifier, body, explanation, answer, programme_version, counted)
   select r.id, r.till_id, r.kind, r.state, r.sold_at, $21, r.sequence, r.request_key, r.fingerprint, r.member_id, r.card_id, r.total_minor,
          r.earned, r.redeemed, r.fiscal_uid, r.purchase_id, r.sale, coalesce(string_to_array(nullif(r.flags, ''), ' '), '{}'), r.identifier,
          r.body::json, nullif(r.explanation, '')::json, r.answer, r.programme_version, r.counted::jsonb
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[], $7::text[], $8::bytea[], $9::bigint[],
                 $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bytea[],
                 string_to_array($19, e'\\x1e'), string_to_array($20, e'\\x1e'), string_to_array($22, e'\\x1e'), $23::bigint[], $24::text[])
       as r(id, till_id, kind, state, sold_at, sequence, request_key, fingerprint, member_id, card_id, total_minor, earned, redeemed, fiscal_uid,
            purchase_id, sale, flags, identifier, body, explanation, answer, programme_version, counted)
   on conflict do nothing returning id`,
)

const insertWaiting = statement(
  "tills.insert_quarantine",
  `insert into tills.quarantine (till_id, kind, reasons, receipt_id, sequence, fingerprint, arrived_at)
   select q.till_id, q.kind, string_to_array(q.reasons, ' '), q.receipt_id, q.sequence, q.fingerprint, $7
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bytea[])
       as q(till_id, kind, reasons, receipt_id, sequence, fingerprint)
   on conflict (till_id, fingerprint) do nothing`,
)

/** Writes receipts with their answers, in natural-key order, and puts those with reasons on the list that waits for a person. */
export async function insertReceipts(tx: Tx, unordered: readonly ReceiptToInsert[], { at }: { at: Date }): Promise<void> {
  if (unordered.length === 0) return
  const rows = unordered.toSorted((one, other) => (one.id < other.id ? -1 : 1)) // one order for everyone, so that crossing batches cannot deadlock
  const column = <Value>(of: (row: ReceiptToInsert) => Value): Value[] => rows.map(of)
  const inserted = await insert(tx, [
    column(({ id }) => id),
    column(({ tillId }) => tillId),
    column(({ kind }) => kind),
    column(({ state }) => state),
    column(({ soldAt }) => soldAt.toISOString()),
    column(({ sequence }) => sequence),
    column(({ requestKey }) => requestKey),
    column(({ fingerprint }) => fingerprint),
    column(({ memberId }) => memberId),
    column(({ cardId }) => cardId),
    column(({ totalMinor }) => totalMinor),
    column(({ earned }) => earned),
    column(({ redeemed }) => redeemed),
    column(({ fiscalUid }) => fiscalUid),
    column(({ purchaseId }) => purchaseId),
    column(({ sale }) => sale),
    column(({ flags }) => flags.join(" ")),
    column(({ identifier }) => identifier),
    column(({ body }) => body).join(PARTING),
    column(({ explanation }) => explanation ?? "").join(PARTING),
    at,
    column(({ answer }) => answer).join(PARTING),
    column(({ programmeVersion }) => programmeVersion),
    column(({ counted }) => counted),
  ])
  if (inserted.length !== rows.length) throw new Overtaken("a receipt was recorded by somebody else meanwhile")
  const waiting = rows.filter(({ reasons }) => reasons.length > 0)
  if (waiting.length > 0) await insertQuarantine(tx, waiting, at)
}

async function insertQuarantine(tx: Tx, waiting: readonly ReceiptToInsert[], at: Date): Promise<void> {
  await insertWaiting(tx, [
    waiting.map(({ tillId }) => tillId),
    waiting.map(({ kind }) => kind),
    waiting.map(({ reasons }) => reasons.join(" ")),
    waiting.map(({ id }) => id),
    waiting.map(({ sequence }) => sequence),
    waiting.map(({ fingerprint }) => fingerprint),
    at,
  ])
}
