import type { Clock, Db } from "@mila/kernel"

/** What may be run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. Answers figures. */
export type Job = {
  name: string
  cron: string
  run(db: Db, moment: { at: Date; now: () => Date }): Promise<Record<string, number>>
}

export type Log = {
  debug(details: object, saying?: string): void
  info(details: object, saying?: string): void
  warn(details: object, saying?: string): void
  error(details: object, saying?: string): void
}

export type WorkerContext = {
  /** connections of the worker's own: its statements may take minutes */
  db: Db
  clock: Clock
  log: Log
  /** where the roots of sealed days are kept outside the database */
  sealFile: string
  /** told of every run */
  ran?: (run: { name: string; ok: boolean; seconds: number; at: Date; result: Record<string, number> }) => void
  /** told how many jobs acts have left that nobody took yet */
  left?: (left: { waiting: number; oldestSeconds: number }) => void
}
