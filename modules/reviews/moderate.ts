import { statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"
import { checkedText, type RefusalReason } from "./review-rules.ts"
import { lockReview, type Review } from "./rows.ts"
import { rate } from "./write.ts"

const decide = statement(
  "reviews.decide",
  "update reviews.review set state = $2, reason = $3, decided_at = $4, decided_by = $5 where id = $1",
)
const answer = statement("reviews.answer", "update reviews.review set answer = $2, answered_at = $3, answered_by = $4 where id = $1")

type Deciding = { reviewId: number; at: Date; by: string }

/** A moderator lets everybody read it; the thing's stars follow. Refuses `review_unknown`, `review_decided`. */
export async function publishReview(tx: Tx, { reviewId, at, by }: Deciding): Promise<Review> {
  const review = await toDecide(tx, reviewId)
  await decide(tx, [reviewId, "published", null, at, by])
  await rate(tx, review.groupNo, at)
  return { ...review, state: "published", reason: null }
}

/** A moderator refuses it with a reason that its writer reads; what was published leaves the page. Refuses `review_unknown`, `review_decided`. */
export async function refuseReview(tx: Tx, { reviewId, reason, at, by }: Deciding & { reason: RefusalReason }): Promise<Review> {
  const review = (await lockReview(tx, reviewId)) ?? refuse("review_unknown")
  if (review.state === "withdrawn") refuse("review_unknown")
  if (review.state === "refused" && !isAppealed(review)) refuse("review_decided")
  await decide(tx, [reviewId, "refused", reason, at, by])
  if (review.state === "published") await rate(tx, review.groupNo, at)
  return { ...review, state: "refused", reason }
}

async function toDecide(tx: Tx, reviewId: number): Promise<Review> {
  const review = (await lockReview(tx, reviewId)) ?? refuse("review_unknown")
  if (review.state === "withdrawn") refuse("review_unknown")
  return review.state === "waiting" || isAppealed(review) ? review : refuse("review_decided")
}

/** An appeal nobody has decided about. */
const isAppealed = ({ state, appealedAt, decidedAt }: Review): boolean =>
  state === "refused" && appealedAt !== null && decidedAt !== null && appealedAt > decidedAt

/** The shop's own words under a review. Refuses `review_unknown` for what nobody reads, and what text is refused for. */
export async function answerReview(tx: Tx, { reviewId, text, at, by }: Deciding & { text: string }): Promise<void> {
  const review = await lockReview(tx, reviewId)
  if (review?.state !== "published") return refuse("review_unknown")
  await answer(tx, [reviewId, checkedText(text, { least: 2, most: 2_000 }), at, by])
}
