import { groupsOfProducts, rateGroups } from "@mila/catalog"
import { assert, statement, type Tx } from "@mila/kernel"
import { keptPurchases } from "@mila/tills"
import { refuse } from "./refusals.ts"
import { checkedText, REVIEW_RULES } from "./review-rules.ts"
import { ratingsOf } from "./rows.ts"

/** A review that was written, read by a moderator and published before it came here, with what the shop answered and who found it helpful. */
export type BroughtReview = {
  groupNo: number
  memberId: number
  stars: number
  text: string
  writtenAt: Date
  answer: { text: string; at: Date } | null
  helpfulTo: readonly number[]
}

/** The most reviews one call brings. */
export const MOST_BROUGHT = 1_000

const bring = statement<{ id: number; group_no: number; member_id: number }>(
  "reviews.bring",
  `insert into reviews.review (group_no, member_id, receipt_id, stars, text, state, written_at, changed_at, decided_at, decided_by, answer, answered_at,
          answered_by, helpful)
   select b.group_no, b.member_id, b.receipt_id, b.stars, b.text, 'published', b.written_at, b.written_at, $2, $3, b.answer, b.answered_at,
          case when b.answer is not null then $3 end, b.helpful
     from jsonb_to_recordset($1::jsonb) b(group_no bigint, member_id bigint, receipt_id text, stars smallint, text text, written_at timestamptz,
          answer text, answered_at timestamptz, helpful int)
    order by b.written_at
   on conflict do nothing returning id, group_no, member_id`,
)
const addVotes = statement(
  "reviews.bring_votes",
  "insert into reviews.vote (review_id, member_id) select * from unnest($1::bigint[], $2::bigint[])",
)

/**
 * Takes over published reviews, of another system's say, with a handful of statements, and leaves what writing, publishing, answering and voting
 * would have left: each proved by a receipt of its writer, its text checked, the things rated. Who has said something of a thing already keeps their
 * own words. Refuses `review_not_bought`, `review_malformed`, `review_contacts`, `bank_card_number`: then none is brought. Answers how many were.
 */
export async function bringReviews(tx: Tx, brought: readonly BroughtReview[], { at, by }: { at: Date; by: string }): Promise<number> {
  assert(brought.length <= MOST_BROUGHT, `at most ${MOST_BROUGHT} reviews at once`)
  const proofs = await proofsOf(tx, brought)
  const rows = await bring(tx, [JSON.stringify(brought.map((one) => rowOf(one, proofs.get(keyOf(one))))), at, by])
  const given = new Map(brought.map((one) => [keyOf(one), one.helpfulTo]))
  const votes = rows.flatMap(({ id, group_no: groupNo, member_id: memberId }) =>
    (given.get(keyOf({ groupNo, memberId })) ?? []).map((voter) => [id, voter] as const),
  )
  if (votes.length > 0) await addVotes(tx, [votes.map(([id]) => id), votes.map(([, voter]) => voter)])
  const ratings = await ratingsOf(tx, [...new Set(rows.map(({ group_no }) => group_no))])
  await rateGroups(tx, ratings, { at })
  return rows.length
}

const keyOf = ({ groupNo, memberId }: { groupNo: number; memberId: number }): string => `${memberId}/${groupNo}`

/** Receipts that prove who bought what. */
async function proofsOf(tx: Tx, brought: readonly BroughtReview[]): Promise<Map<string, string>> {
  const kept = await keptPurchases(tx, [...new Set(brought.map(({ memberId }) => memberId))])
  const groups = await groupsOfProducts(
    tx,
    kept.map(({ sku }) => sku),
  )
  return new Map(
    kept.flatMap(({ memberId, sku, receiptId }) => {
      const groupNo = groups.get(sku)
      return groupNo === undefined ? [] : [[keyOf({ groupNo, memberId }), receiptId]]
    }),
  )
}

function rowOf({ groupNo, memberId, stars, text, writtenAt, answer, helpfulTo }: BroughtReview, proof: string | undefined) {
  if (proof === undefined) refuse("review_not_bought", { groupNo, memberId })
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) refuse("review_malformed", { stars })
  assert(new Set(helpfulTo).size === helpfulTo.length && !helpfulTo.includes(memberId), "others find a review helpful, each once")
  return {
    ...{ group_no: groupNo, member_id: memberId, receipt_id: proof, stars, text: checkedText(text), written_at: writtenAt },
    answer: answer && checkedText(answer.text, { least: 2, most: REVIEW_RULES.mostText / 2 }),
    ...{ answered_at: answer?.at ?? null, helpful: helpfulTo.length },
  }
}
