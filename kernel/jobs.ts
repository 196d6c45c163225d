import { type Db, statement, type Tx } from "./db.ts"

export type JobName = string

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. Answers figures. */
export type Job = {
  name: JobName
  cron: string
  run(db: Db, moment: { at: Date; now: () => Date }): Promise<Record<string, number>>
}

export type LeftJob = { id: number; name: JobName; data: unknown; leftAt: Date }

const leave = statement<{ id: number }>("kernel.leave_job", "insert into kernel.job (name, data) values ($1, $2) returning id")
const take = statement<{ id: number; name: string; data: unknown; left_at: Date }>(
  "kernel.take_jobs",
  `delete from kernel.job where id in (select id from kernel.job order by id limit $1 for update skip locked)
   returning id, name, data, left_at`,
)

/** Leaves a job for the worker in the transaction it is about: it runs if, and only if, that transaction commits; at least once. */
export async function later(tx: Tx, name: JobName, data: unknown): Promise<void> {
  await leave(tx, [name, JSON.stringify(data)])
}

/** Claims left jobs for the worker; they are gone when the claiming transaction commits, and back when it does not. */
export async function takeJobs(tx: Tx, { most }: { most: number }): Promise<LeftJob[]> {
  const rows = await take(tx, [most])
  return rows.map(({ id, name, data, left_at }) => ({ id, name, data, leftAt: left_at })).toSorted((one, other) => one.id - other.id)
}
