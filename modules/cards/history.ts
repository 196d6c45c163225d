import type { Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import type { CardState } from "./card-states.ts"
import { type CardEventKind, cards } from "./tables.ts"

export type CardEvent = {
  what: CardEventKind
  from: CardState | null
  to: CardState
  memberId: number | null
  at: Date
  by: Actor
  reason: string | null
  details: Readonly<Record<string, unknown>>
}

export type EventToRecord = Omit<CardEvent, "reason" | "details"> & {
  cardId: number
  reason?: string | null
  details?: Record<string, unknown>
}

/** Everything that ever happened to a card, oldest first. */
export async function historyOf(tx: Tx, cardId: number): Promise<CardEvent[]> {
  const rows = await cards(tx).selectFrom("event").selectAll().where("card_id", "=", cardId).orderBy("id").execute()
  return rows.map(({ what, from_state, to_state, member_id, at, by, reason, details }) => ({
    what,
    from: from_state,
    to: to_state,
    memberId: member_id,
    at,
    by,
    reason,
    details,
  }))
}

export async function recordEvents(tx: Tx, events: readonly EventToRecord[]): Promise<void> {
  if (events.length === 0) return
  await cards(tx)
    .insertInto("event")
    .values(
      events.map(({ cardId, what, from, to, memberId, at, by, reason = null, details = {} }) => ({
        card_id: cardId,
        what,
        from_state: from,
        to_state: to,
        member_id: memberId,
        at,
        by,
        reason,
        details: JSON.stringify(details),
      })),
    )
    .execute()
}
