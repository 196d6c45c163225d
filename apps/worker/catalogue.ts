import { type Db, inTransaction, type Job } from "@mila/kernel"
import { jobs as ofCards } from "@mila/cards"
import { jobs as ofLedger } from "@mila/ledger"
import { jobs as ofLoyalty } from "@mila/loyalty"
import { type Carrier, deliverQueued } from "@mila/messages"
import { jobs as ofTills } from "@mila/tills"
import { keepDayRoots } from "./day-roots.ts"
import type { WorkerContext } from "./job.ts"
import { drainLeftJobs } from "./left-jobs.ts"

const MESSAGES_A_STEP = 200

/** Every job there is: what the modules' faces offer, and the worker's own. */
export function catalogue(context: Pick<WorkerContext, "sealFile" | "carry" | "clock" | "log">): readonly Job[] {
  return [
    ...ofLedger,
    ...ofLoyalty,
    ...ofCards,
    ...ofTills,
    { name: "keepDayRoots", cron: "20 0 * * *", run: (db, { at }) => keepDayRoots(db, { file: context.sealFile, at }) },
    { name: "deliverMessages", cron: "* * * * *", run: (db, { at }) => deliverMessages(db, { carry: context.carry, at }) },
    // what acts left is taken up at once anyway; this is for who cannot wait half a second, and for a look at whether it goes
    { name: "takeLeftJobs", cron: "* * * * *", run: async (db) => ({ done: await drainLeftJobs({ ...context, db }) }) },
  ]
}

async function deliverMessages(db: Db, { carry, at }: { carry: Carrier; at: Date }): Promise<{ sent: number; failed: number }> {
  for (const done = { sent: 0, failed: 0 }; ;) {
    const { carried, sent } = await inTransaction(db, (tx) => deliverQueued(tx, { carry, at, most: MESSAGES_A_STEP }))
    if (carried === 0) return done
    done.sent += sent
    done.failed += carried - sent
  }
}
