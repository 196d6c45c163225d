import type { Tx } from "@mila/kernel"
import { type Change, changeState, lockCard } from "./card-change.ts"
import { type CardRow, type CardView, viewOf } from "./card-view.ts"
import { guardText } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { cards } from "./tables.ts"

/**
 * Takes a card from its member for good. Points are the member's and stay. A partner card is unlinked: its history remains, its number is forgotten, and
 * whoever holds it may link it anew. Removing again is harmless.
 * Errors: `bank_card_number` (in the reason), `card_unknown`, `card_replaced`.
 */
export async function removeCard(tx: Tx, { cardId, reason = null, at, by }: Change & { cardId: number }): Promise<CardView> {
  if (reason !== null) guardText(reason)
  const card = await lockCard(tx, cardId)
  if (card.state === "removed") return viewOf(tx, card)
  if (card.state === "replaced") refuse("card_replaced", { successorId: card.successor_id })
  return viewOf(tx, await endCard(tx, card, { at, by, reason }))
}

/** Removes every card of a member who leaves; in the transaction of `leaveMember` and after it. Repeating it is harmless. */
export async function removeCardsOf(
  tx: Tx,
  { memberId, at, by, reason = null }: Change & { memberId: number },
): Promise<{ removed: number }> {
  const rows = await cards(tx)
    .selectFrom("card")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("state", "in", ["active", "blocked"])
    .orderBy("id")
    .forUpdate()
    .execute()
  for (const card of rows) await endCard(tx, card, { at, by, reason })
  return { removed: rows.length }
}

export async function endCard(tx: Tx, card: CardRow, { at, by, reason = null }: Change): Promise<CardRow> {
  const forgotten = card.kind === "partner" ? { number_hash: null, number_sealed: null } : {}
  return changeState(tx, card, { to: "removed", what: "removed", set: { ended_at: at, ...forgotten }, at, by, reason })
}
