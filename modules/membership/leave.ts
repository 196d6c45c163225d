import { cardsOf, removeCardsOf } from "@mila/cards"
import { closePurse } from "@mila/ledger"
import type { Tx } from "@mila/kernel"
import { type Actor, leaveMember } from "@mila/members"
import { voidRedemptionsOfCard } from "@mila/tills"
import { refuse } from "./refusals.ts"
import { type ConsentDoor, withdrawAll } from "@mila/privacy"
import { tellMember } from "./tell.ts"

/**
 * Ends a membership at the person's own wish, in one transaction: they are told a last time, what was set aside at tills is given back, cards are
 * removed, points are cancelled, consents are withdrawn, and the person is forgotten. What tills bring later is nobody's. A debt stays in the ledger, under a number that
 * names nobody. `givesUp` is what the person was shown and gives up: when it is no longer so, nothing happens.
 * Refuses `points_changed` with what there is now, and what leaveMember does.
 */
export async function endMembership(
  tx: Tx,
  { memberId, givesUp, door, at, by }: { memberId: number; givesUp: number; door: ConsentDoor; at: Date; by: Actor },
): Promise<{ pending: number; available: number; owed: number; cardsRemoved: number }> {
  await tellMember(tx, { memberId, template: "membership_left", params: { points: givesUp }, at })
  if ((await leaveMember(tx, { memberId, at, by })) === "already_left") refuse("member_left")
  for (const { cardId } of await cardsOf(tx, memberId)) await voidRedemptionsOfCard(tx, { cardId, at })
  const { removed } = await removeCardsOf(tx, { memberId, at, by, reason: "left" })
  const { pending, available, owed } = await closePurse(tx, { memberId, reference: `leave:${memberId}/closed`, at })
  if (pending + available !== givesUp) refuse("points_changed", { pending, available })
  await withdrawAll(tx, { memberId, door, at, by })
  return { pending, available, owed, cardsRemoved: removed }
}
