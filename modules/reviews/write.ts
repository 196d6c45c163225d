import { groupByNo, rateGroup } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { idsOf, isChild, type Limit, livingMember, takeUses } from "@mila/members"
import { purchaseWith } from "@mila/tills"
import type { Photo } from "./photos.ts"
import { refuse } from "./refusals.ts"
import { checkedText, oddities, REVIEW_RULES } from "./review-rules.ts"
import { lockReview, ownReview, type Review, starsOf } from "./rows.ts"

const WRITING = { what: "reviews.write", most: REVIEW_RULES.aDay, minutes: 24 * 60 } satisfies Limit

const insert = statement<{ id: number }>(
  "reviews.insert",
  `insert into reviews.review (group_no, member_id, receipt_id, stars, text, state, held, written_at, changed_at)
   values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $7) on conflict do nothing returning id`,
)
const change = statement(
  "reviews.change",
  `update reviews.review set stars = $2, text = $3, held = $4, state = 'waiting', reason = null, changed_at = $5, decided_at = null, decided_by = null,
          appeal = null, appealed_at = null where id = $1`,
)
const dropPhotos = statement("reviews.drop_photos", "delete from reviews.photo where review_id = $1")
const addPhotos = statement(
  "reviews.add_photos",
  "insert into reviews.photo (review_id, place, image, width, height) select $1, p.place, p.image, p.width, p.height from unnest($2::int[], $3::bytea[], $4::int[], $5::int[]) p(place, image, width, height)",
)
const same = statement<{ there: boolean }>(
  "reviews.same_text",
  "select exists (select from reviews.review where lower(text) = lower($1) and member_id <> all ($2::bigint[]) and state <> 'withdrawn') there",
)
const withdraw = statement(
  "reviews.withdraw",
  "update reviews.review set state = 'withdrawn', reason = null, changed_at = $2 where id = $1",
)
const appeal = statement("reviews.appeal", "update reviews.review set appeal = $2, appealed_at = $3 where id = $1")
const vote = statement<{ review_id: number }>(
  "reviews.vote",
  `insert into reviews.vote (review_id, member_id) select $1, $2
    where not exists (select from reviews.vote where review_id = $1 and member_id = any ($3::bigint[])) on conflict do nothing returning review_id`,
)
const unvote = statement<{ review_id: number }>(
  "reviews.unvote",
  "delete from reviews.vote where review_id = $1 and member_id = any ($2::bigint[]) returning review_id",
)
const countVotes = statement("reviews.count_votes", "update reviews.review set helpful = helpful + $2 where id = $1")
const votes = statement<{ review_id: number }>(
  "reviews.votes_of",
  "select review_id from reviews.vote where member_id = any ($1::bigint[]) and review_id = any ($2::bigint[])",
)

/** Counts one act of writing; the seconds to wait when there were too many in a day (A44). The caller commits either way. */
export function takeWriting(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<number> {
  return takeUses(tx, [{ limit: WRITING, key: String(memberId) }], at)
}

/** Whether a member may say something of a thing: the receipt that proves the purchase. Null for who has not bought it. */
export async function purchaseOf(
  tx: Tx,
  { groupNo, memberId, at }: { groupNo: number; memberId: number; at: Date },
): Promise<string | null> {
  const group = await groupByNo(tx, { no: groupNo, at })
  return group ? purchaseWith(tx, { memberId, skus: group.variants.map(({ sku }) => sku) }) : null
}

type Writing = { groupNo: number; memberId: number; stars: number; text: string; photos?: readonly Photo[]; at: Date }

/**
 * Says something of a thing, or something else than before; it waits for a moderator. Only who bought the thing may (A44). Refuses `review_not_bought`,
 * `review_malformed`, `review_contacts`, `bank_card_number`, `photo_unfit`, `child_photos`, `member_left`.
 */
export async function writeReview(
  tx: Tx,
  { groupNo, memberId: writer, stars, text, photos = [], at }: Writing,
): Promise<{ reviewId: number }> {
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) refuse("review_malformed", { stars })
  const clean = checkedText(text)
  if (photos.length > REVIEW_RULES.mostPhotos) refuse("photo_unfit")
  const memberId = await livingMember(tx, writer)
  if (photos.length > 0 && (await isChild(tx, { memberId, at }))) refuse("child_photos")
  const receiptId = (await purchaseOf(tx, { groupNo, memberId, at })) ?? refuse("review_not_bought")
  const held = oddities(clean, { sameElsewhere: (await same(tx, [clean, await idsOf(tx, memberId)]))[0]!.there })
  const before = await ownReview(tx, { groupNo, memberId })
  if (before) {
    await lockReview(tx, before.reviewId)
    await change(tx, [before.reviewId, stars, clean, held, at])
    if (before.state === "published") await rate(tx, groupNo, at)
    if (photos.length > 0) await putPhotos(tx, before.reviewId, photos)
    return { reviewId: before.reviewId }
  }
  const [made] = await insert(tx, [groupNo, memberId, receiptId, stars, clean, held, at])
  if (!made) return refuse("review_exists")
  await putPhotos(tx, made.id, photos)
  return { reviewId: made.id }
}

async function putPhotos(tx: Tx, reviewId: number, photos: readonly Photo[]): Promise<void> {
  await dropPhotos(tx, [reviewId])
  if (photos.length === 0) return
  const column = <Value>(of: (photo: Photo) => Value) => photos.map(of)
  await addPhotos(tx, [
    reviewId,
    photos.map((_, place) => place),
    column(({ image }) => image),
    column(({ width }) => width),
    column(({ height }) => height),
  ])
}

/** The stars of a thing are those of what everybody may read. */
export async function rate(tx: Tx, groupNo: number, at: Date): Promise<void> {
  const counts = await starsOf(tx, groupNo)
  const count = counts.reduce((before, each) => before + each, 0)
  const sum = counts.reduce((before, each, place) => before + each * (place + 1), 0)
  await rateGroup(tx, { no: groupNo, sum, count, at })
}

async function ownOne(tx: Tx, { reviewId, memberId }: { reviewId: number; memberId: number }): Promise<Review> {
  const review = await lockReview(tx, reviewId)
  if (!review || review.state === "withdrawn") return refuse("review_unknown")
  return (await idsOf(tx, memberId)).includes(review.memberId) ? review : refuse("review_unknown")
}

/** Takes one's words back; nobody reads them any more. Refuses `review_unknown`. */
export async function withdrawReview(tx: Tx, { reviewId, memberId, at }: { reviewId: number; memberId: number; at: Date }): Promise<void> {
  const review = await ownOne(tx, { reviewId, memberId })
  await withdraw(tx, [reviewId, at])
  await dropPhotos(tx, [reviewId])
  if (review.state === "published") await rate(tx, review.groupNo, at)
}

/** Asks for a second look at a refusal, once. Refuses `review_unknown`, `appeal_unfit`, and what text is refused for. */
export async function appealReview(
  tx: Tx,
  { reviewId, memberId, text, at }: { reviewId: number; memberId: number; text: string; at: Date },
): Promise<void> {
  const review = await ownOne(tx, { reviewId, memberId })
  if (review.state !== "refused" || review.appealedAt !== null) refuse("appeal_unfit")
  await appeal(tx, [reviewId, checkedText(text, { most: 2_000 }), at])
}

/** Somebody finds words helpful, or no longer; once a person. Refuses `review_unknown`, `own_review`. */
export async function voteReview(
  tx: Tx,
  { reviewId, memberId, helpful }: { reviewId: number; memberId: number; helpful: boolean },
): Promise<void> {
  const review = await lockReview(tx, reviewId)
  if (review?.state !== "published") return refuse("review_unknown")
  const ids = await idsOf(tx, memberId)
  if (ids.includes(review.memberId)) refuse("own_review")
  const changed = helpful ? await vote(tx, [reviewId, memberId, ids]) : await unvote(tx, [reviewId, ids])
  if (changed.length > 0) await countVotes(tx, [reviewId, helpful ? 1 : -changed.length])
}

/** Which of these reviews a member found helpful. */
export async function votesOf(tx: Tx, { memberId, reviewIds }: { memberId: number; reviewIds: readonly number[] }): Promise<Set<number>> {
  return new Set((await votes(tx, [await idsOf(tx, memberId), reviewIds])).map(({ review_id }) => review_id))
}
