import { connect, type Db, inTransaction, secretsFrom, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import pg from "pg"
import { type Embedded, startEmbedded } from "./embedded.ts"
import { APP_ROLE, migrate } from "./migrate.ts"

export { startEmbedded } from "./embedded.ts"
export { APP_ROLE, migrate } from "./migrate.ts"

/** A fixed secret, for tests alone. */
export const TEST_SECRETS = secretsFrom(Buffer.alloc(32, "tests"))

const TEMPLATE = "mila_template"

let server: Promise<Embedded> | undefined

/** While tests run, the process has something to wait for: a moment with nothing to do is no end, and stops no server. */
let awake: NodeJS.Timeout | undefined
const isTested = process.execArgv.includes("--test")
if (isTested) after(() => clearInterval(awake))

/** One throw-away PostgreSQL a process, without fsync; TEST_DATABASE_URL takes one that is there already (as its superuser). */
function testServer(): Promise<Embedded> {
  return (server ??= (async () => {
    if (isTested) awake = setInterval(() => undefined, 60_000)
    const given = process.env["TEST_DATABASE_URL"]
    const dir = join(tmpdir(), `mila-test-${process.pid}-${randomBytes(4).toString("hex")}`)
    const started = given
      ? { url: given, pid: 0, ended: new Promise<void>(() => undefined), stop: async () => undefined }
      : await startEmbedded({ dir, durable: false })
    const clear = () => rmSync(dir, { recursive: true, force: true })
    process.once("beforeExit", () => void started.stop().then(clear)) // every test has ended: nothing else keeps the process
    process.once("exit", clear) // or a test cut it short; the watchdog stops the server
    await onServer(started.url, async (client) => {
      await client.query(`drop database if exists ${TEMPLATE} with (force)`)
      await client.query(`create database ${TEMPLATE}`)
    })
    await migrate(withDatabase(started.url, TEMPLATE))
    return started
  })())
}

export type OwnDb = {
  /** as the application: role mila_app */
  db: Db
  /** as the owner; for what the application may not do */
  owner: Db
  url: string
  drop(): Promise<void>
}

/** A fresh database of its own, cloned from the migrated template: for races, jobs and whole programs. */
export async function ownDb({ max = 20 }: { max?: number } = {}): Promise<OwnDb> {
  const { url: serverUrl } = await testServer()
  const name = `test_${randomBytes(6).toString("hex")}`
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`))
  const url = withDatabase(serverUrl, name)
  const patient = { url, secrets: TEST_SECRETS, connectTimeoutMs: 15_000 } // a crowd that comes at once to a busy machine
  const db = connect({ ...patient, name: "test", max, role: APP_ROLE })
  const owner = connect({ ...patient, name: "test owner", max: 3 })
  for (const { pool } of [db, owner]) {
    pool.options.allowExitOnIdle = true // a test that forgets to drop it does not keep the process for a minute
    pool.options.idleTimeoutMillis = 1_000 // many files share one server, and it takes a hundred connections
  }
  return {
    db,
    owner,
    url,
    async drop() {
      await Promise.all([db.close(), owner.close()])
      await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

let shared: Promise<OwnDb> | undefined

/** Runs `work` in a transaction that is rolled back: the test leaves nothing behind. */
export async function rolledBack(work: (tx: Tx) => Promise<void>): Promise<void> {
  const { db } = await (shared ??= ownDb())
  const enough = new Error("rolled back on purpose")
  try {
    await inTransaction(db, async (tx) => {
      await work(tx)
      throw enough
    })
  } catch (error) {
    if (error !== enough) throw error
  }
}

/** Drops the shared database, so that the test runner can end. The server stays for other files of this process and ends with it. */
export async function closeTestDatabases(): Promise<void> {
  const dropped = shared
  shared = undefined
  await (await dropped)?.drop()
}

async function onServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}
