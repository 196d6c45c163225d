import type { CardKind } from "@mila/cards"
import { statement, type Tx } from "@mila/kernel"
import type { Proof } from "./recognise.ts"

export type RedemptionRow = {
  id: number
  tillId: number
  purchaseId: string
  memberId: number
  cardId: number | null
  cardKind: CardKind
  points: number
  perLine: readonly { line: number; points: number }[]
  holdId: number
  /** `static`: the programme lets the number alone redeem */
  proof: Proof | "static"
  authorisedAt: Date
  lapsesAt: Date
  state: "held" | "captured" | "voided"
  receiptId: string | null
}

const COLUMNS = `id, till_id as "tillId", purchase_id as "purchaseId", member_id as "memberId", card_id as "cardId", card_kind as "cardKind", points,
  per_line as "perLine", hold_id as "holdId", proof, authorised_at as "authorisedAt", lapses_at as "lapsesAt", state, receipt_id as "receiptId"`

const insert = statement<{ id: number }>(
  "tills.insert_redemption",
  `insert into tills.redemption (till_id, purchase_id, member_id, card_id, card_kind, points, per_line, hold_id, proof, authorised_at, lapses_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
)
// in one order for everyone, before any member is locked: two receipts with one authorisation cannot both capture it
const lock = statement<RedemptionRow>(
  "tills.lock_redemptions",
  `select ${COLUMNS} from tills.redemption where id = any($1::bigint[]) order by id for update`,
)
const capture = statement(
  "tills.capture_redemptions",
  `update tills.redemption r set state = 'captured', receipt_id = c.receipt_id
     from unnest($1::bigint[], $2::text[]) c(id, receipt_id) where r.id = c.id`,
)
const setVoided = statement("tills.void_redemption", "update tills.redemption set state = 'voided', sequence = $2 where id = $1")

/** Remembers points set aside; answers the number the till knows them by. */
export async function insertRedemption(tx: Tx, row: Omit<RedemptionRow, "id" | "state" | "receiptId">): Promise<number> {
  const { tillId, purchaseId, memberId, cardId, cardKind, points, perLine, holdId, proof, authorisedAt, lapsesAt } = row
  const [made] = await insert(tx, [
    tillId,
    purchaseId,
    memberId,
    cardId,
    cardKind,
    points,
    JSON.stringify(perLine),
    holdId,
    proof,
    authorisedAt,
    lapsesAt,
  ])
  return made!.id
}

/** Redemptions by id, locked until the transaction ends. */
export async function lockRedemptions(tx: Tx, ids: readonly number[]): Promise<Map<number, RedemptionRow>> {
  if (ids.length === 0) return new Map()
  return new Map((await lock(tx, [ids])).map((row) => [row.id, row]))
}

/** Marks redemptions as spent on their receipts. */
export async function markCaptured(tx: Tx, captured: readonly { id: number; receiptId: string }[]): Promise<void> {
  if (captured.length > 0) await capture(tx, [captured.map(({ id }) => id), captured.map(({ receiptId }) => receiptId)])
}

export async function markVoided(tx: Tx, { id, sequence }: { id: number; sequence: number | null }): Promise<void> {
  await setVoided(tx, [id, sequence])
}

/** The id a till wrote down, or nothing when it is not one. */
export function redemptionId(authId: string | undefined): number | null {
  return authId !== undefined && /^[1-9]\d{0,14}$/.test(authId) ? Number(authId) : null
}
