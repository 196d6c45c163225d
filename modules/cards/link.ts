import { type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import { type Actor, isChild, livingMember } from "@mila/members"
import { type Change, lockCard } from "./card-change.ts"
import { type Assurance, atLeast } from "./card-states.ts"
import { type CardRow, type CardView, viewOf } from "./card-view.ts"
import { type ClaimMade, recordClaim } from "./claims.ts"
import { recordEvents } from "./history.ts"
import { guardText, numberHash, partnerDigits, sealNumber } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { schemeOf } from "./schemes.ts"
import { cards } from "./tables.ts"

export type LinkOutcome = { status: "linked"; card: CardView } | ({ status: "partner_card_taken" } & ClaimMade)

type Link = { number: string; memberId: number; assurance: Assurance; validUntil?: Day | null; at: Date; by: Actor }

const byNumber = statement<{ id: number }>("cards.partner_by_number", "select id from cards.card where number_hash = $1")

/**
 * Links a partner's card by its printed number, never by a bank card number. A number belongs to at most one member, and the unique key decides who was
 * first: the second one's claim is written down and **answered, not thrown, so that it commits**; the door says `partner_card_taken`.
 * Linking one's own card again raises its assurance, never lowers it.
 * Errors: `bank_card_number`, `card_number_invalid`, `partner_scheme_unknown`, `partner_scheme_closed`, `partner_card_expired`, `member_unknown`,
 * `member_left`, `child_partner_card`, `card_blocked`.
 */
export async function linkPartnerCard(tx: Tx, { number, memberId, assurance, validUntil = null, at, by }: Link): Promise<LinkOutcome> {
  guardText(number)
  const digits = partnerDigits(number) ?? refuse("card_number_invalid")
  const match = (await schemeOf(tx, digits)) ?? refuse("partner_scheme_unknown")
  if (match.scheme.status === "closed") refuse("partner_scheme_closed")
  if (validUntil !== null && validUntil < dayIn(MINSK, at)) refuse("partner_card_expired")
  const holder = await livingMember(tx, memberId)
  if (await isChild(tx, { memberId: holder, at })) refuse("child_partner_card")

  const linked = await cards(tx)
    .insertInto("card")
    .values({
      kind: "partner",
      state: "active",
      ...sealNumber(tx, digits),
      member_id: holder,
      scheme_code: match.scheme.code,
      issuer: match.issuer,
      assurance,
      valid_until: validUntil,
      issued_at: at,
      activated_at: at,
    })
    .onConflict((conflict) => conflict.column("number_hash").doNothing())
    .returningAll()
    .executeTakeFirst()
  if (linked) {
    await recordEvents(tx, [
      { cardId: linked.id, what: "linked", from: null, to: "active", memberId: holder, at, by, details: { assurance } },
    ])
    return { status: "linked", card: viewOf(tx, linked) }
  }

  const [there] = await byNumber(tx, [numberHash(tx, digits)])
  if (!there) return linkPartnerCard(tx, { number, memberId, assurance, validUntil, at, by }) // it was unlinked in this very moment
  const card = await lockCard(tx, there.id)
  if (card.member_id !== holder)
    return { status: "partner_card_taken", ...(await recordClaim(tx, card, { claimant: holder, assurance, at, by })) }
  if (card.state === "blocked") refuse("card_blocked")
  return { status: "linked", card: viewOf(tx, await assure(tx, card, { assurance, validUntil, at, by })) }
}

/**
 * A receipt, a scan or the bank made us surer that a partner card is its member's. It never makes us less sure; repeating it is harmless.
 * Errors: `card_unknown`, `card_kind_unfit`.
 */
export async function raiseAssurance(
  tx: Tx,
  { cardId, assurance, at, by }: Change & { cardId: number; assurance: Assurance },
): Promise<CardView> {
  const card = await lockCard(tx, cardId)
  if (card.kind !== "partner") refuse("card_kind_unfit")
  if (card.state !== "active") return viewOf(tx, card)
  return viewOf(tx, await assure(tx, card, { assurance, validUntil: null, at, by }))
}

async function assure(
  tx: Tx,
  card: CardRow,
  { assurance, validUntil, at, by }: { assurance: Assurance; validUntil: Day | null; at: Date; by: Actor },
): Promise<CardRow> {
  const known = card.assurance !== null && atLeast(card.assurance, assurance)
  if (known && (validUntil === null || validUntil === card.valid_until)) return card
  const changed = await cards(tx)
    .updateTable("card")
    .set({ assurance: known ? card.assurance : assurance, valid_until: validUntil ?? card.valid_until })
    .where("id", "=", card.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(tx, [
    {
      cardId: card.id,
      what: "assured",
      from: card.state,
      to: card.state,
      memberId: card.member_id,
      at,
      by,
      details: { assurance: changed.assurance },
    },
  ])
  return changed
}
