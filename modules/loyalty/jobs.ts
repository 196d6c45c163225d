import { inTransaction, type Job } from "@mila/kernel"
import { retier } from "./turnover.ts"

const PAGE = 500

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "retier",
    cron: "20 0 * * *", // levels fall on the first of a month; the other days catch up after a new programme
    async run(db, { at }) {
      const done = { members: 0, changed: 0 }
      for (let after: number | null = 0; after !== null;) {
        const from: number = after
        const page = await inTransaction(db, (tx) => retier(tx, { at, after: from, most: PAGE }))
        done.members += page.members
        done.changed += page.changed
        after = page.last
      }
      return done
    },
  },
]
