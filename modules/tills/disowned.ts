import { statement, type Tx } from "@mila/kernel"
import { idsOf } from "@mila/members"
import { refuseDisowned as refuse } from "./refusals.ts"
import { receiptOf } from "./receipts-of.ts"

/** A purchase that a member says is not theirs. Amounts in kopecks and points, as the receipt has them. */
export type Disowned = {
  disownedId: number
  receiptId: string
  /** who said it */
  memberId: number
  saidAt: Date
  state: "open" | "confirmed" | "rejected" | "taken_back"
  decidedAt: Date | null
  decidedBy: string | null
  soldAt: Date
  totalMinor: number
  earned: number
  redeemed: number
}

const COLUMNS = `d.id as "disownedId", d.receipt_id as "receiptId", d.member_id as "memberId", d.said_at as "saidAt", d.state, d.decided_at as "decidedAt",
  d.decided_by as "decidedBy", r.sold_at as "soldAt", r.total_minor as "totalMinor", r.earned, r.redeemed`
const FROM = "tills.disowned d join tills.receipt r on r.id = d.receipt_id"

const insert = statement<{ id: number }>(
  "tills.insert_disowned",
  `insert into tills.disowned (receipt_id, member_id, said_at, state) values ($1, $2, $3, 'open')
   on conflict (receipt_id) where state in ('open', 'confirmed') do nothing returning id`,
)
const decide = statement<{ id: number }>(
  "tills.decide_disowned",
  "update tills.disowned set state = $2, decided_at = $3, decided_by = $4 where id = $1 and state = 'open' returning id",
)
const ofMember = statement<Disowned>(
  "tills.disowned_of_member",
  `select ${COLUMNS} from ${FROM} where d.member_id = any($1::bigint[]) order by d.said_at desc, d.id desc limit $2`,
)
const inState = statement<Disowned>(
  "tills.disowned_in_state",
  `select ${COLUMNS} from ${FROM} where d.state = $1 and d.id > $2 order by d.id limit $3`,
)
const byId = statement<Disowned>("tills.disowned_by_id", `select ${COLUMNS} from ${FROM} where d.id = $1`)

/**
 * A member says that a purchase is not theirs: it is hidden from them, with what came back of it, and a person looks at it. Its points stay where they are until that
 * person corrects them. Refuses `receipt_not_found` for what is not on their account or said already, `receipt_is_a_return`.
 */
export async function disown(tx: Tx, { memberId, receiptId, at }: { memberId: number; receiptId: string; at: Date }): Promise<void> {
  const receipt = (await receiptOf(tx, { memberId, receiptId })) ?? refuse("receipt_not_found")
  if (receipt.kind === "return") refuse("receipt_is_a_return")
  if ((await insert(tx, [receiptId, memberId, at])).length === 0) refuse("receipt_not_found")
}

/** It was theirs after all: seen again, as long as nobody decided. Refuses `disowned_not_found`, `disowned_decided`. */
export async function takeBackDisowned(
  tx: Tx,
  { memberId, disownedId, at }: { memberId: number; disownedId: number; at: Date },
): Promise<void> {
  const [said] = await byId(tx, [disownedId])
  if (!said || !(await idsOf(tx, memberId)).includes(said.memberId)) refuse("disowned_not_found")
  await settle(tx, { disownedId, state: "taken_back", at, by: `member:${memberId}` })
}

/**
 * A person's word: not theirs, and it stays hidden; or theirs, and it is seen again. Points are not touched: what was earned or spent is put right by hand.
 * Refuses `disowned_not_found`, `disowned_decided`.
 */
export async function decideDisowned(
  tx: Tx,
  { disownedId, isTheirs, by, at }: { disownedId: number; isTheirs: boolean; by: string; at: Date },
): Promise<Disowned> {
  await settle(tx, { disownedId, state: isTheirs ? "rejected" : "confirmed", at, by })
  return (await byId(tx, [disownedId]))[0]!
}

async function settle(
  tx: Tx,
  { disownedId, state, at, by }: { disownedId: number; state: Disowned["state"]; at: Date; by: string },
): Promise<void> {
  if ((await decide(tx, [disownedId, state, at, by])).length > 0) return
  refuse((await byId(tx, [disownedId])).length > 0 ? "disowned_decided" : "disowned_not_found")
}

/** What a member said was not theirs, newest first, and what became of it. */
export const disownedOf = async (tx: Tx, { memberId, most = 50 }: { memberId: number; most?: number }): Promise<Disowned[]> =>
  ofMember(tx, [await idsOf(tx, memberId), most])

/** What members said was not theirs, in one state, by id from the one after `after` on. */
export const disowned = (
  tx: Tx,
  { state, after = 0, most = 50 }: { state: Disowned["state"]; after?: number; most?: number },
): Promise<Disowned[]> => inState(tx, [state, after, most])
