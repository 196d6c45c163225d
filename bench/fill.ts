import type pg from "pg"

const POSTINGS_EACH = 3

/**
 * Fills the journal with `postings` of the last five weeks, straight into the tables and as whole as if they had been settled: transactions,
 * lots and purses of the members after `from` up to `upto`.
 */
export async function fill(owner: pg.Pool, { postings, from, upto }: { postings: number; from: number; upto: number }): Promise<void> {
  const receipts = Math.ceil(postings / POSTINGS_EACH)
  if (receipts === 0) return
  const client = await owner.connect()
  try {
    await client.query("create temporary table filler (transaction_id bigint, member_id bigint)")
    await client.query(
      `insert into filler
       select ledger.id_at(now() - interval '35 days') + n * 1000000::bigint, $2 + 1 + (n * 7919) % ($3 - $2) from generate_series(1, $1::bigint) n`,
      [receipts, from, upto],
    )
    await client.query(
      `insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, earned,
                                       pending_after, available_after, held_after, owed_after)
       select transaction_id, 'filler:' || transaction_id || '/settled', 'receipt', member_id, now(), now(), 44,
              44 * row_number() over (partition by member_id order by transaction_id), 0, 0, 0 from filler order by transaction_id`,
    )
    await client.query(
      `insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, line, leg)
       select member_id, transaction_id, transaction_id + lot, 'issued', 'pending', points, current_date + 180, line, line
         from filler, (values (1, 1, 12), (1, 2, 7), (2, 3, 25)) as lines(lot, line, points) order by member_id, transaction_id`,
    )
    await client.query(
      `insert into ledger.lot (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining)
       select member_id, transaction_id + lot, 'pending', current_date + 14, current_date + 180, current_date + 14, points, points
         from filler, (values (1, 19), (2, 25)) as lots(lot, points) order by member_id`,
    )
    await client.query(
      `update ledger.purse p set pending = pending + f.points
         from (select member_id, 44 * count(*) points from filler group by 1) f where p.member_id = f.member_id`,
    )
    await client.query("drop table filler")
  } finally {
    client.release()
  }
}
