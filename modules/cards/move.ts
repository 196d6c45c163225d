import { later, type Tx } from "@mila/kernel"
import { type Change, CARDS_CHANGED } from "./card-change.ts"
import { recordEvents } from "./history.ts"
import { nextCardId, virtualCardFor } from "./issue.ts"
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

/**
 * Takes cards home when a merge is undone, in the transaction of `unmergeMembers` and after it: those of `cardIds` that are still there. Whose virtual card was
 * replaced by the other's gets a new one, and the old number leads to it. Repeating it is harmless.
 */
export async function moveCardsBack(
  tx: Tx,
  { from, into, cardIds, at, by }: Change & { from: number; into: number; cardIds: readonly number[] },
): Promise<{ moved: number }> {
  if (cardIds.length === 0) return { moved: 0 }
  const home = await cards(tx)
    .selectFrom("card")
    .selectAll()
    .where("member_id", "=", into)
    .where("id", "in", cardIds)
    .orderBy("id")
    .forUpdate()
    .execute()
  const ids = home.map(({ id }) => id)
  if (ids.length > 0) await cards(tx).updateTable("card").set({ member_id: from }).where("id", "in", ids).execute()
  const { card: shown } = await virtualCardFor(tx, { cardId: await nextCardId(tx), holder: from, at, by })
  const strays = home.filter(({ successor_id }) => successor_id !== null && !ids.includes(successor_id)).map(({ id }) => id)
  if (strays.length > 0) await cards(tx).updateTable("card").set({ successor_id: shown.id }).where("id", "in", strays).execute()
  await recordEvents(
    tx,
    home.map(({ id, state }) => ({
      cardId: id,
      what: "moved",
      from: state,
      to: state,
      memberId: from,
      at,
      by,
      details: { from: into, into: from },
    })),
  )
  return { moved: home.length }
}
