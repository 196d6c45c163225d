import { addDays, dayIn, inTransaction, type Job, MINSK } from "@mila/kernel"
import { askGateways, matchEarlyReports } from "./delivery.ts"
import { forgetMessages } from "./forget.ts"
import { forgetSmsCounts } from "./sms-caps.ts"
import type { Gateway } from "./gateways/gateway.ts"

/** What the worker may run, and when (cron, Minsk time), with the gateways it has. Each may run twice, late, beside itself or die half-way. */
export const jobs = (gateways: readonly Gateway[]): readonly Job[] => [
  {
    name: "followDeliveries",
    cron: "* * * * *",
    async run(db, { at }) {
      const matched = await inTransaction(db, (tx) => matchEarlyReports(tx))
      return { matched, ...(await askGateways(db, { gateways, at })) }
    },
  },
  {
    name: "forgetSmsCounts",
    cron: "25 4 * * *",
    run: async (db, { at }) => ({
      counts: await inTransaction(db, (tx) => forgetSmsCounts(tx, { before: addDays(dayIn(MINSK, at), -30) })),
    }),
  },
  {
    name: "forgetMessages",
    cron: "30 4 * * *",
    async run(db, { at }) {
      for (let forgotten = 0; ;) {
        const step = await inTransaction(db, (tx) => forgetMessages(tx, { at, most: 1_000 }))
        if (step === 0) return { forgotten }
        forgotten += step
      }
    },
  },
]
