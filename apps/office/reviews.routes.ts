import { z } from "@hono/zod-openapi"
import { looksLikeBankCardNumber } from "@mila/kernel"
import { tellMember } from "@mila/membership"
import { answerReview, commentsWaiting, decideComment, publishReview, REFUSAL_REASONS, refuseReview, reviewsWaiting } from "@mila/reviews"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, most, text } from "./schemas.ts"

const Review = z
  .object({
    reviewId: id,
    groupNo: z.number(),
    memberId: z.number(),
    receiptId: z.string(),
    stars: z.number(),
    text: z.string(),
    state: z.enum(["waiting", "published", "refused", "withdrawn"]),
    held: z.string().nullable().openapi({ description: "What a rule noticed: same_text, shouting, repeated." }),
    reason: z.string().nullable(),
    writtenAt: instant,
    changedAt: instant,
    appeal: z.string().nullable().openapi({ description: "Why its writer asks for a second look." }),
    appealedAt: instant.nullable(),
    photos: z.number().openapi({ description: "How many; each at /reviews/{reviewId}/photo/{0…} once it is published." }),
  })
  .openapi("Review")

const Comment = z
  .object({
    commentId: id,
    reviewId: id,
    memberId: z.number(),
    text: z.string(),
    state: z.enum(["waiting", "published", "refused"]),
    writtenAt: instant,
  })
  .openapi("ReviewComment")

const byReview = z.object({ reviewId: idIn })
const byComment = z.object({ commentId: idIn })
const Decided = z.object({ reviewId: id, state: z.string() })
const after = idIn.optional()

/** What buyers wrote and nobody has read yet, and a moderator's word about it. */
export function declareReviews(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/reviews",
      permission: "reviews.moderate",
      tag: "Reviews",
      summary: "Reviews and appeals that wait, oldest first",
    },
    query: z.strictObject({ after, most }),
    answer: z.object({ reviews: z.array(Review) }),
    act: async ({ tx, query: { after = 0, most } }) => ({ reviews: await reviewsWaiting(tx, { after, most }) }),
  })
  declare(office, {
    ...{ method: "post", path: "/reviews/{reviewId}/publish", permission: "reviews.moderate", tag: "Reviews" },
    summary: "Let everybody read it; the stars of the product follow, and its writer is told",
    params: byReview,
    answer: Decided,
    async act({ tx, at, by, params: { reviewId }, note }) {
      const { memberId, state } = await publishReview(tx, { reviewId, at, by })
      await note("review.publish", `member:${memberId}`, { reviewId })
      await tellMember(tx, { memberId, template: "review_published", params: {}, at })
      return { reviewId, state }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/reviews/{reviewId}/refuse", permission: "reviews.moderate", tag: "Reviews" },
    summary: "Refuse it, or take a published one off; its writer reads the reason and may appeal once",
    params: byReview,
    body: z.strictObject({ reason: z.enum(REFUSAL_REASONS) }),
    answer: Decided,
    async act({ tx, at, by, params: { reviewId }, body: { reason }, note }) {
      const { memberId, state } = await refuseReview(tx, { reviewId, reason, at, by })
      await note("review.refuse", `member:${memberId}`, { reviewId, why: reason })
      await tellMember(tx, { memberId, template: "review_refused", params: {}, at })
      return { reviewId, state }
    },
  })
}

/** The shop answers. */
export function declareReviewAnswers(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/reviews/{reviewId}/answer", permission: "reviews.moderate", tag: "Reviews" },
    summary: "The shop's own words under a published review",
    params: byReview,
    body: z.strictObject({ text: text(2_000) }),
    answer: z.object({ reviewId: id }),
    async act({ tx, at, by, params: { reviewId }, body, note }) {
      if (looksLikeBankCardNumber(body.text)) refuse("bank_card_number")
      await answerReview(tx, { reviewId, text: body.text, at, by })
      await note("review.answer", `review:${reviewId}`)
      return { reviewId }
    },
  })
}

/** What others say to reviews. */
export function declareReviewComments(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/review-comments",
      permission: "reviews.moderate",
      tag: "Reviews",
      summary: "Comments that wait, oldest first",
    },
    query: z.strictObject({ after, most }),
    answer: z.object({ comments: z.array(Comment) }),
    act: async ({ tx, query: { after = 0, most } }) => ({ comments: await commentsWaiting(tx, { after, most }) }),
  })
  declare(office, {
    ...{
      method: "post",
      path: "/review-comments/{commentId}/publish",
      permission: "reviews.moderate",
      tag: "Reviews",
      summary: "Let everybody read a comment",
    },
    params: byComment,
    answer: Comment,
    async act({ tx, at, by, params: { commentId }, note }) {
      await note("review.comment-publish", `review-comment:${commentId}`)
      return decideComment(tx, { commentId, publish: true, at, by })
    },
  })
  declare(office, {
    ...{
      method: "post",
      path: "/review-comments/{commentId}/refuse",
      permission: "reviews.moderate",
      tag: "Reviews",
      summary: "Take a comment off",
    },
    params: byComment,
    answer: Comment,
    async act({ tx, at, by, params: { commentId }, note }) {
      await note("review.comment-refuse", `review-comment:${commentId}`)
      return decideComment(tx, { commentId, publish: false, at, by })
    },
  })
}
