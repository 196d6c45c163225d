import type { Tx } from "@mila/kernel"
import { settleNotices } from "@mila/loyalty"
import { MESSAGES_SETTLED, type Settled } from "@mila/messages"

/** What follows from what: the name an act left a job under, and what is done about it, in one transaction with taking it. May happen twice. */
export type Reaction = (tx: Tx, data: never, moment: { at: Date }) => Promise<void>

export const REACTIONS: Readonly<Record<string, Reaction>> = {
  /** messages were delivered, or failed: points whose member was told may expire */
  [MESSAGES_SETTLED]: (tx, { settled }: { settled: readonly Settled[] }, { at }) => settleNotices(tx, { settled, at }),
}
