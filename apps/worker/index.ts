// The worker's door: jobs by schedule, jobs on demand, and what follows from what acts have left.
export type { WorkerContext } from "./job.ts"
export { rewrittenDays } from "./day-roots.ts"
export { prove } from "./prove.ts"
export { jobNames, type JobRun, runJob } from "./run-job.ts"
export { prepareSchedule, startWorker, type Worker } from "./schedule.ts"
