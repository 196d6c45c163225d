import { assert, type Tx } from "@mila/kernel"
import { attachCard } from "./attach.ts"
import { type Change, changeState, lockCard, refuseEnded } from "./card-change.ts"
import { type CardRow, type CardView, cardById, viewOf } from "./card-view.ts"
import { nextCardId, virtualCardFor } from "./issue.ts"
import { guardText } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { cards } from "./tables.ts"

/**
 * Puts another card in the place of a lost one, for ever: the given plastic card, or the member's virtual card, issued now if there is none. Points are
 * the member's and do not move. Cards that were replaced by this one before are pointed at the new one, so every old number is one step from the living.
 * Answers the card that stands in. A second replacement is refused: the first has its answer in `card_replaced` → `successorId`.
 * Errors: `bank_card_number`, `card_unknown`, `card_kind_unfit` (a partner card), `card_not_attached`, `card_replaced`, `card_removed`,
 * and those of attachCard for `plastic`.
 */
export async function replaceCard(
  tx: Tx,
  { cardId, plastic, at, by, reason }: Change & { cardId: number; plastic?: string; reason: string },
): Promise<CardView> {
  guardText(reason)
  const card = await lockCard(tx, cardId)
  if (card.state === "replaced") refuse("card_replaced", { successorId: card.successor_id })
  refuseEnded(card)
  if (card.kind === "partner") refuse("card_kind_unfit")
  if (card.member_id === null) return refuse("card_not_attached")

  if (plastic !== undefined) {
    const successor = await attachCard(tx, { number: plastic, memberId: card.member_id, at, by })
    if (successor.cardId === card.id) refuse("card_taken")
    await retire(tx, card, { successorId: successor.cardId, at, by, reason })
    return cardById(tx, successor.cardId)
  }

  // an active virtual card leaves its place before the next is made; any other card may find the successor there already
  const leavesPlace = card.kind === "virtual" && card.state === "active"
  const nextId = await nextCardId(tx)
  if (leavesPlace) await retire(tx, card, { successorId: nextId, at, by, reason })
  const { card: successor } = await virtualCardFor(tx, { cardId: nextId, holder: card.member_id, at, by })
  assert(!leavesPlace || successor.id === nextId, "nobody else takes the place before this commits")
  if (!leavesPlace) await retire(tx, card, { successorId: successor.id, at, by, reason })
  return viewOf(tx, successor)
}

/** Ends a card in favour of its successor, which may be made later in the transaction. */
export async function retire(tx: Tx, card: CardRow, { successorId, at, by, reason }: Change & { successorId: number }): Promise<void> {
  await changeState(tx, card, {
    to: "replaced",
    what: "replaced",
    set: { successor_id: successorId, ended_at: at },
    at,
    by,
    ...(reason === undefined ? {} : { reason }),
    details: { successorId },
  })
  await cards(tx).updateTable("card").set({ successor_id: successorId }).where("successor_id", "=", card.id).execute()
}
