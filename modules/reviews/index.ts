// The public face of reviews: what buyers say of goods, and who decides about it.
export { type BroughtReview, bringReviews, MOST_BROUGHT } from "./bring.ts"
export { type Comment, commentReview, commentsOf, commentsWaiting, decideComment } from "./comments.ts"
export { answerReview, publishReview, refuseReview } from "./moderate.ts"
export { oneReviewAThing } from "./one-a-person.ts"
export { madeAnew, type Photo } from "./photos.ts"
export type { ReviewRefusal } from "./refusals.ts"
export { REFUSAL_REASONS, type RefusalReason, REVIEW_RULES } from "./review-rules.ts"
export {
  ownReview,
  photoOf,
  type Review,
  type ReviewSort,
  type ReviewState,
  reviewsOf,
  reviewsOfMember,
  reviewsWaiting,
  starsOf,
} from "./rows.ts"
export { chooseParting, partWithReviews } from "./part.ts"
export { appealReview, purchaseOf, takeWriting, voteReview, votesOf, withdrawReview, writeReview } from "./write.ts"
