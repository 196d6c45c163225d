import { statement, type Tx } from "@mila/kernel"
import type { Brake, Diff } from "../import-rules.ts"
import type { Fault } from "../reading/facts.ts"
import { refuse } from "../refusals.ts"

export type ImportState = "waiting" | "reading" | "judging" | "held" | "applying" | "done" | "stopped" | "failed"

export type Import = {
  id: number
  source: string
  what: "file" | "deactivate"
  session: number | null
  file: number | null
  fileName: string
  unseenSince: Date | null
  dryRun: boolean
  whole: boolean
  state: ImportState
  position: Position
  counts: Readonly<Record<string, number>>
  diff: Diff | null
  heldFor: readonly Brake[]
  /** why it ended: a code of the exchange's refusals, with line and field */
  failure: Failure | null
  askedBy: number
  askedAt: Date
  endedAt: Date | null
  decidedBy: number | null
  decidedAt: Date | null
  note: string | null
}

export type Failure = { code: string; line: number | null; field: string; [detail: string]: unknown }

/** How far an import came; each step is kept in the transaction of what it did. */
export type Position = {
  /** records of the file that are staged */
  record?: number
  /** rows staged, by pass, and stretches of stock */
  staged?: { words: number; goods: number; stock: number }
  /** rows applied */
  words?: number
  goods?: number
  warehouse?: string
  hidden?: string
  promotion?: string
  hiddenOffers?: string
  emptied?: string
  /** a package of offers said that it has not changes alone */
  whole?: boolean
  /** whether the source had goods before, so that what is new is a novelty */
  hadGoods?: boolean
}

const COLUMNS = `id, source, what, session, file, file_name as "fileName", unseen_since as "unseenSince", dry_run as "dryRun", whole, state, position, counts, diff,
  held_for as "heldFor", failure, asked_by as "askedBy", asked_at as "askedAt", ended_at as "endedAt", decided_by as "decidedBy", decided_at as "decidedAt", note`
const ask = statement<{ id: number }>(
  "exchange.ask_import",
  `insert into exchange.import (source, what, session, file, file_name, unseen_since, dry_run, whole, state, asked_by, asked_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10) returning id`,
)
const byId = statement<Import>("exchange.import_by_id", `select ${COLUMNS} from exchange.import where id = $1`)
const locked = statement<Import>("exchange.import_locked", `select ${COLUMNS} from exchange.import where id = $1 for update`)
const newest = statement<Import>(
  "exchange.newest_import",
  `select ${COLUMNS} from exchange.import where session = $1 and what = $2 and file_name = $3 order by id desc limit 1`,
)
const page = statement<Import>(
  "exchange.imports",
  `select ${COLUMNS} from exchange.import where id < $1 and ($2::text is null or state = $2) order by id desc limit $3`,
)
const active = statement<{ source: string; id: number }>(
  "exchange.active_imports",
  `select distinct on (source) source, id from exchange.import where state in ('waiting', 'reading', 'judging', 'applying') order by source, id`,
)
const step = statement<never>(
  "exchange.step_import",
  `update exchange.import set state = $2, position = position || $3::jsonb, counts = counts || $4::jsonb, file = coalesce($5, file), tried = 0 where id = $1`,
)
const tryOnce = statement<{ tried: number }>(
  "exchange.try_import",
  "update exchange.import set tried = tried + 1 where id = $1 and ended_at is null returning tried",
)
const judged = statement<never>("exchange.judged", "update exchange.import set diff = $2::jsonb, held_for = $3::text[] where id = $1")
const end = statement<never>(
  "exchange.end_import",
  "update exchange.import set state = $2, failure = $3::jsonb, ended_at = $4 where id = $1 and ended_at is null",
)
const decide = statement<never>(
  "exchange.decide_import",
  `update exchange.import set state = $2, decided_by = $3, decided_at = $4, note = $5, ended_at = case when $2 = 'stopped' then $4::timestamptz end where id = $1`,
)
const lay = statement<never>(
  "exchange.lay_aside",
  `insert into exchange.quarantine (import, line, field, reason, thing, value)
   select $1, line, field, reason, thing, value
   from jsonb_to_recordset($2::jsonb) as given(line int, field text, reason text, thing text, value text)`,
)
const aside = statement<QuarantinedRow>(
  "exchange.laid_aside",
  "select id, line, field, reason, thing, value from exchange.quarantine where import = $1 and id > $2 order by id limit $3",
)

export type QuarantinedRow = Fault & { id: number }

type Asked = {
  source: string
  what?: Import["what"]
  session: number
  file: number | null
  fileName: string
  unseenSince?: Date | null
  dryRun?: boolean
  whole?: boolean
  by: number
  at: Date
}

/** Asks for an import; the worker takes it up. */
export async function askImport(
  tx: Tx,
  { source, what = "file", session, file, fileName, unseenSince = null, dryRun = false, whole = false, by, at }: Asked,
): Promise<number> {
  const [row] = await ask(tx, [source, what, session, file, fileName, unseenSince, dryRun, whole, by, at])
  return row!.id
}

/** Asks for the file of an import once more, for a dry run or after somebody said what its words mean. Errors: import_not_found, file_not_found. */
export async function repeatImport(tx: Tx, { id, dryRun, by, at }: { id: number; dryRun: boolean; by: number; at: Date }): Promise<number> {
  const { source, session, file, fileName, whole } = await importById(tx, id)
  if (file === null) return refuse("file_not_found", { field: fileName, line: null })
  const [row] = await ask(tx, [source, "file", session, file, fileName, null, dryRun, whole, by, at])
  return row!.id
}

/** One import. Errors: import_not_found. */
export async function importById(tx: Tx, id: number): Promise<Import> {
  const [found] = await byId(tx, [id])
  return found ?? refuse("import_not_found", { id })
}

/** The newest import of a file of this name in a session. */
export async function newestImport(
  tx: Tx,
  { session, what = "file", fileName }: { session: number; what?: Import["what"]; fileName: string },
): Promise<Import | undefined> {
  const [found] = await newest(tx, [session, what, fileName])
  return found
}

/** Imports, newest first, from before `before` on; in one state when asked. */
export function listImports(
  tx: Tx,
  { before = null, state = null, most = 100 }: { before?: number | null; state?: ImportState | null; most?: number } = {},
): Promise<Import[]> {
  return page(tx, [before ?? Number.MAX_SAFE_INTEGER, state, most])
}

/** The oldest import under way of each source. */
export function activeImports(tx: Tx): Promise<{ source: string; id: number }[]> {
  return active(tx, [])
}

/** Takes a step: state, position and counts go together with what was done. */
export async function takeStep(
  tx: Tx,
  {
    id,
    state,
    position = {},
    counts = {},
    file = null,
  }: Pick<Import, "id" | "state"> & Partial<Pick<Import, "position" | "counts" | "file">>,
): Promise<void> {
  await step(tx, [id, state, JSON.stringify(position), JSON.stringify(counts), file])
}

/** Whoever takes an import up says so first. Answers which time in a row this is without a step between; 0 when it is over. */
export async function takeUp(tx: Tx, id: number): Promise<number> {
  const [row] = await tryOnce(tx, [id])
  return row?.tried ?? 0
}

export async function keepDiff(tx: Tx, { id, diff, heldFor }: { id: number; diff: Diff; heldFor: readonly Brake[] }): Promise<void> {
  await judged(tx, [id, JSON.stringify(diff), heldFor])
}

export async function endImport(
  tx: Tx,
  { id, state, failure = null, at }: { id: number; state: "done" | "failed"; failure?: Failure | null; at: Date },
): Promise<void> {
  await end(tx, [id, state, failure && JSON.stringify(failure), at])
  await dropStaged(tx, id)
}

const DROPS = ["staged", "staged_offers", "staged_stock"].map((table) =>
  statement<never>(`exchange.drop_${table}`, `delete from exchange.${table} where import = $1`),
)

async function dropStaged(tx: Tx, id: number): Promise<void> {
  for (const drop of DROPS) await drop(tx, [id])
}

/** Lets a held import go on. Errors: import_not_found, import_not_held. */
export async function releaseImport(tx: Tx, { id, by, note, at }: { id: number; by: number; note: string; at: Date }): Promise<void> {
  const { state } = await lock(tx, id)
  if (state !== "held") refuse("import_not_held", { state })
  await decide(tx, [id, "applying", by, at, note])
}

/** Ends an import for good; what it has applied stays. Errors: import_not_found, import_ended. */
export async function stopImport(tx: Tx, { id, by, note, at }: { id: number; by: number; note: string; at: Date }): Promise<void> {
  const { endedAt } = await lock(tx, id)
  if (endedAt) refuse("import_ended", { id })
  await decide(tx, [id, "stopped", by, at, note])
  await dropStaged(tx, id)
}

/** An import, held until the transaction ends, so that nobody stops it while a step is written. */
export async function lock(tx: Tx, id: number): Promise<Import> {
  const [found] = await locked(tx, [id])
  return found ?? refuse("import_not_found", { id })
}

/** Lays rows aside with their reasons. */
export async function layAside(tx: Tx, { id, faults }: { id: number; faults: readonly Fault[] }): Promise<void> {
  if (faults.length > 0) await lay(tx, [id, JSON.stringify(faults)])
}

/** What an import could not take, in order, from after `after` on. */
export function quarantineOf(
  tx: Tx,
  { id, after = 0, most = 100 }: { id: number; after?: number; most?: number },
): Promise<QuarantinedRow[]> {
  return aside(tx, [id, after, most])
}
