import { systemClock } from "@mila/kernel"
import { noCarrier } from "@mila/messages"
import { catalogue } from "./catalogue.ts"
import type { WorkerContext } from "./job.ts"

export type JobRun = { job: string; at: Date; seconds: number; result: Record<string, number> }

const silent = () => undefined
const SILENT = { debug: silent, info: silent, warn: silent, error: silent }

/** The names of all jobs. */
export const jobNames: readonly string[] = catalogue({ sealFile: "", carry: noCarrier, clock: systemClock, log: SILENT }).map(
  ({ name }) => name,
)

/**
 * Runs a job now, as of `at`, and answers what it did; undefined when there is no such job. It may run beside the scheduled one.
 * Errors: the job's own.
 */
export async function runJob(context: WorkerContext, name: string, { at }: { at: Date }): Promise<JobRun | undefined> {
  const job = catalogue(context).find((known) => known.name === name)
  if (!job) return undefined
  const started = performance.now()
  let result: Record<string, number> | undefined
  const secondsGone = () => (performance.now() - started) / 1000
  try {
    result = await job.run(context.db, { at, now: () => context.clock.now() })
    context.log.info({ job: name, seconds: secondsGone(), result }, "a job is done")
    return { job: name, at, seconds: secondsGone(), result }
  } finally {
    context.ran?.({ name, ok: result !== undefined, seconds: secondsGone(), at: context.clock.now(), result: result ?? {} })
  }
}
