import { assert, later, statement, type Tx } from "@mila/kernel"
import { type Actor, holdStill } from "@mila/members"
import { type CardState, isDenied, mayBecome } from "./card-states.ts"
import type { CardRow } from "./card-view.ts"
import { deny, permit } from "./denials.ts"
import { recordEvents } from "./history.ts"
import { refuse } from "./refusals.ts"
import { revokeDevices } from "./revoke.ts"
import { type CardEventKind, cards } from "./tables.ts"

/** The job that a change of virtual cards leaves (`{ cardIds }`): blocked, found again, replaced, removed, another member's. */
export const CARDS_CHANGED = "cardsChanged"

/** Who changes a card, when, and why; the reason is kept for ever. */
export type Change = { at: Date; by: Actor; reason?: string | null }

const holderOf = statement<{ member_id: number | null }>("cards.holder", "select member_id from cards.card where id = $1")

/**
 * Locks a card to change it; its holder, if any, is neither merged nor leaves meanwhile. Holders are locked before cards, everywhere.
 * Errors: `card_unknown`.
 */
export async function lockCard(tx: Tx, cardId: number): Promise<CardRow> {
  for (;;) {
    const [seen] = await holderOf(tx, [cardId])
    if (!seen) return refuse("card_unknown")
    if (seen.member_id !== null) await holdStill(tx, seen.member_id)
    const card = await cards(tx).selectFrom("card").selectAll().where("id", "=", cardId).forUpdate().executeTakeFirstOrThrow()
    // attached or moved between the two looks: the new holder has to stand still as well
    if (card.member_id === seen.member_id) return card
  }
}

/** The one place a card's state changes: the row, its history, its devices and what offline tills must refuse change together. */
export async function changeState(
  tx: Tx,
  card: CardRow,
  {
    to,
    what,
    set = {},
    at,
    by,
    reason = null,
    details = {},
  }: Change & {
    to: CardState
    what: CardEventKind
    set?: Partial<Omit<CardRow, "id" | "state">>
    details?: Record<string, unknown>
  },
): Promise<CardRow> {
  assert(mayBecome(card.state, to), `a card does not go from ${card.state} to ${to}`)
  const number = card.number_sealed
  const changed = await cards(tx)
    .updateTable("card")
    .set({ ...set, state: to })
    .where("id", "=", card.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(tx, [{ cardId: card.id, what, from: card.state, to, memberId: changed.member_id, at, by, reason, details }])
  if (to === "blocked" || to === "replaced" || to === "removed") {
    await revokeDevices(tx, { cardId: card.id, at })
    if (number && isDenied(changed)) await deny(tx, [{ cardId: card.id, number_sealed: number, reason: to }], { at })
    else await permit(tx, { cardId: card.id })
  } else await permit(tx, { cardId: card.id })
  if (card.kind === "virtual") await later(tx, CARDS_CHANGED, { cardIds: [card.id] })
  return changed
}

/** Says why an ended card takes part in nothing any more. Errors: `card_replaced`, `card_removed`. */
export function refuseEnded({ state }: Pick<CardRow, "state">): void {
  if (state === "replaced") refuse("card_replaced")
  if (state === "removed") refuse("card_removed")
}
