import { type Db, inTransaction } from "@mila/kernel"
import { type Carrier, deliverQueued } from "@mila/messages"

const MESSAGES_A_STEP = 200

/** Carries every message that waits, oldest first, a few hundred a transaction. */
export async function deliverMessages(db: Db, { carry, at }: { carry: Carrier; at: Date }): Promise<{ sent: number; failed: number }> {
  for (const done = { sent: 0, failed: 0 }; ;) {
    const { carried, sent } = await inTransaction(db, (tx) => deliverQueued(tx, { carry, at, most: MESSAGES_A_STEP }))
    if (carried === 0) return done
    done.sent += sent
    done.failed += carried - sent
  }
}
