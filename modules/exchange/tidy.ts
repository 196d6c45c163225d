import { type Job, inTransaction, statement } from "@mila/kernel"
import { forgetFiles } from "./received/files.ts"
import { forgetSessions } from "./received/sessions.ts"

const forgetRows = statement<{ id: number }>(
  "exchange.forget_quarantine",
  "delete from exchange.quarantine using exchange.import job where job.id = import and job.ended_at < $1 returning quarantine.id",
)

const DAY_MS = 86_400_000

/** Files are kept for a week, what was laid aside for a quarter of a year; the imports themselves and pictures stay. */
export const jobs: readonly Job[] = [
  {
    name: "tidyExchange",
    cron: "40 4 * * *",
    run: (db, { at }) =>
      inTransaction(db, async (tx) => {
        const daysAgo = (days: number) => new Date(at.getTime() - days * DAY_MS)
        const rows = await forgetRows(tx, [daysAgo(92)])
        return {
          files: await forgetFiles(tx, { before: daysAgo(7) }),
          sessions: await forgetSessions(tx, { before: daysAgo(7) }),
          rows: rows.length,
        }
      }),
  },
]
