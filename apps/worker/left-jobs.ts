import { type Db, inTransaction, later, type LeftJob, takeJobs, type Tx } from "@mila/kernel"
import type { WorkerContext } from "./job.ts"
import { type Reaction, REACTIONS } from "./reactions.ts"

const MOST_AT_ONCE = 50
const MOST_TRIES = 8

/** A job that failed carries how often, and when it may be tried again. */
type Again = { tries: number; notBefore: string; name: string; data: unknown }
const AGAIN = "tryAgain"

/**
 * Takes the jobs that acts have left and does what follows from them, until none is left that is due; answers how many were done. What fails is
 * tried again later, with growing pauses, and given up with an error in the log after eight times; it never holds up its neighbours.
 */
export async function drainLeftJobs(
  { db, clock, log }: Pick<WorkerContext, "db" | "clock" | "log">,
  { reactions = REACTIONS }: { reactions?: Readonly<Record<string, Reaction>> } = {},
): Promise<number> {
  let done = 0
  for (let postponed = 0; ;) {
    const step = await inTransaction(db, async (tx) => {
      const jobs = await takeJobs(tx, { most: MOST_AT_ONCE + postponed })
      let waiting = 0
      for (const job of jobs) {
        if (await isPostponed(tx, job, clock.now())) waiting += 1
        else await react(tx, job)
      }
      return { taken: jobs.length, waiting }
    })
    done += step.taken - step.waiting
    postponed = step.waiting
    if (step.taken === step.waiting || step.taken < MOST_AT_ONCE) return done
  }

  async function react(tx: Tx, job: LeftJob): Promise<void> {
    const { name, data, tries } = unwrapped(job)
    const reaction = reactions[name]
    if (!reaction) return log.warn({ job: name }, "nothing follows from this job; see reactions.ts")
    await tx.client.query("savepoint reaction")
    try {
      await reaction(tx, data as never, { at: clock.now() })
      await tx.client.query("release savepoint reaction")
    } catch (error) {
      await tx.client.query("rollback to savepoint reaction") // fails, and with it the whole batch, when the database is away
      if (tries + 1 >= MOST_TRIES) return log.error({ job: name, tries: tries + 1, err: error }, "a job is given up")
      const notBefore = new Date(clock.now().getTime() + 2 ** tries * 5_000).toISOString()
      await later(tx, AGAIN, { tries: tries + 1, notBefore, name, data } satisfies Again)
      log.warn({ job: name, tries: tries + 1, err: error }, "a job failed and is tried again later")
    }
  }
}

/** How many jobs wait, and how long the oldest of them. */
export async function leftJobs(db: Db): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await db.pool.query<{ waiting: number; oldest: number }>(
    "select count(*) waiting, coalesce(extract(epoch from now() - min(left_at)), 0)::float8 oldest from kernel.job",
  )
  return { waiting: rows[0]!.waiting, oldestSeconds: rows[0]!.oldest }
}

function unwrapped({ name, data }: LeftJob): { name: string; data: unknown; tries: number } {
  if (name !== AGAIN) return { name, data, tries: 0 }
  const again = data as Again
  return { name: again.name, data: again.data, tries: again.tries }
}

/** Puts a job back whose time has not come. */
async function isPostponed(tx: Tx, { name, data }: LeftJob, now: Date): Promise<boolean> {
  if (name !== AGAIN || new Date((data as Again).notBefore) <= now) return false
  await later(tx, AGAIN, data)
  return true
}
