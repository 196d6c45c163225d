import { type Db, inTransaction } from "@mila/kernel"
import {
  type Carrier,
  type Channel,
  CHANNELS,
  deliverQueued,
  type Gateway,
  recordDeliveryReports,
  sendQueued,
  type SmsCaps,
} from "@mila/messages"
import { readSms, screenMessages } from "@mila/membership"
import type { WorkerContext } from "./job.ts"

const MESSAGES_A_STEP = 200
const SENT_AT_ONCE = 20 // each holds a connection to a gateway

/**
 * Carries every message that waits, oldest first: by gateways, outside any transaction, where there are any; else a few hundred a transaction. Notifications of
 * browsers have a gateway of their own, also where nobody else carries anything.
 */
export async function deliverMessages(
  db: Db,
  { carry, gateways = [], smsCaps, at }: { carry: Carrier; gateways?: readonly Gateway[]; smsCaps?: SmsCaps; at: Date },
): Promise<{ sent: number; failed: number }> {
  const byGateway = CHANNELS.filter((channel) => (channel === "push" ? isThere(gateways, "push") : isThere(gateways, "sms", "email")))
  const carriedHere = CHANNELS.filter((channel) => !byGateway.includes(channel))
  const caps = smsCaps ? { caps: smsCaps } : {}
  const steps = [
    ...(byGateway.length > 0
      ? [() => sendQueued(db, { gateways, screen: screenMessages, ...caps, channels: byGateway, at, most: SENT_AT_ONCE })]
      : []),
    ...(carriedHere.length > 0 ? [() => carried(db, { carry, channels: carriedHere, at })] : []),
  ]
  const done = { sent: 0, failed: 0 }
  for (const take of steps) {
    for (let step = await take(); step.claimed > 0; step = await take()) {
      done.sent += step.sent
      done.failed += step.failed
    }
  }
  return done
}

const isThere = (gateways: readonly Gateway[], ...channels: readonly Channel[]): boolean =>
  gateways.some(({ channel }) => channels.includes(channel))

async function carried(
  db: Db,
  { carry, channels, at }: { carry: Carrier; channels: readonly Channel[]; at: Date },
): Promise<{ claimed: number; sent: number; failed: number }> {
  const { carried: claimed, sent } = await inTransaction(db, (tx) =>
    deliverQueued(tx, { carry, screen: screenMessages, channels, at, most: MESSAGES_A_STEP }),
  )
  return { claimed, sent, failed: claimed - sent }
}

/**
 * Writes down what gateways report by themselves, and does what people write to us, from now on. What can't be written down now is brought again: the gateway is
 * told so.
 */
export function hearReports({ db, clock, gateways = [] }: Pick<WorkerContext, "db" | "clock" | "gateways">): void {
  for (const { name: gateway, listen } of gateways)
    listen?.(
      (report) => inTransaction(db, (tx) => recordDeliveryReports(tx, { gateway, reports: [report], at: clock.now() })),
      async (written) => void (await inTransaction(db, (tx) => readSms(tx, { ...written, at: clock.now() }))),
    )
}
