import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { CHECKS, FIGURES } from "./invariants.ts"

/** Something that must never be. `invariant` is the number in docs: I1 … I13. `example` names rows, never people. */
export type Finding = { invariant: string; saying: string; count: number; example: string | null }

export type Figures = Record<string, number>

const begin = statement<never>("ledger.check_begin", "set transaction isolation level repeatable read, read only")
const keep = statement<never>(
  "ledger.check_keep",
  "insert into ledger.check_run (started_at, finished_at, complete, findings, figures) values ($1, $2, $3, $4, $5)",
)
const last = statement<{ started_at: Date; finished_at: Date; complete: boolean; findings: Finding[]; figures: Figures }>(
  "ledger.check_last",
  "select started_at, finished_at, complete, findings, figures from ledger.check_run order by check_id desc limit 1",
)
const sinceSeals = statement<{ from_id: number }>(
  "ledger.check_since",
  "select from_id from ledger.seal order by seal_id desc limit 1 offset 1",
)

/**
 * Proves the invariants I1–I5, I7, I8, I12 and I13 on one snapshot and answers what is broken (nothing, if all is well) with figures.
 * `complete` reads everything; without it only what was written since the last seal but one, which is what the five-minute job does.
 * The run is kept. Reading a whole journal of 20 million postings takes about half a minute.
 */
export async function checkLedger(
  db: Db,
  { at, now, complete = true }: { at: Date; now: () => Date; complete?: boolean },
): Promise<{ findings: Finding[]; figures: Figures; seconds: number }> {
  const started = performance.now()
  const { findings, figures } = await inTransaction(db, async (tx) => {
    await begin(tx, [])
    const since = complete ? 0 : ((await sinceSeals(tx, []))[0]?.from_id ?? 0)
    return { findings: await findingsOf(tx, { since, at }), figures: await figuresOf(tx) }
  })
  await inTransaction(db, (tx) => keep(tx, [at, now(), complete, JSON.stringify(findings), JSON.stringify(figures)]))
  return { findings, figures, seconds: (performance.now() - started) / 1000 }
}

/** The newest run of the check, or undefined when there was none. */
export async function lastCheck(
  tx: Tx,
): Promise<{ startedAt: Date; finishedAt: Date; complete: boolean; findings: Finding[]; figures: Figures } | undefined> {
  const [run] = await last(tx, [])
  return (
    run && { startedAt: run.started_at, finishedAt: run.finished_at, complete: run.complete, findings: run.findings, figures: run.figures }
  )
}

async function findingsOf(tx: Tx, { since, at }: { since: number; at: Date }): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { invariant, saying, query } of CHECKS) {
    const { rows } = await tx.client.query<{ count: number; example: string | null }>(
      `with bad(what) as (${query}) select count(*) count, min(what) example from bad where $1::bigint is not null and $2::timestamptz is not null`,
      [since, at],
    )
    const { count, example } = rows[0]!
    if (count > 0) findings.push({ invariant, saying, count, example })
  }
  return findings
}

async function figuresOf(tx: Tx): Promise<Figures> {
  const figures: Figures = {}
  for (const query of FIGURES) Object.assign(figures, (await tx.client.query(query)).rows[0])
  return figures
}
