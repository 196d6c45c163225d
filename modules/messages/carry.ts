import type { Tx } from "@mila/kernel"
import { type Channel, CHANNELS, type OutboxMessage, recordDeliveries, takeQueued } from "./outbox.ts"
import { type Screen, screened } from "./screen.ts"

/**
 * Who brings a message to its person, and whether they took it. The ones there are call nobody, so that they may answer inside the transaction; one
 * that speaks to a gateway claims first and sends after the commit.
 */
export type Carrier = (message: OutboxMessage) => "sent" | "failed"

/** For demos and simulations: the outbox itself is where messages are read, so a message that lies there has arrived. */
export const localCarrier: Carrier = () => "sent"

/** No gateway is there: nothing is carried, and nobody is made to believe it was. */
export const noCarrier: Carrier = () => "failed"

/** One step of delivery: at most `most` queued messages, oldest first, are carried and their outcome is written down. Run until `carried` is 0. */
export async function deliverQueued(
  tx: Tx,
  {
    carry,
    screen,
    channels = CHANNELS,
    at,
    most,
  }: { carry: Carrier; screen?: Screen | undefined; channels?: readonly Channel[]; at: Date; most: number },
): Promise<{ carried: number; sent: number }> {
  const taken = await takeQueued(tx, { channels, most })
  const allowed = await screened(tx, taken, { screen, at })
  const settled = allowed.map((message) => ({ messageId: message.messageId, outcome: carry(message) }))
  await recordDeliveries(tx, { settled, at })
  return { carried: taken.length, sent: settled.filter(({ outcome }) => outcome === "sent").length }
}
