import { dayIn, type Day, MINSK, statement, type Tx } from "@mila/kernel"
import { idsOf } from "@mila/members"
import type { Sale } from "./facts.ts"
import { type AskedReceipt, plainUid, type PointsClaimReason, spellingsOf } from "./points-claim-rules.ts"

/** An ask for the points of a receipt. Amounts in kopecks, `soldOn` a day in Minsk. */
export type PointsClaim = {
  claimId: number
  memberId: number
  fiscalUid: string
  soldOn: Day
  totalMinor: number
  askedAt: Date
  state: "waiting" | "granted" | "refused" | "with_staff"
  reason: PointsClaimReason | null
  receiptId: string | null
  /** points; null until they were given */
  earned: number | null
  decidedAt: Date | null
  decidedBy: string | null
}

const COLUMNS = `id as "claimId", member_id as "memberId", fiscal_uid as "fiscalUid", sold_on::text as "soldOn", total_minor as "totalMinor",
  asked_at as "askedAt", state, reason, receipt_id as "receiptId", earned, decided_at as "decidedAt", decided_by as "decidedBy"`

const insert = statement<PointsClaim>(
  "tills.insert_points_claim",
  `insert into tills.points_claim (member_id, fiscal_uid, sold_on, total_minor, asked_at, state, reason, receipt_id, earned, decided_at, decided_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${COLUMNS}`,
)
const update = statement<PointsClaim>(
  "tills.decide_points_claim",
  `update tills.points_claim set state = $2, reason = $3, receipt_id = $4, earned = $5, decided_at = $6, decided_by = $7 where id = $1 returning ${COLUMNS}`,
)
const lock = statement<PointsClaim>("tills.lock_points_claim", `select ${COLUMNS} from tills.points_claim where id = $1 for update`)
const ofMember = statement<PointsClaim>(
  "tills.points_claims_of_member",
  `select ${COLUMNS} from tills.points_claim where member_id = any ($1::bigint[]) order by asked_at desc, id desc limit $2`,
)
const open = statement<PointsClaim>(
  "tills.points_claim_open",
  `select ${COLUMNS} from tills.points_claim
    where member_id = any ($1::bigint[]) and upper(regexp_replace(fiscal_uid, '[[:space:]-]', '', 'g')) = $2 and sold_on = $3 and total_minor = $4
      and state in ('waiting', 'with_staff')
    order by id limit 1`,
)
const inState = statement<PointsClaim>(
  "tills.points_claims_in_state",
  `select ${COLUMNS} from tills.points_claim where state = $1 and id > $2 order by id limit $3`,
)
const counted = statement<{ asked: number; given: number }>(
  "tills.count_points_claims",
  `select count(*) filter (where asked_at > $2::timestamptz - interval '1 day') asked,
          count(*) filter (where state = 'granted' and decided_at > $2::timestamptz - interval '30 days') given
     from tills.points_claim where member_id = any ($1::bigint[]) and asked_at > $2::timestamptz - interval '60 days'`,
)
const alone = statement("tills.points_claims_alone", "select pg_advisory_xact_lock(hashtextextended('points-claim:' || $1::bigint, 7265))")
const find = statement<FoundReceipt & { soldAt: Date }>(
  "tills.receipt_asked_for",
  `select r.id, r.till_id as "tillId", t.shop, t.number as till, r.state, r.sold_at as "soldAt", r.member_id as "memberId", r.card_id as "cardId",
          r.total_minor as "totalMinor", r.body, exists (select from tills.returned_line l where l.sale_id = r.id) as returned
     from tills.receipt r join tills.till t on t.id = r.till_id
    where r.fiscal_uid = any($1::text[]) and r.kind = 'sale' order by r.recorded_at, r.id limit 1 for update of r`,
)

export type FoundReceipt = AskedReceipt & {
  id: string
  tillId: number
  shop: string
  till: number
  soldAt: Date
  body: Omit<Sale, "identifier">
}

export type Decision = Pick<PointsClaim, "state" | "reason" | "receiptId" | "earned" | "decidedAt" | "decidedBy">

/** One member's asks follow each other, so that their limits are kept; who else asks does not wait. */
export async function askAlone(tx: Tx, memberId: number): Promise<void> {
  await alone(tx, [memberId])
}

/** What a member asked for before in these very words, and what is not decided yet; undefined when there is nothing. */
export async function claimStillOpen(
  tx: Tx,
  { memberId, fiscalUid, soldOn, totalMinor }: Pick<PointsClaim, "memberId" | "fiscalUid" | "soldOn" | "totalMinor">,
): Promise<PointsClaim | undefined> {
  return (await open(tx, [await idsOf(tx, memberId), plainUid(fiscalUid).toUpperCase(), soldOn, totalMinor]))[0]
}

/** How often a person asked in the last day, and was given in the last 30 days. */
export async function countAsks(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<{ asked: number; given: number }> {
  return (await counted(tx, [await idsOf(tx, memberId), at]))[0]!
}

/** The sale with this УИ, locked until the transaction ends; undefined when no till has sent it. */
export async function lockAskedReceipt(tx: Tx, fiscalUid: string): Promise<FoundReceipt | undefined> {
  const [row] = await find(tx, [spellingsOf(fiscalUid)])
  return row && { ...row, soldOn: dayIn(MINSK, row.soldAt) }
}

export async function insertClaim(
  tx: Tx,
  asked: Pick<PointsClaim, "memberId" | "fiscalUid" | "soldOn" | "totalMinor" | "askedAt">,
  decision: Decision,
): Promise<PointsClaim> {
  const { memberId, fiscalUid, soldOn, totalMinor, askedAt } = asked
  const [row] = await insert(tx, [memberId, fiscalUid, soldOn, totalMinor, askedAt, ...decided(decision)])
  return row!
}

export async function updateClaim(tx: Tx, claimId: number, decision: Decision): Promise<PointsClaim> {
  return (await update(tx, [claimId, ...decided(decision)]))[0]!
}

const decided = ({ state, reason, receiptId, earned, decidedAt, decidedBy }: Decision) => [
  ...[state, reason, receiptId, earned, decidedAt, decidedBy],
]

export async function lockClaim(tx: Tx, claimId: number): Promise<PointsClaim | undefined> {
  return (await lock(tx, [claimId]))[0]
}

/** What a member asked for, also under memberships that became theirs, newest first. */
export async function pointsClaimsOf(tx: Tx, { memberId, most = 20 }: { memberId: number; most?: number }): Promise<PointsClaim[]> {
  return ofMember(tx, [await idsOf(tx, memberId), most])
}

/** Asks in one state by id, from the one after `after` on. */
export function pointsClaims(
  tx: Tx,
  { state, after = 0, most = 50 }: { state: PointsClaim["state"]; after?: number; most?: number },
): Promise<PointsClaim[]> {
  return inState(tx, [state, after, most])
}
