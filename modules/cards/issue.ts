import { assert, statement, type Tx } from "@mila/kernel"
import { type Actor, livingMember } from "@mila/members"
import { type CardRow, type CardView, viewOf } from "./card-view.ts"
import { randomNumber } from "./ean13.ts"
import { recordEvents } from "./history.ts"
import { sealNumber } from "./numbers.ts"
import { virtualPrefix } from "./ranges.ts"
import { cards } from "./tables.ts"

const MOST_TRIES = 20 // with a tenth of all serials given out, twenty collisions in a row come once in 10²⁰ cards

const nextId = statement<{ id: number }>("cards.next_id", "select nextval('cards.card_id_seq') id")

/**
 * Gives a member a virtual card, active at once. A member has at most one active virtual card: asking again, also by a double tap, answers the one
 * there is. Errors: `member_unknown`, `member_left`.
 */
export async function issueVirtualCard(tx: Tx, { memberId, at, by }: { memberId: number; at: Date; by: Actor }): Promise<CardView> {
  const holder = await livingMember(tx, memberId)
  const { card } = await virtualCardFor(tx, { cardId: await nextCardId(tx), holder, at, by })
  return viewOf(tx, card)
}

export async function nextCardId(tx: Tx): Promise<number> {
  const [next] = await nextId(tx, [])
  return next!.id
}

/** The virtual card of a living member, made under `cardId` if there is none. The unique keys decide: over the number, and over who was first. */
export async function virtualCardFor(
  tx: Tx,
  { cardId, holder, at, by }: { cardId: number; holder: number; at: Date; by: Actor },
): Promise<{ card: CardRow; made: boolean }> {
  const prefix = await virtualPrefix(tx)
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const made = await cards(tx)
      .insertInto("card")
      .values({
        id: cardId,
        kind: "virtual",
        state: "active",
        ...sealNumber(tx, randomNumber(prefix)),
        member_id: holder,
        issued_at: at,
        activated_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (made) {
      await recordEvents(tx, [{ cardId, what: "issued", from: null, to: "active", memberId: holder, at, by }])
      return { card: made, made: true }
    }
    const there = await activeVirtualCard(tx, holder)
    if (there) return { card: there, made: false }
  }
  assert(false, `the range ${prefix} has hardly a free number left`)
}

async function activeVirtualCard(tx: Tx, holder: number): Promise<CardRow | undefined> {
  return cards(tx)
    .selectFrom("card")
    .selectAll()
    .where("member_id", "=", holder)
    .where("kind", "=", "virtual")
    .where("state", "=", "active")
    .forUpdate()
    .executeTakeFirst()
}
