import { inTransaction, MINSK } from "@mila/kernel"
import { smsToday } from "@mila/messages"
import { PgBoss } from "pg-boss"
import { catalogue } from "./catalogue.ts"
import type { WorkerContext } from "./job.ts"
import { deliverMessages, hearReports } from "./deliver.ts"
import { drainLeftJobs, leftJobs } from "./left-jobs.ts"
import { runJob } from "./run-job.ts"
import { signInWatcher } from "./watch-sign-ins.ts"

const SCHEMA = "pgboss"
const QUEUE = "jobs"

export type Worker = {
  /** Takes no more work and waits for what is under way, `patienceMs` at most. */
  stop(patienceMs: number): Promise<void>
}

/** Makes or upgrades the schedule's tables, as the database's owner, and lets `role` use them. Repeating it is harmless. */
export async function prepareSchedule(url: string, { role }: { role: string }): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: "mila migrate",
    max: 2,
    schema: SCHEMA,
    supervise: false,
    schedule: false,
  })
  boss.on("error", () => undefined) // what matters is thrown as well
  await boss.start()
  try {
    // at most one waiting run of a job; a worker that died does not hold up the next run
    if (!(await boss.getQueue(QUEUE))) {
      await boss.createQueue(QUEUE, { policy: "short", retryLimit: 2, retryDelay: 30, expireInSeconds: 3_600, deleteAfterSeconds: 86_400 })
    }
    await boss.getDb().executeSql(`
      grant usage on schema ${SCHEMA} to ${role};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${role};
      grant usage on all sequences in schema ${SCHEMA} to ${role};
      grant execute on all functions in schema ${SCHEMA} to ${role};`)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/**
 * Runs the jobs when their time comes; carries messages and does what acts have left as soon as it is there. Two workers beside each other share the work.
 * Errors: the schedule's tables are missing (`mila migrate` makes them).
 */
export async function startWorker(context: WorkerContext): Promise<Worker> {
  const { db, log } = context
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => db.pool.query(text, values) },
    ...{ schema: SCHEMA, migrate: false, createSchema: false, reindex: false, monitorVacuum: false },
  })
  boss.on("error", (error) => log.warn({ err: error }, "the schedule stumbled"))
  boss.on("warning", (warning) => log.warn({ warning: warning.message }, "the schedule warns"))
  if (!(await boss.isInstalled().catch(() => true))) throw new Error("the schedule's tables are missing: run  mila migrate")
  await boss.start()
  await writeSchedule(boss, context)
  await boss.work<{ job: string }>(QUEUE, { pollingIntervalSeconds: 2, localConcurrency: 3 }, async ([run]) => {
    if (run) await scheduled(run.data.job)
  })
  hearReports(context)
  const draining = drainForEver(context)
  return {
    async stop(patienceMs) {
      await Promise.all([draining.stop(), boss.stop({ graceful: true, timeout: patienceMs, close: false })])
    },
  }

  async function scheduled(name: string): Promise<void> {
    if (running.has(name)) return
    running.add(name)
    try {
      await runJob(context, name, { at: context.clock.now() })
    } catch (error) {
      log.error({ job: name, err: error }, "a job failed")
      throw error
    } finally {
      running.delete(name)
    }
  }
}

const running = new Set<string>()

/** Brings the schedule to what the code says; jobs that are no more leave it. */
async function writeSchedule(boss: PgBoss, context: WorkerContext): Promise<void> {
  const jobs = catalogue(context)
  for (const { name, cron } of jobs)
    await boss.schedule(QUEUE, cron, { job: name }, { tz: MINSK, key: name, singletonKey: name, missed: "once" })
  const known = new Set(jobs.map(({ name }) => name))
  for (const { key } of await boss.getSchedules(QUEUE)) if (!known.has(key)) await boss.unschedule(QUEUE, key)
}

const PAUSE_MS = 500
const COUNTED_EVERY_MS = 15_000

function drainForEver(context: WorkerContext): { stop(): Promise<void> } {
  let stopping = false
  let wake = (): void => undefined
  const lookAtSignIns = signInWatcher(context)
  let countedAt = -COUNTED_EVERY_MS

  async function round(): Promise<void> {
    await deliverMessages(context.db, { ...context, at: context.clock.now() })
    await drainLeftJobs(context)
    if (performance.now() - countedAt < COUNTED_EVERY_MS) return
    countedAt = performance.now()
    context.left?.(await leftJobs(context.db))
    context.smsSent?.(await inTransaction(context.db, (tx) => smsToday(tx, context.clock.now())))
    await lookAtSignIns()
  }
  async function go(): Promise<void> {
    for (let pauseMs = PAUSE_MS; !stopping;) {
      try {
        await round()
        pauseMs = PAUSE_MS
      } catch (error) {
        context.log.warn({ err: error }, "left jobs could not be taken")
        pauseMs = Math.min(10_000, pauseMs * 2)
      }
      if (!stopping) await new Promise<void>((resolve) => setTimeout((wake = resolve), pauseMs))
    }
  }
  const gone = go()
  return {
    async stop() {
      stopping = true
      wake()
      await gone
    },
  }
}
