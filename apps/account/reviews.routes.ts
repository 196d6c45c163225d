import { z } from "@hono/zod-openapi"
import { groupByNo } from "@mila/catalog"
import { inTransaction, type Locale, type Tx } from "@mila/kernel"
import { profilesOf } from "@mila/members"
import {
  appealReview,
  commentReview,
  commentsOf,
  madeAnew,
  type Photo,
  photoOf,
  type Review,
  reviewsOf,
  reviewsOfMember,
  starsOf,
  takeWriting,
  voteReview,
  votesOf,
  withdrawReview,
  writeReview,
} from "@mila/reviews"
import { type Account, forAnybody, forMembers, no, refuse } from "./declare.ts"
import { idIn, instant, next, paged, text } from "./schemas.ts"

const of = { tag: "Reviews" }
const byProduct = z.object({ productId: idIn })
const byReview = z.object({ reviewId: idIn })

const Comment = z.object({ commentId: z.number().int(), author: z.string(), text: z.string(), writtenAt: instant }).openapi("Comment")
const ReviewShown = z
  .object({
    reviewId: z.number().int(),
    author: z.string().openapi({ description: "The name shortened: «Анна П.»." }),
    stars: z.number().int(),
    text: z.string(),
    changedAt: instant,
    photos: z.array(z.string()).openapi({ description: "Addresses below /api/v1; WebP." }),
    answer: z.string().nullable().openapi({ description: "The shop's." }),
    helpful: z.number().int(),
    mine: z.boolean(),
    voted: z.boolean(),
    comments: z.array(Comment),
  })
  .openapi("Review")

const photosOf = ({ reviewId, photos }: Pick<Review, "reviewId" | "photos">) =>
  Array.from({ length: photos }, (_, place) => `/api/v1/reviews/${reviewId}/photos/${place}`)

async function reviewsTold(tx: Tx, reviews: readonly Review[], memberId: number | null): Promise<z.input<typeof ReviewShown>[]> {
  const reviewIds = reviews.map(({ reviewId }) => reviewId)
  const comments = reviewIds.length === 0 ? new Map<number, never[]>() : await commentsOf(tx, reviewIds)
  const people = await profilesOf(tx, [...new Set([...reviews, ...[...comments.values()].flat()].map((one) => one.memberId))])
  const author = (writer: number) => people.get(writer)?.maskedName || "—"
  const voted = memberId === null ? new Set<number>() : await votesOf(tx, { memberId, reviewIds })
  return reviews.map((review) => ({
    ...{ reviewId: review.reviewId, author: author(review.memberId), stars: review.stars, text: review.text, changedAt: review.changedAt },
    ...{ photos: photosOf(review), answer: review.answer, helpful: review.helpful, voted: voted.has(review.reviewId) },
    mine: memberId !== null && people.get(review.memberId)?.memberId === memberId,
    comments: (comments.get(review.reviewId) ?? []).map((one) => ({ ...one, author: author(one.memberId) })),
  }))
}

/** What buyers say of goods: read by everybody, written by who bought. */
export function declareReviews(account: Account): void {
  forAnybody(account, {
    ...{ method: "get", path: "/products/{productId}/reviews", ...of, name: "listReviews", codes: ["product_not_found"] },
    summary: "What is said of a thing, and its stars",
    params: byProduct,
    query: z.strictObject({
      ...paged(50, 10),
      sort: z.enum(["helpful", "new"]).default("helpful"),
      stars: z.coerce.number().int().min(1).max(5).optional(),
    }),
    answer: z.object({
      stars: z.array(z.number().int()).openapi({ description: "How many gave one star, two, … five." }),
      reviews: z.array(ReviewShown),
      next,
    }),
    async act({ tx, session, params: { productId: groupNo }, query: { cursor, limit, sort, stars }, at }) {
      if (!(await groupByNo(tx, { no: groupNo, at }))) refuse("product_not_found")
      const offset = Number(cursor ?? 0)
      if (!Number.isSafeInteger(offset) || offset < 0) refuse("malformed", { fields: ["cursor"] })
      const page = await reviewsOf(tx, { groupNo, sort, stars: stars ?? null, offset, most: limit })
      const reviews = await reviewsTold(tx, page, session?.memberId ?? null)
      return { stars: await starsOf(tx, groupNo), reviews, next: page.length === limit ? String(offset + limit) : null }
    },
  })
  forAnybody(account, {
    ...{ method: "get", path: "/reviews/{reviewId}/photos/{place}", ...of, name: "getPhoto", codes: ["photo_not_found"] },
    summary: "A buyer's photo: for everybody once its review is, before that for who sent it",
    params: z.object({ reviewId: idIn, place: z.coerce.number().int().min(0).max(3).openapi({ type: "integer" }) }),
    files: ["image/webp"],
    async file({ tx, session, params }) {
      const image = (await photoOf(tx, { ...params, memberId: session?.memberId ?? null })) ?? refuse("photo_not_found")
      return { type: "image/webp", name: "photo.webp", bytes: new Uint8Array(image), cache: "private, max-age=3600" }
    },
  })
  declareWriting(account)
  declareOwnReviews(account)
}

const WRITING = [
  "product_not_found",
  "review_not_bought",
  "review_malformed",
  "review_contacts",
  "photo_unfit",
  "child_photos",
  "too_often",
  "member_left",
] as const

function declareWriting(account: Account): void {
  forMembers(account, {
    ...{ method: "put", path: "/products/{productId}/review", ...of, name: "writeReview" },
    codes: WRITING,
    summary: "Say something of what one bought, or something else than before; a moderator reads it first",
    params: byProduct,
    body: z.strictObject({
      stars: z.number().int().min(1).max(5),
      text: text(5_000),
      photos: z
        .array(z.string().max(6_700_000))
        .max(4)
        .default([])
        .openapi({ description: "Base64 of JPEG, PNG, WebP or HEIC up to 5 MB; each is made anew, without what the camera wrote." }),
    }),
    answer: z.object({ reviewId: z.number().int() }),
    async run({ memberId, params: { productId }, body: { stars, text: said, photos }, at, context: { db } }) {
      const wait = await inTransaction(db, (tx) => takeWriting(tx, { memberId, at }))
      if (wait > 0) return no("too_often", { retryAfterSeconds: wait })
      const anew: Photo[] = []
      for (const photo of photos) anew.push(await madeAnew(new Uint8Array(Buffer.from(photo, "base64"))))
      return inTransaction(db, async (tx) => {
        if (!(await groupByNo(tx, { no: productId, at }))) refuse("product_not_found")
        return writeReview(tx, { groupNo: productId, memberId, stars, text: said, photos: anew, at })
      })
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/reviews/{reviewId}/comments", ...of, name: "commentReview", status: 201, key: "needed" },
    codes: ["review_unknown", "review_malformed", "review_contacts", "too_often", "member_left"],
    summary: "Say something to a review; a moderator reads it first",
    params: byReview,
    body: z.strictObject({ text: text(5_000) }),
    answer: z.object({ waiting: z.literal(true) }),
    async act({ tx, memberId, params: { reviewId }, body: { text: said }, at }) {
      const wait = await takeWriting(tx, { memberId, at })
      if (wait > 0) return no("too_often", { retryAfterSeconds: wait })
      await commentReview(tx, { reviewId, memberId, text: said, at })
      return { waiting: true as const }
    },
  })
  for (const helpful of [true, false])
    forMembers(account, {
      ...{ method: helpful ? "put" : "delete", path: "/reviews/{reviewId}/vote", ...of, name: helpful ? "voteReview" : "unvoteReview" },
      codes: ["review_unknown", "own_review"],
      summary: helpful ? "It helped" : "It helped no longer",
      params: byReview,
      act: ({ tx, memberId, params: { reviewId } }) => voteReview(tx, { reviewId, memberId, helpful }),
    })
}

const OwnReview = z
  .object({
    reviewId: z.number().int(),
    product: z.object({ id: z.number().int(), name: z.string().nullable() }),
    stars: z.number().int(),
    text: z.string(),
    photos: z.array(z.string()),
    state: z.enum(["waiting", "published", "refused", "withdrawn"]),
    reason: z.string().nullable().openapi({ description: "Why it was refused, as a code." }),
    changedAt: instant,
    mayAppeal: z.boolean(),
  })
  .openapi("OwnReview")

function declareOwnReviews(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/reviews", ...of, name: "listOwnReviews", summary: "What the member wrote, and what became of it" },
    answer: z.object({ reviews: z.array(OwnReview) }),
    async act({ tx, memberId, locale, at }) {
      const reviews = []
      for (const review of await reviewsOfMember(tx, { memberId })) reviews.push(await ownTold(tx, review, { locale, at }))
      return { reviews }
    },
  })
  forMembers(account, {
    ...{ method: "delete", path: "/reviews/{reviewId}", ...of, name: "withdrawReview", codes: ["review_unknown"], summary: "Take it back" },
    params: byReview,
    act: ({ tx, memberId, params: { reviewId }, at }) => withdrawReview(tx, { reviewId, memberId, at }),
  })
  forMembers(account, {
    ...{ method: "post", path: "/reviews/{reviewId}/appeal", ...of, name: "appealReview" },
    codes: ["review_unknown", "appeal_unfit", "review_malformed", "review_contacts"],
    summary: "Ask for a second look at a refusal, once",
    params: byReview,
    body: z.strictObject({ text: text(2_000) }),
    act: ({ tx, memberId, params: { reviewId }, body: { text: said }, at }) => appealReview(tx, { reviewId, memberId, text: said, at }),
  })
}

async function ownTold(tx: Tx, review: Review, { locale, at }: { locale: Locale; at: Date }): Promise<z.input<typeof OwnReview>> {
  const group = await groupByNo(tx, { no: review.groupNo, at })
  const mayAppeal = review.state === "refused" && review.appealedAt === null
  return { ...review, photos: photosOf(review), product: { id: review.groupNo, name: group?.name[locale] ?? null }, mayAppeal }
}
