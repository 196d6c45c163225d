import { type Db, inTransaction } from "@mila/kernel"
import { type Carrier, deliverQueued, type Gateway, recordDeliveryReports, sendQueued } from "@mila/messages"
import { screenAdvertising } from "@mila/membership"
import type { WorkerContext } from "./job.ts"

const MESSAGES_A_STEP = 200
const SENT_AT_ONCE = 20 // each holds a connection to a gateway

/** Carries every message that waits, oldest first: by gateways, outside any transaction, where there are any; else a few hundred a transaction. */
export async function deliverMessages(
  db: Db,
  { carry, gateways = [], at }: { carry: Carrier; gateways?: readonly Gateway[]; at: Date },
): Promise<{ sent: number; failed: number }> {
  for (const done = { sent: 0, failed: 0 }; ;) {
    const step =
      gateways.length > 0
        ? await sendQueued(db, { gateways, screen: screenAdvertising, at, most: SENT_AT_ONCE })
        : await carried(db, { carry, at })
    if (step.claimed === 0) return done
    done.sent += step.sent
    done.failed += step.failed
  }
}

async function carried(db: Db, { carry, at }: { carry: Carrier; at: Date }): Promise<{ claimed: number; sent: number; failed: number }> {
  const { carried: claimed, sent } = await inTransaction(db, (tx) =>
    deliverQueued(tx, { carry, screen: screenAdvertising, at, most: MESSAGES_A_STEP }),
  )
  return { claimed, sent, failed: claimed - sent }
}

/** Writes down what gateways report by themselves, from now on. What can't be written down now is reported again: the gateway is told so. */
export function hearReports({ db, clock, gateways = [] }: Pick<WorkerContext, "db" | "clock" | "gateways">): void {
  for (const { name: gateway, listen } of gateways)
    listen?.((report) => inTransaction(db, (tx) => recordDeliveryReports(tx, { gateway, reports: [report], at: clock.now() })))
}
