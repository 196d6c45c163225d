import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"

/** What the programs act as: it reads and writes by grant, owns nothing and changes no entry of the ledger. */
export const APP_ROLE = "mila_app"

export type Migrated = { applied: string[]; repeated: string[] }

const HERE = import.meta.dirname
const LOCK = 7_265_001 // one migrator at a time; the others wait and find the work done

/**
 * Brings the database to the newest schema: `migrations/*.sql` once each, forward only, in order; `repeatable/*.sql` (functions, views, grants)
 * whenever their text changed. All of it in one transaction. A migration edited after it ran is refused.
 * Errors: names the file that failed.
 */
export async function migrate(url: string): Promise<Migrated> {
  const client = new pg.Client({ connectionString: url, application_name: "mila migrate" })
  await client.connect()
  try {
    await client.query("begin")
    await client.query("set local lock_timeout = '5s'")
    await client.query("select pg_advisory_xact_lock($1)", [LOCK])
    await client.query("create schema if not exists kernel")
    await client.query(
      `create table if not exists kernel.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ name: string; hash: string }>("select name, hash from kernel.migration")
    const known = new Map(rows.map(({ name, hash }) => [name, hash]))
    const applied: string[] = []
    for (const { name, hash, text } of filesIn("migrations")) {
      const before = known.get(name)
      if (before === hash) continue
      if (before !== undefined) throw new Error(`${name} was changed after it was applied; write a new migration instead`)
      await run(client, name, text)
      await client.query("insert into kernel.migration (name, hash) values ($1, $2)", [name, hash])
      applied.push(name)
    }
    const repeated: string[] = []
    for (const { name, hash, text } of filesIn("repeatable")) {
      if (known.get(name) === hash && applied.length === 0) continue
      await run(client, name, text)
      await client.query(
        "insert into kernel.migration (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, applied_at = now()",
        [name, hash],
      )
      repeated.push(name)
    }
    await client.query("commit")
    return { applied, repeated }
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

/** The migrations of this version that the database has not seen; none when it is current. May be asked as role mila_app. */
export async function unapplied(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("select name from kernel.migration")
  const known = new Set(rows.map(({ name }) => name))
  return filesIn("migrations")
    .map(({ name }) => name)
    .filter((name) => !known.has(name))
}

function filesIn(folder: "migrations" | "repeatable"): { name: string; hash: string; text: string }[] {
  return readdirSync(join(HERE, folder))
    .filter((file) => file.endsWith(".sql"))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(HERE, folder, file), "utf8")
      return { name: `${folder}/${file}`, hash: sha256(text), text }
    })
}

async function run(client: pg.Client, name: string, text: string): Promise<void> {
  try {
    await client.query(text)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")
