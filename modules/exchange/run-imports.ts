import { type Db, inTransaction, Refusal, statement, type Tx } from "@mila/kernel"
import { applyImport } from "./applying/apply.ts"
import type { ImportRules } from "./import-rules.ts"
import { judgeImport } from "./judging.ts"
import { openArchive } from "./reading/archive.ts"
import type { Bytes } from "./reading/bytes.ts"
import { bytesHoldOne, withoutNumbers } from "./reading/crossed-out.ts"
import { plainBytes } from "./reading/read-facts.ts"
import { bytesIn, closeFile, fileById, forgetForItsCard, type KeptFile, listArchive, openArchives, openDocument } from "./received/files.ts"
import {
  activeImports,
  endImport,
  type Failure,
  type Import,
  importById,
  lock,
  quarantineOf,
  takeStep,
  takeUp,
} from "./received/imports.ts"
import { refuse } from "./refusals.ts"
import { stageFile } from "./staging.ts"
import { Stopped } from "./stopped.ts"

export type Running = { rules: ImportRules; now: () => Date }

/**
 * Runs the imports that wait, source beside source and in a source one after another, to their end or until a person has to look. Whoever runs one is alone with its
 * source; one that died half-way is taken up where it stood. Answers how many ended or were held. Errors: DatabaseAway; then nothing is lost.
 */
export async function runImports(db: Db, running: Running): Promise<{ imports: number }> {
  let imports = 0
  const active = await inTransaction(db, activeImports)
  for (const { source } of active) {
    imports += await alone(db, source, async () => {
      let done = 0
      for (let job = await next(db, source); job; job = await next(db, source)) {
        await runImport(db, job, running)
        done += 1
      }
      return done
    })
  }
  return { imports }
}

async function next(db: Db, source: string): Promise<Import | undefined> {
  return inTransaction(db, async (tx) => {
    const found = (await activeImports(tx)).find((job) => job.source === source)
    return found && importById(tx, found.id)
  })
}

const A_LOCK = "select pg_try_advisory_lock(hashtext('exchange'), hashtext($1)) as mine"

/** The lock lives as long as its connection: who is killed has let go. */
async function alone(db: Db, source: string, work: () => Promise<number>): Promise<number> {
  const client = await db.pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>(A_LOCK, [source])
    if (!rows[0]!.mine) return 0
    try {
      return await work()
    } finally {
      await client.query("select pg_advisory_unlock(hashtext('exchange'), hashtext($1))", [source])
    }
  } finally {
    client.release()
  }
}

/** So often an import is begun again at the same place; then it is the import that is at fault, not whoever ran it. */
const MOST_TRIES = 5

/**
 * Runs one import from the state it is in. What is wrong with its file ends it, with code, line and field; what is wrong with the world flies, unless it happens at the same
 * place again and again: an import its process has not the memory for would hold up everything behind it for ever.
 */
async function runImport(db: Db, { id, state, position }: Import, { rules, now }: Running): Promise<void> {
  try {
    if ((await inTransaction(db, (tx) => takeUp(tx, id))) > MOST_TRIES)
      refuse("import_breaks_off", { line: null, field: "", state, record: position.record ?? 0, tries: MOST_TRIES })
    for (;;) {
      const job = await inTransaction(db, (tx) => importById(tx, id))
      if (job.state === "waiting") await begin(db, job, now)
      else if (job.state === "reading") await read(db, job, { rules, now })
      else if (job.state === "judging") await judge(db, job, { rules, now })
      else if (job.state === "applying") return await applyImport(db, id, { rules, now })
      else return
    }
  } catch (error) {
    if (error instanceof Stopped) return forgetCards(db, id)
    if (!(error instanceof Refusal)) throw error
    const { line = null, field = "", ...details } = error.details as { line?: number | null; field?: string }
    const failure: Failure = withoutNumbers({ ...details, code: error.code, line, field })
    await inTransaction(db, (tx) => endImport(tx, { id, state: "failed", failure, at: now() }))
    await forgetCards(db, id, { unread: true })
  }
}

/** What broke off was not read to its end: then the rest of it is looked through, too. */
async function forgetCards(db: Db, id: number, { unread = false }: { unread?: boolean } = {}): Promise<void> {
  const { file: read, counts } = await inTransaction(db, (tx) => importById(tx, id))
  if (read === null) return
  const file = await inTransaction(db, (tx) => fileById(tx, read))
  if ((counts["bankCards"] ?? 0) > 0 || (unread && (await holdsOneUnread(db, file))))
    await inTransaction(db, (tx) => forgetForItsCard(tx, file.id))
}

async function holdsOneUnread(db: Db, file: KeptFile): Promise<boolean> {
  try {
    return await bytesHoldOne(await plainBytes(await contentOf(db, file)))
  } catch (error) {
    if (error instanceof Refusal) return false // it is forgotten already, or cannot be opened by us either
    throw error
  }
}

async function begin(db: Db, job: Import, now: () => Date): Promise<void> {
  if (job.what === "deactivate") return inTransaction(db, (tx) => takeStep(tx, { id: job.id, state: "judging" }))
  const file = job.file ?? (await found(db, job, now()))
  await inTransaction(db, async (tx) => {
    if ((await lock(tx, job.id)).state !== "waiting") throw new Stopped()
    await closeFile(tx, file)
    await takeStep(tx, { id: job.id, state: "reading", file })
  })
}

/** The file may lie in an archive nobody has looked into yet. Errors: archive_unfit, file_not_found. */
async function found(db: Db, { session, fileName }: Import, at: Date): Promise<number> {
  if (session === null) return refuse("file_not_found", { field: fileName, line: null })
  for (const archive of await inTransaction(db, (tx) => openArchives(tx, session))) {
    const entries = await openArchive(bytesIn(db, archive))
    await inTransaction(db, (tx) => listArchive(tx, { session, archive: archive.id, entries, at }))
  }
  const file = await inTransaction(db, (tx) => openDocument(tx, { session, name: fileName }))
  return file?.id ?? refuse("file_not_found", { field: fileName, line: null })
}

/** A file's content, also of one that lies in an archive. Errors: file_forgotten. */
export async function contentOf(db: Db, file: KeptFile): Promise<Bytes> {
  const archive = file.archive === null ? null : await inTransaction(db, (tx) => fileById(tx, file.archive!))
  if (file.forgotten || archive?.forgotten) return refuse("file_forgotten", { field: file.name, line: null })
  if (!archive) return bytesIn(db, file)
  const entry = (await openArchive(bytesIn(db, archive))).find(({ name }) => name === file.name)
  if (!entry) return refuse("file_not_found", { field: file.name, line: null })
  return { size: entry.size, stream: (from = 0, to = entry.size) => between(entry.stream, from, to) }
}

async function* between(open: () => Promise<AsyncIterable<Buffer>>, from: number, to: number): AsyncGenerator<Buffer> {
  let at = 0
  for await (const part of await open()) {
    const wanted = part.subarray(Math.max(0, from - at), Math.max(0, to - at))
    if (wanted.length > 0) yield wanted
    at += part.length
    if (at >= to) return
  }
}

/** What 1C says of orders that are not ours is laid aside, and no reason for its exchange to stop. */
const ORDERS = "1c-sale"

async function read(db: Db, job: Import, { rules, now }: Running): Promise<void> {
  const file = await inTransaction(db, (tx) => fileById(tx, job.file!))
  await stageFile(db, job, { bytes: await contentOf(db, file), rules })
  await inTransaction(db, async (tx) => {
    const { state, counts } = await lock(tx, job.id)
    if (state !== "reading") throw new Stopped()
    await readToItsEnd(tx, job, { counts, now })
    if ((counts["bankCards"] ?? 0) > 0) await forgetForItsCard(tx, file.id)
  })
}

async function readToItsEnd(tx: Tx, job: Import, { counts, now }: { counts: Import["counts"]; now: () => Date }): Promise<void> {
  if ((counts["facts"] ?? 0) > 0) return takeStep(tx, { id: job.id, state: "judging" })
  const [first] = await quarantineOf(tx, { id: job.id, most: 1 })
  const failed = first !== undefined && job.source !== ORDERS
  const failure: Failure | null = failed ? { code: "nothing_taken", line: first.line, field: first.field, reason: first.reason } : null
  return endImport(tx, { id: job.id, state: failure ? "failed" : "done", failure, at: now() })
}

const decided = statement<never>(
  "exchange.after_judging",
  "update exchange.import set state = $2, ended_at = $3 where id = $1 and state = 'judging'",
)

/** A dry run ends here; what no brake stops goes on. */
async function judge(db: Db, job: Import, { rules, now }: Running): Promise<void> {
  await judgeImport(db, job, rules)
  await inTransaction(db, async (tx) => {
    const { heldFor } = await importById(tx, job.id)
    if (job.dryRun) return endImport(tx, { id: job.id, state: "done", at: now() })
    await decided(tx, [job.id, heldFor.length > 0 ? "held" : "applying", null])
  })
}
