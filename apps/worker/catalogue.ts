import type { Db, Job } from "@mila/kernel"
import { jobs as ofCards } from "@mila/cards"
import { jobs as ofExchange } from "@mila/exchange"
import { jobs as ofLedger } from "@mila/ledger"
import { jobs as ofLoyalty } from "@mila/loyalty"
import { jobs as ofMembers } from "@mila/members"
import { jobs as ofMembership } from "@mila/membership"
import { jobs as ofMessages } from "@mila/messages"
import { jobs as ofStaff } from "@mila/staff"
import { jobs as ofTills } from "@mila/tills"
import { jobs as ofWallet } from "@mila/wallet"
import { countPopularity } from "./count-popularity.ts"
import { keepDayRoots } from "./day-roots.ts"
import { deliverMessages } from "./deliver.ts"
import type { WorkerContext } from "./job.ts"
import { drainLeftJobs } from "./left-jobs.ts"
import { prove } from "./prove.ts"
import { forgetGuestLists, tellFavourites } from "./tell-favourites.ts"

/** Every job there is: what the modules' faces offer, and the worker's own. */
export function catalogue(
  context: Pick<WorkerContext, "sealFile" | "carry" | "gateways" | "smsCaps" | "wallets" | "clock" | "log">,
): readonly Job[] {
  return [
    ...ofLedger,
    ...ofLoyalty,
    ...ofCards,
    ...ofMembers,
    ...ofMembership,
    ...ofStaff,
    ...ofTills,
    ...ofExchange,
    ...ofMessages(context.gateways ?? []),
    { name: "tellFavourites", cron: "15 10-19 * * *", run: tellFavourites }, // nobody is woken for a discount
    { name: "countPopularity", cron: "30 2 * * *", run: countPopularity },
    { name: "forgetGuestLists", cron: "50 3 * * *", run: forgetGuestLists },
    ...ofWallet(context.wallets ?? null),
    { name: "checkLedger", cron: "2-57/5 * * * *", run: (db, moment) => findings(db, { ...moment, complete: false }) },
    { name: "checkWholeLedger", cron: "40 3 * * *", run: (db, moment) => findings(db, { ...moment, complete: true }) },
    { name: "keepDayRoots", cron: "20 0 * * *", run: (db, { at }) => keepDayRoots(db, { file: context.sealFile, at }) },
    // messages and what acts left are taken up at once anyway; these are for who cannot wait half a second
    { name: "deliverMessages", cron: "* * * * *", run: (db, { at }) => deliverMessages(db, { ...context, at }) },
    { name: "takeLeftJobs", cron: "* * * * *", run: async (db) => ({ done: await drainLeftJobs({ ...context, db }) }) },
  ]
}

const findings = async (db: Db, moment: { at: Date; now: () => Date; complete: boolean }): Promise<{ findings: number }> => ({
  findings: (await prove(db, moment)).findings.length,
})
