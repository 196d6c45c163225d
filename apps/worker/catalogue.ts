import type { Job } from "@mila/kernel"
import { jobs as ofCards } from "@mila/cards"
import { jobs as ofLedger } from "@mila/ledger"
import { jobs as ofLoyalty } from "@mila/loyalty"
import { jobs as ofTills } from "@mila/tills"
import { keepDayRoots } from "./day-roots.ts"

/** Every job there is: what the modules' faces offer, and the worker's own. */
export function catalogue({ sealFile }: { sealFile: string }): readonly Job[] {
  return [
    ...ofLedger,
    ...ofLoyalty,
    ...ofCards,
    ...ofTills,
    { name: "keepDayRoots", cron: "20 0 * * *", run: (db, { at }) => keepDayRoots(db, { file: sealFile, at }) },
  ]
}
