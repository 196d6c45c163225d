import { type Day, type Points, statement, type Tx } from "@mila/kernel"
import type { Reference } from "./post.ts"
import type { Balance, MemberId } from "./purses.ts"

export type StatementPosting = { line: number; source: string; target: string; points: Points; lotId: number; expiresOn: Day | null }

/** One transaction as its member reads it. `balance` is the purse after it. */
export type StatementEntry = {
  transactionId: number
  reference: Reference
  kind: string
  /** UTC: when it happened, and when it was written down */
  occurredAt: Date
  recordedAt: Date
  postings: StatementPosting[]
  balance: Balance
}

type Row = {
  transaction_id: number
  reference: Reference
  kind: string
  occurred_at: Date
  recorded_at: Date
  pending_after: Points
  available_after: Points
  held_after: Points
  owed_after: Points
  postings: StatementPosting[]
}

const page = statement<Row>(
  "ledger.statement",
  `select t.transaction_id, t.reference, t.kind, t.occurred_at, t.recorded_at, t.pending_after, t.available_after, t.held_after, t.owed_after, p.postings
     from (select distinct transaction_id from ledger.posting where member_id = $1 and transaction_id < $2 order by transaction_id desc limit $3) ids
     cross join lateral (select * from ledger.transaction t where t.transaction_id = ids.transaction_id offset 0) t
     cross join lateral (
       select json_agg(json_build_object('line', p.line, 'source', p.source, 'target', p.target, 'points', p.points,
                                         'lotId', p.lot_id, 'expiresOn', p.expires_on) order by p.leg) postings
         from ledger.posting p where p.member_id = $1 and p.transaction_id = ids.transaction_id) p
    order by t.transaction_id desc`,
)

/**
 * A page of a member's movements, newest first; `before` is the `transactionId` of the last one seen (keyset paging: a page never shifts).
 * Transactions that moved nothing are not in it.
 */
export async function statementOf(
  tx: Tx,
  { memberId, before, most }: { memberId: MemberId; before?: number; most: number },
): Promise<StatementEntry[]> {
  const rows = await page(tx, [memberId, before ?? Number.MAX_SAFE_INTEGER, most])
  return rows.map((row) => ({
    ...{ transactionId: row.transaction_id, reference: row.reference, kind: row.kind },
    ...{ occurredAt: row.occurred_at, recordedAt: row.recorded_at, postings: row.postings },
    balance: { pending: row.pending_after, available: row.available_after, held: row.held_after, owed: row.owed_after },
  }))
}

export type LotOrigin = { lotId: number; reference: Reference; occurredAt: Date }

const origins = statement<{ lot_id: number; reference: Reference; occurred_at: Date }>(
  "ledger.lot_origins",
  `select distinct p.lot_id, t.reference, t.occurred_at
     from ledger.posting p join ledger.transaction t using (transaction_id)
    where p.member_id = $1 and p.source = 'issued' and p.lot_id = any($2::bigint[])`,
)

/** What lots of a member's first came from. A lot that came from another purse (a merge, a gift) or was parted from an older one is not among them. */
export async function lotOrigins(tx: Tx, { memberId, lotIds }: { memberId: MemberId; lotIds: readonly number[] }): Promise<LotOrigin[]> {
  if (lotIds.length === 0) return []
  const rows = await origins(tx, [memberId, lotIds])
  return rows.map(({ lot_id, reference, occurred_at }) => ({ lotId: lot_id, reference, occurredAt: occurred_at }))
}
