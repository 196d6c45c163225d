import { later, type Tx } from "@mila/kernel"
import { type Change, CARDS_CHANGED } from "./card-change.ts"
import { recordEvents } from "./history.ts"
import { retire } from "./replace.ts"
import { cards } from "./tables.ts"

/**
 * Hands all cards of a merged member to the one they became, in the transaction of `mergeMembers` and after it. Both may have an active virtual card: then
 * the one that stays stands in for the other, whose number goes on earning. Repeating it is harmless.
 */
export async function moveCards(tx: Tx, { from, into, at, by }: Change & { from: number; into: number }): Promise<{ moved: number }> {
  const both = await cards(tx).selectFrom("card").selectAll().where("member_id", "in", [from, into]).orderBy("id").forUpdate().execute()
  const moving = both.filter((card) => card.member_id === from)
  const isShown = (card: (typeof both)[number]) => card.kind === "virtual" && card.state === "active"
  const kept = both.find((card) => card.member_id === into && isShown(card))
  const doubled = kept && moving.find(isShown)

  if (doubled) await retire(tx, doubled, { successorId: kept.id, at, by, reason: "merged" })
  await cards(tx).updateTable("card").set({ member_id: into }).where("member_id", "=", from).execute()
  await recordEvents(
    tx,
    moving.map((card) => {
      const state = card === doubled ? "replaced" : card.state
      return { cardId: card.id, what: "moved", from: state, to: state, memberId: into, at, by, details: { from, into } }
    }),
  )
  const shown = moving.filter(({ kind }) => kind === "virtual")
  if (shown.length > 0) await later(tx, CARDS_CHANGED, { cardIds: shown.map(({ id }) => id) })
  return { moved: moving.length }
}
