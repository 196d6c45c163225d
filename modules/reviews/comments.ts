import { statement, type Tx } from "@mila/kernel"
import { livingMember } from "@mila/members"
import { refuse } from "./refusals.ts"
import { checkedText } from "./review-rules.ts"
import { lockReview } from "./rows.ts"

export type Comment = {
  commentId: number
  reviewId: number
  memberId: number
  text: string
  state: "waiting" | "published" | "refused"
  writtenAt: Date
}

const COLUMNS = `id as "commentId", review_id as "reviewId", member_id as "memberId", text, state, written_at as "writtenAt"`

const insert = statement<{ id: number }>(
  "reviews.insert_comment",
  "insert into reviews.comment (review_id, member_id, text, state, written_at) values ($1, $2, $3, 'waiting', $4) returning id",
)
const of = statement<Comment>(
  "reviews.comments",
  `select ${COLUMNS} from reviews.comment where review_id = any ($1::bigint[]) and state = 'published' order by id limit 500`,
)
const waiting = statement<Comment>(
  "reviews.comments_waiting",
  `select ${COLUMNS} from reviews.comment where state = 'waiting' and id > $1 order by id limit $2`,
)
const decide = statement<Comment>(
  "reviews.decide_comment",
  `update reviews.comment set state = $2, decided_at = $3, decided_by = $4 where id = $1 and state <> $2 returning ${COLUMNS}`,
)

/** Says something to a review; it waits for a moderator. Refuses `review_unknown`, and what text is refused for. */
export async function commentReview(
  tx: Tx,
  { reviewId, memberId, text, at }: { reviewId: number; memberId: number; text: string; at: Date },
): Promise<{ commentId: number }> {
  const clean = checkedText(text, { least: 2, most: 1_000 })
  const writer = await livingMember(tx, memberId)
  if ((await lockReview(tx, reviewId))?.state !== "published") refuse("review_unknown")
  return { commentId: (await insert(tx, [reviewId, writer, clean, at]))[0]!.id }
}

/** What is said to these reviews, for everybody, oldest first. */
export async function commentsOf(tx: Tx, reviewIds: readonly number[]): Promise<Map<number, Comment[]>> {
  return Map.groupBy(await of(tx, [reviewIds]), ({ reviewId }) => reviewId)
}

/** Comments that wait for a moderator, oldest first. */
export function commentsWaiting(tx: Tx, { after = 0, most = 50 }: { after?: number; most?: number } = {}): Promise<Comment[]> {
  return waiting(tx, [after, most])
}

/** A moderator lets everybody read a comment, or nobody. Refuses `review_unknown`. */
export async function decideComment(
  tx: Tx,
  { commentId, publish, at, by }: { commentId: number; publish: boolean; at: Date; by: string },
): Promise<Comment> {
  const [decided] = await decide(tx, [commentId, publish ? "published" : "refused", at, by])
  return decided ?? refuse("review_unknown")
}
