import { unapplied } from "@mila/db"
import { connect, type Db } from "@mila/kernel"
import { Hono } from "hono"

const PATIENCE_MS = 600 // to connect, and again to answer: together well under the 1.5 s a balancer is promised

export type Readiness = { ready: boolean; checks: { database: string; schema: string; draining: string } }

export type Health = {
  /** Asks the database, with patience of 1.2 s at most; callers at the same time share one question. */
  readiness(): Promise<Readiness>
  close(): Promise<void>
}

/** Watches whether we can serve. It has one database connection of its own, so that busy pools do not make us look dead. */
export function watchHealth({ url, role, secrets, isDraining }: { url: string; role: string; secrets: Db["secrets"]; isDraining: () => boolean }): Health {
  const db = connect({ ...{ url, role, secrets }, name: "mila health", max: 1, connectTimeoutMs: PATIENCE_MS, queryTimeoutMs: PATIENCE_MS })
  let asking: Promise<Readiness> | undefined
  let missing: string[] | undefined

  async function ask(): Promise<Readiness> {
    const draining = isDraining() ? "yes" : "no"
    try {
      await db.pool.query("select 1")
      if (missing === undefined || missing.length > 0) missing = await unapplied(db.pool)
      const schema = missing.length === 0 ? "current" : `${missing.length} migrations are missing`
      return { ready: missing.length === 0 && !isDraining(), checks: { database: "answers", schema, draining } }
    } catch {
      return { ready: false, checks: { database: "does not answer", schema: "unknown", draining } }
    }
  }
  return {
    readiness: () => (asking ??= ask().finally(() => (asking = undefined))),
    close: () => db.close(),
  }
}

/** `/health/live`: this process runs; it asks nobody. `/health/ready`: it can serve; 503 when it cannot. */
export function healthDoor(health: Health): Hono {
  return new Hono()
    .get("/health/live", (c) => c.json({ status: "alive" }))
    .get("/health/ready", async (c) => {
      const { ready, checks } = await health.readiness()
      return c.json({ status: ready ? "ready" : "not ready", checks }, ready ? 200 : 503, ready ? {} : { "retry-after": "2" })
    })
}
