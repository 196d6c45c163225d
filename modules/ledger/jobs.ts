import { dayIn, inTransaction, MINSK, type Job } from "@mila/kernel"
import { lapseHolds } from "./holds.ts"
import { settleDue } from "./lots.ts"
import { addMonths, seal } from "./seal.ts"

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "settleLots",
    cron: "*/15 * * * *",
    async run(db, { at }) {
      const done = { activated: 0, expired: 0, members: 0 }
      for (;;) {
        const step = await inTransaction(db, (tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 500 }))
        if (step.members === 0) return done
        done.activated += step.activated
        done.expired += step.expired
        done.members += step.members
      }
    },
  },
  {
    name: "lapseHolds",
    cron: "* * * * *",
    async run(db, { at }) {
      for (let lapsed = 0; ;) {
        const step = await inTransaction(db, (tx) => lapseHolds(tx, { at, most: 200 }))
        if (step === 0) return { lapsed }
        lapsed += step
      }
    },
  },
  { name: "sealLedger", cron: "*/5 * * * *", run: async (db, { at }) => ({ sealed: await seal(db, { at }) }) },
  {
    name: "addLedgerMonths",
    cron: "15 4 * * *",
    async run(db, { at }) {
      await inTransaction(db, (tx) => addMonths(tx))
      return { at: at.getTime() }
    },
  },
]
