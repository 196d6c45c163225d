import { addDays, dayIn, MINSK, type Tx } from "@mila/kernel"
import { type Change, changeState, lockCard, refuseEnded } from "./card-change.ts"
import { type CardView, viewOf } from "./card-view.ts"
import { guardText } from "./numbers.ts"
import { refuse } from "./refusals.ts"

export type CardRules = {
  /** a card found again may be unblocked until the end of this day after its block, Minsk time */
  unblockDays: number
}

export const CARD_RULES: CardRules = { unblockDays: 14 }

/**
 * Stops a card at once: online tills refuse it with the commit, offline ones with their next pack; its phones show no codes any more. Blocking again is
 * harmless. The points stay with the member; holds made with the card are voided by the caller.
 * Errors: `bank_card_number` (in the reason), `card_unknown`, `card_replaced`, `card_removed`.
 */
export async function blockCard(tx: Tx, { cardId, reason, at, by }: Change & { cardId: number; reason: string }): Promise<CardView> {
  guardText(reason)
  const card = await lockCard(tx, cardId)
  if (card.state === "blocked") return viewOf(tx, card)
  refuseEnded(card)
  return viewOf(tx, await changeState(tx, card, { to: "blocked", what: "blocked", set: { blocked_at: at }, at, by, reason }))
}

/**
 * Gives a found card back as it was; phones are enrolled anew. A card that is not blocked stays as it is.
 * Errors: `bank_card_number` (in the reason), `card_unknown`, `card_replaced`, `card_removed`, `unblock_too_late`,
 * `virtual_card_active` (another virtual card came in its place).
 */
export async function unblockCard(
  tx: Tx,
  { cardId, reason = null, at, by, rules = CARD_RULES }: Change & { cardId: number; rules?: CardRules },
): Promise<CardView> {
  if (reason !== null) guardText(reason)
  const card = await lockCard(tx, cardId)
  refuseEnded(card)
  if (card.state !== "blocked") return viewOf(tx, card)
  const lastDay = addDays(dayIn(MINSK, card.blocked_at!), rules.unblockDays)
  if (dayIn(MINSK, at) > lastDay) refuse("unblock_too_late", { lastDay })

  try {
    const to = card.member_id === null ? "issued" : "active"
    return viewOf(tx, await changeState(tx, card, { to, what: "unblocked", set: { blocked_at: null }, at, by, reason }))
  } catch (error) {
    if (error instanceof Error && "constraint" in error && error.constraint === "one_active_virtual_card") refuse("virtual_card_active")
    throw error
  }
}
