import { jobs as ofLedger } from "@mila/ledger"
import { keepDayRoots } from "./day-roots.ts"
import type { Job } from "./job.ts"

/** Every job there is: what the modules' faces offer, and the worker's own. */
export function catalogue({ sealFile }: { sealFile: string }): readonly Job[] {
  return [
    ...ofLedger,
    { name: "keepDayRoots", cron: "20 0 * * *", run: (db, { at }) => keepDayRoots(db, { file: sealFile, at }) },
  ]
}
