import { type Day, statement, type Tx } from "@mila/kernel"
import { type Assurance, atLeast, type CardKind, type CardState } from "./card-states.ts"
import { numberHash, partnerDigits } from "./numbers.ts"

/** What a till needs of a card. It names a member by id alone; `profilesOf` says who that is today. */
export type IdentifiedCard = {
  cardId: number
  kind: CardKind
  state: CardState
  memberId: number | null
  /** of a blocked card, or of one that was replaced or removed while blocked: a sale before this moment is honoured */
  blockedAt: Date | null
  /** since when it is replaced or removed */
  endedAt: Date | null
  /** the card that stands in for a replaced one; always the last of the chain, whatever its own state */
  successorId: number | null
  successorState: CardState | null
  successorKind: CardKind | null
  schemeCode: string | null
  assurance: Assurance | null
  /** whether we are sure enough of a partner card for its rate, and for redeeming by it, as its scheme demands; true for our own cards */
  proven: { rate: boolean; redeem: boolean }
  /** last day of a partner card, where known */
  validUntil: Day | null
}

type IdentifiedRow = {
  id: number
  kind: CardKind
  state: CardState
  member_id: number | null
  blocked_at: Date | null
  ended_at: Date | null
  successor_id: number | null
  successor_state: CardState | null
  successor_kind: CardKind | null
  scheme_code: string | null
  assurance: Assurance | null
  valid_until: Day | null
  rate_needs: Assurance | null
  redeem_needs: Assurance | null
  number_hash: Buffer
}

const identify = statement<IdentifiedRow>(
  "cards.identify",
  `select card.id, card.kind, card.state, card.member_id, card.blocked_at, card.ended_at, card.scheme_code, card.assurance, card.valid_until, card.number_hash,
          next.id successor_id, next.state successor_state, next.kind successor_kind, scheme.rate_needs, scheme.redeem_needs
     from cards.card left join cards.card next on next.id = card.successor_id left join cards.scheme on scheme.code = card.scheme_code
    where card.number_hash = any ($1::bytea[])`,
)

/**
 * Many numbers at once, in one statement, by the text they came in (spaces and dashes forgiven); what is no card of anybody's is missing from the answer.
 * A number belongs to one card and a card to one member (I14).
 */
export async function identifyCards(tx: Tx, numbers: readonly string[]): Promise<Map<string, IdentifiedCard>> {
  const asked = new Map<string, string[]>()
  const hashes: Buffer[] = []
  for (const text of new Set(numbers)) {
    const digits = partnerDigits(text)
    if (digits === undefined) continue
    const hash = numberHash(tx, digits)
    const key = hash.toString("latin1")
    const sameNumber = asked.get(key)
    if (sameNumber) sameNumber.push(text)
    else {
      asked.set(key, [text])
      hashes.push(hash)
    }
  }
  if (hashes.length === 0) return new Map()
  const rows = await identify(tx, [hashes])
  return new Map(rows.flatMap((row) => asked.get(row.number_hash.toString("latin1"))!.map((text) => [text, identifiedFrom(row)] as const)))
}

function identifiedFrom(row: IdentifiedRow): IdentifiedCard {
  const proves = (needed: Assurance | null) => row.assurance === null || needed === null || atLeast(row.assurance, needed)
  return {
    cardId: row.id,
    kind: row.kind,
    state: row.state,
    memberId: row.member_id,
    blockedAt: row.blocked_at,
    endedAt: row.ended_at,
    successorId: row.successor_id,
    successorState: row.successor_state,
    successorKind: row.successor_kind,
    schemeCode: row.scheme_code,
    assurance: row.assurance,
    proven: { rate: proves(row.rate_needs), redeem: proves(row.redeem_needs) },
    validUntil: row.valid_until,
  }
}
