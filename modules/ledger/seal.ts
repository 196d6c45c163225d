import { type Day, type Db, dayIn, inTransaction, MINSK, statement, type Tx } from "@mila/kernel"

const line = statement<{ line: number }>("ledger.seal_line", "select ledger.seal_line() line")
const sealUpto = statement<{ sealed: number }>(
  "ledger.seal_upto",
  "select ledger.seal_upto($1::bigint, $2::int, $3::date, $4::timestamptz) sealed",
)
const roots = statement<{ day: Day; root: string; transactions: number }>(
  "ledger.day_roots",
  `select day, encode((array_agg(hash order by seal_id desc))[1], 'hex') root, sum(transactions) transactions from ledger.seal group by day order by day`,
)
const addAhead = statement<never>(
  "ledger.add_months",
  "select ledger.add_month((date_trunc('month', now()) + make_interval(months => n))::date) from generate_series(0, 15) n",
)

const MOST_A_SEAL = 50_000

/**
 * Seals everything recorded so far into the hash chain, so that a later change of a sealed row shows, whoever made it. Answers how many
 * transactions were sealed. Several sealers beside each other are harmless.
 */
export async function seal(db: Db, { at }: { at: Date }): Promise<number> {
  const upto = await inTransaction(db, async (tx) => (await line(tx, []))[0]!.line)
  let sealed = 0
  for (;;) {
    const [step] = await inTransaction(db, (tx) => sealUpto(tx, [upto, MOST_A_SEAL, dayIn(MINSK, at), at]))
    if (step!.sealed === 0) return sealed
    sealed += step!.sealed
  }
}

/** The last hash of each sealed day (Minsk), hexadecimal: kept outside the database, they prove that no sealed day was rewritten. */
export async function dayRoots(tx: Tx): Promise<{ day: Day; root: string; transactions: number }[]> {
  return roots(tx, [])
}

/** Makes room for the journal of the next fifteen months, by the database's clock as its ids are; repeating it is harmless. */
export async function addMonths(tx: Tx): Promise<void> {
  await addAhead(tx, [])
}
