import { type Db, inTransaction, type Invariant, type Proof, statement, type Tx } from "@mila/kernel"
import { CHECKS, FIGURES } from "./invariants.ts"

/** Something that must never be. `invariant` is the number in docs: I1 … I14. `example` names rows, never people. */
export type Finding = { invariant: string; saying: string; count: number; example: string | null }

export type Figures = Record<string, number>

/** What was looked at, broken or not: how many rows break it. */
export type Proved = { invariant: string; saying: string; broken: number }

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
 * Proves the ledger's invariants, and what other modules can prove (`also`), on one snapshot: answers what is broken (nothing, if all is well), what
 * was proved, and figures. `complete` reads everything; without it only what the ledger wrote since the last seal but one, which is what the
 * five-minute job does. The run is kept. Reading a whole journal of 20 million postings takes about half a minute.
 */
export async function checkLedger(
  db: Db,
  { at, now, complete = true, also = [] }: { at: Date; now: () => Date; complete?: boolean; also?: readonly Proof[] },
): Promise<{ findings: Finding[]; proved: Proved[]; figures: Figures; seconds: number }> {
  const started = performance.now()
  const invariants = [...CHECKS, ...also.flatMap((proof) => proof.invariants)].toSorted(byNumber)
  const { found, figures } = await inTransaction(db, async (tx) => {
    await begin(tx, [])
    const since = complete ? 0 : ((await sinceSeals(tx, []))[0]?.from_id ?? 0)
    return {
      found: await findingsOf(tx, invariants, { since, at }),
      figures: await figuresOf(tx, [...FIGURES, ...also.flatMap((proof) => proof.figures)]),
    }
  })
  const findings = found.filter(({ count }) => count > 0)
  await inTransaction(db, (tx) => keep(tx, [at, now(), complete, JSON.stringify(findings), JSON.stringify(figures)]))
  const proved = found.map(({ invariant, saying, count }) => ({ invariant, saying, broken: count }))
  return { findings, proved, figures, seconds: (performance.now() - started) / 1000 }
}

const byNumber = ({ invariant: one }: Invariant, { invariant: other }: Invariant): number => Number(one.slice(1)) - Number(other.slice(1))

/** The newest run of the check, or undefined when there was none. */
export async function lastCheck(
  tx: Tx,
): Promise<{ startedAt: Date; finishedAt: Date; complete: boolean; findings: Finding[]; figures: Figures } | undefined> {
  const [run] = await last(tx, [])
  return (
    run && { startedAt: run.started_at, finishedAt: run.finished_at, complete: run.complete, findings: run.findings, figures: run.figures }
  )
}

/** `asked` says the kinds of both parameters before a query's own words can: after `$1 = 0` PostgreSQL takes an id for a small number. */
async function findingsOf(tx: Tx, invariants: readonly Invariant[], { since, at }: { since: number; at: Date }): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { invariant, saying, query } of invariants) {
    const { rows } = await tx.client.query<{ count: number; example: string | null }>(
      `with asked as (select $1::bigint, $2::timestamptz), bad(what) as (${query}) select count(*) count, min(what) example from bad`,
      [since, at],
    )
    findings.push({ invariant, saying, ...rows[0]! })
  }
  return findings
}

async function figuresOf(tx: Tx, queries: readonly string[]): Promise<Figures> {
  const figures: Figures = {}
  for (const query of queries) Object.assign(figures, (await tx.client.query(query)).rows[0])
  return figures
}
