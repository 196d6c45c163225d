import type { Day, Tx } from "@mila/kernel"
import type { Selectable } from "kysely"
import type { Assurance, CardKind, CardState } from "./card-states.ts"
import { openNumber } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { cards, type CardTable } from "./tables.ts"

export type CardRow = Selectable<CardTable>

/** A card as its holder sees it. The number is unsealed to be drawn as a barcode: it never goes to a log. */
export type CardView = {
  cardId: number
  kind: CardKind
  state: CardState
  /** null once a partner card was unlinked */
  number: string | null
  memberId: number | null
  schemeCode: string | null
  issuer: string | null
  assurance: Assurance | null
  validUntil: Day | null
  batchId: number | null
  issuedAt: Date
  activatedAt: Date | null
  blockedAt: Date | null
  endedAt: Date | null
  successorId: number | null
  /** what its member calls it */
  label: string | null
}

/** All cards of a member, also the ones that ended, oldest first. */
export async function cardsOf(tx: Tx, memberId: number): Promise<CardView[]> {
  const rows = await cards(tx).selectFrom("card").selectAll().where("member_id", "=", memberId).orderBy("id").execute()
  return rows.map((row) => viewOf(tx, row))
}

/** One card. Errors: `card_unknown`. */
export async function cardById(tx: Tx, cardId: number): Promise<CardView> {
  const row = await cards(tx).selectFrom("card").selectAll().where("id", "=", cardId).executeTakeFirst()
  return row ? viewOf(tx, row) : refuse("card_unknown")
}

export function viewOf(tx: Tx, row: CardRow): CardView {
  return {
    cardId: row.id,
    kind: row.kind,
    state: row.state,
    number: row.number_sealed && openNumber(tx, row.number_sealed),
    memberId: row.member_id,
    schemeCode: row.scheme_code,
    issuer: row.issuer,
    assurance: row.assurance,
    validUntil: row.valid_until,
    batchId: row.batch_id,
    issuedAt: row.issued_at,
    activatedAt: row.activated_at,
    blockedAt: row.blocked_at,
    endedAt: row.ended_at,
    successorId: row.successor_id,
    label: row.label_sealed && tx.secrets.open("cards.label", row.label_sealed),
  }
}
