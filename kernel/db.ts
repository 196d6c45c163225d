import { type Kysely as KyselyType, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely"
import type { Socket } from "node:net"
import pg from "pg"
import type { Secrets } from "./secrets.ts"

// bigint columns hold ids and amounts below 2^53, so they arrive as numbers; anything larger is a bug worth a crash.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint beyond 2^53: ${text}`)
  return value
})
// numeric only ever comes from sum(bigint) here
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text))
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export type Db = {
  readonly pool: pg.Pool
  readonly secrets: Secrets
  close(): Promise<void>
}

/** One open transaction. Only `inTransaction` makes it; modules join it and never begin or end one. */
export type Tx = { readonly client: pg.ClientBase; readonly kysely: KyselyType<any>; readonly secrets: Secrets }

/** The database did not answer in time or is not there. What was asked may or may not have happened: repeat with the same key. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super("the database is away", { cause })
    this.name = "DatabaseAway"
  }
}

export type ConnectOptions = {
  url: string
  /** shown in pg_stat_activity */
  name: string
  secrets: Secrets
  max?: number
  /** client-side: a frozen server never fires its own statement_timeout */
  queryTimeoutMs?: number
  connectTimeoutMs?: number
  /** the role every session acts as; without it the role of the URL */
  role?: string
  onError?: (error: Error) => void
}

export function connect({
  url,
  name,
  secrets,
  max = 10,
  queryTimeoutMs = 15_000,
  connectTimeoutMs = 1_500,
  role,
  onError,
}: ConnectOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    pipeline: true, // for statements that are on their way `together`
    options: role ? `-c role=${role}` : "",
  })
  // a socket that breaks while idle must not end the process
  pool.on("error", (error) => onError?.(error))
  return {
    pool,
    secrets,
    close: () => pool.end(),
  }
}

const RETRIED = new Set(["40001", "40P01"])
const MOST_TRIES = 5

/**
 * Runs `work` in one transaction: all of it or none. Serialization failures and deadlocks are retried as a whole with jitter.
 * Errors: whatever `work` throws; DatabaseAway when the outcome is unknown or the server is not there. `readsFirst` promises that what `work` asks
 * before its first answer only reads or locks: then that leaves together with the beginning, and a way to the server and back is saved.
 */
export async function inTransaction<Result>(
  db: Db,
  work: (tx: Tx) => Promise<Result>,
  { readsFirst = false }: { readsFirst?: boolean } = {},
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await once(db, work, readsFirst)
    } catch (error) {
      if (tried >= MOST_TRIES || !RETRIED.has(codeOf(error))) throw error
      await new Promise((wake) => setTimeout(wake, tried * 5 + Math.random() * 20))
    }
  }
}

function once<Result>(db: Db, work: (tx: Tx) => Promise<Result>, readsFirst: boolean): Promise<Result> {
  return onConnection(db, async (client, doubt) => {
    try {
      const tx = sealed(client, db.secrets)
      const result = readsFirst ? await beginningWith(tx, work) : (await client.query("begin"), await work(tx))
      await client.query("commit")
      return result
    } catch (error) {
      if (!isDatabaseAway(error)) await client.query("rollback").catch(doubt)
      throw error
    }
  })
}

/** A connection in doubt, because the database went away or `doubt` was called, is closed, never pooled. */
export async function onConnection<Result>(
  db: Db,
  use: (client: pg.PoolClient, doubt: (failure: Error) => void) => Promise<Result>,
): Promise<Result> {
  const client = await db.pool.connect().catch((error: unknown) => {
    throw awayOr(error)
  })
  const swallow = () => undefined
  client.on("error", swallow) // a socket that breaks between two statements is reported by the next one
  let broken: Error | undefined
  try {
    return await use(client, (failure) => (broken = failure))
  } catch (error) {
    if (isDatabaseAway(error)) broken = error as Error
    throw awayOr(error)
  } finally {
    client.removeListener("error", swallow)
    client.release(broken)
  }
}

/** A beginning that fails takes the connection with it: nothing of the work is ever done outside its transaction. */
async function beginningWith<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const { stream } = (tx.client as unknown as { connection: { stream: Socket } }).connection
  stream.cork()
  const begun = tx.client.query("begin")
  begun.catch((error: Error) => stream.destroy(error))
  const underWay = work(tx)
  stream.uncork()
  const [result] = await together([underWay, begun])
  return result
}

/**
 * Waits for statements that need nothing of each other and left together; when one fails, for the others too: nothing is asked of a connection whose
 * transaction is over. Errors: the first there was.
 */
export async function together<const Asked extends readonly unknown[]>(
  asked: Asked,
): Promise<{ -readonly [Place in keyof Asked]: Awaited<Asked[Place]> }> {
  try {
    return await Promise.all(asked)
  } finally {
    await Promise.allSettled(asked)
  }
}

const awayOr = (error: unknown): unknown => (isDatabaseAway(error) && !(error instanceof DatabaseAway) ? new DatabaseAway(error) : error)

/** Connection trouble, shutdown, time-out, too many clients, read-only standby: not the request's fault. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true
  const code = codeOf(error)
  if (/^(08|57P0|53)/.test(code) || code === "25006" || /^E(CONN|PIPE|TIMEDOUT|NOENT|AI_AGAIN)/.test(code)) return true
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end/i.test(
      error.message,
    )
  )
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : ""
}

const KYSELY = new WeakMap<pg.ClientBase, KyselyType<any>>()

export function sealed(client: pg.ClientBase, secrets: Secrets): Tx {
  return {
    client,
    secrets,
    get kysely() {
      let kysely = KYSELY.get(client)
      if (!kysely) KYSELY.set(client, (kysely = kyselyOn(client)))
      return kysely
    },
  }
}

/** Kysely on a connection that is already in a transaction: it builds and runs queries, and never begins or ends anything. */
function kyselyOn(client: pg.ClientBase): KyselyType<any> {
  const connection = {
    async executeQuery(query: { sql: string; parameters: readonly unknown[] }) {
      const { rows, rowCount } = await client.query(query.sql, [...query.parameters])
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) } as never
    },
    streamQuery(): never {
      throw new Error("no streams inside a transaction")
    },
  }
  const nothing = async () => undefined
  return new Kysely<any>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createDriver: () => ({
        init: nothing,
        destroy: nothing,
        releaseConnection: nothing,
        acquireConnection: async () => connection,
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
      }),
    },
  })
}

/** A module's door to its own tables: the module keeps the function under the name of its schema and asks it for queries on a `tx`. */
export function tablesOf<Tables>(schema: string): (tx: Tx) => KyselyType<Tables> {
  return (tx) => tx.kysely.withSchema(schema) as KyselyType<Tables>
}

/** A named statement: planned once a connection. `name` is unique in the whole project, e.g. `cards.by_code`. */
export type Statement<Row> = { (tx: Tx, values: readonly unknown[]): Promise<Row[]> }

/** Declares a named, hand-written statement for a hot path; everything else uses `tablesOf`. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return async (tx, values) => {
    const { rows } = await tx.client.query({ name, text, values: values as unknown[] })
    return rows as Row[]
  }
}
