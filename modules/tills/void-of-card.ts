import { voidRedemption as giveUpHold } from "@mila/loyalty"
import { statement, type Tx } from "@mila/kernel"
import { lockRedemptions, markVoided } from "./redemption-rows.ts"

const heldByCard = statement<{ id: number }>("tills.held_by_card", "select id from tills.redemption where card_id = $1 and state = 'held'")

/**
 * Gives back what was set aside with a card that was just blocked or replaced, at whatever till; answers how many purchases that touched. A receipt
 * that redeemed with it all the same is still a fact: its points come from what is available. Repeating it is harmless.
 */
export async function voidRedemptionsOfCard(tx: Tx, { cardId, at }: { cardId: number; at: Date }): Promise<{ voided: number }> {
  const ids = (await heldByCard(tx, [cardId])).map(({ id }) => id)
  const held = [...(await lockRedemptions(tx, ids)).values()].filter(({ state }) => state === "held")
  for (const { id, holdId, memberId } of held) {
    await giveUpHold(tx, { holdId, memberId, at })
    await markVoided(tx, { id, sequence: null })
  }
  return { voided: held.length }
}
