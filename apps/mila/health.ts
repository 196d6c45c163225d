import { unapplied } from "@mila/db"
import { connect, type Db } from "@mila/kernel"
import { Hono } from "hono"
import { setTimeout as wait } from "node:timers/promises"

const PATIENCE_MS = 600 // to connect, and again to answer: together well under the 1.5 s a balancer is promised
const PAUSE_MS = 250

type Readiness = { ready: boolean; checks: { database: string; schema: string; draining: string } }

export type Health = {
  /** Asks the database, with patience of 1.2 s at most; callers at the same time share one question. */
  readiness(): Promise<Readiness>
  /** the database did not answer twice in a row */
  isDatabaseAway(): boolean
  /** Tells, once, when the database is found to be away; answers how to be told no more. */
  onDatabaseAway(tell: () => void): () => void
  close(): Promise<void>
}

type Watched = { url: string; role: string; secrets: Db["secrets"]; isDraining: () => boolean }

/**
 * Watches whether we can serve, four times a second. It has one database connection of its own, so that busy pools do not make us look dead. A
 * server that hangs answers no statement and fires no time-out of its own: somebody has to notice within the two seconds callers are promised.
 */
export function watchHealth({ url, role, secrets, isDraining }: Watched): Health {
  const db = connect({ ...{ url, role, secrets }, name: "mila health", max: 1, connectTimeoutMs: PATIENCE_MS, queryTimeoutMs: PATIENCE_MS })
  const listeners = new Set<() => void>()
  let asking: Promise<boolean> | undefined
  let missing: string[] | undefined
  let silences = 0
  let closed = false

  const ask = (): Promise<boolean> =>
    (asking ??= db.pool
      .query("select 1")
      .then(
        () => true,
        () => false,
      )
      .finally(() => (asking = undefined)))

  async function watch(): Promise<void> {
    while (!closed) {
      silences = (await ask()) ? 0 : silences + 1
      if (silences >= 2) {
        for (const tell of listeners) tell()
        listeners.clear()
      }
      await wait(PAUSE_MS, undefined, { ref: false })
    }
  }
  void watch()

  return {
    async readiness() {
      const draining = isDraining() ? "yes" : "no"
      if (!(await ask())) return { ready: false, checks: { database: "does not answer", schema: "unknown", draining } }
      if (missing === undefined || missing.length > 0) missing = await unapplied(db.pool).catch(() => ["kernel"])
      const schema = missing.length === 0 ? "current" : `${missing.length} migrations are missing`
      return { ready: missing.length === 0 && !isDraining(), checks: { database: "answers", schema, draining } }
    },
    isDatabaseAway: () => silences >= 2,
    onDatabaseAway(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    async close() {
      closed = true
      await db.close()
    },
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
