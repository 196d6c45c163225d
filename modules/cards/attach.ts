import { statement, type Tx } from "@mila/kernel"
import { type Actor, livingMember } from "@mila/members"
import { changeState, lockCard, refuseEnded } from "./card-change.ts"
import { type CardView, viewOf } from "./card-view.ts"
import { numberHash, ownNumber } from "./numbers.ts"
import { refuse } from "./refusals.ts"

const byNumber = statement<{ id: number }>("cards.id_by_number", "select id from cards.card where number_hash = $1")

/**
 * Attaches an anonymous plastic card to a member. Of two members who attach one card the first has it; attaching one's own card again is harmless.
 * Proof that the card is in their hand is the door's business.
 * Errors: `bank_card_number`, `card_number_invalid`, `member_unknown`, `member_left`, `card_unknown`, `card_kind_unfit` (a partner card is linked),
 * `card_taken`, `card_blocked`, `card_replaced`, `card_removed`.
 */
export async function attachCard(
  tx: Tx,
  { number, memberId, at, by }: { number: string; memberId: number; at: Date; by: Actor },
): Promise<CardView> {
  const hash = numberHash(tx, ownNumber(number))
  const holder = await livingMember(tx, memberId)
  const [found] = await byNumber(tx, [hash])
  if (!found) return refuse("card_unknown")
  const card = await lockCard(tx, found.id)

  if (card.kind === "partner") refuse("card_kind_unfit")
  if (card.member_id !== null && card.member_id !== holder) refuse("card_taken")
  refuseEnded(card)
  if (card.state === "blocked") refuse("card_blocked")
  if (card.state === "active") return viewOf(tx, card)
  return viewOf(tx, await changeState(tx, card, { to: "active", what: "attached", set: { member_id: holder, activated_at: at }, at, by }))
}
