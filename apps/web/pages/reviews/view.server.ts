import { counted, dayIn, type Locale, MINSK, momentText, type Tx } from "@mila/kernel"
import { profilesOf } from "@mila/members"
import { commentsOf, type Review, reviewsOf, type ReviewSort, starsOf, votesOf } from "@mila/reviews"
import { pathIn } from "../parts/address.ts"
import { starsText } from "../parts/tile.server.ts"
import { REVIEWS, VOTES } from "./words.ts"

export type ReviewView = {
  reviewId: number
  author: string
  when: string
  stars: number
  says: string
  text: string
  photos: string[]
  answer: string | null
  helpful: number
  mine: boolean
  voted: boolean
  comments: { commentId: number; author: string; when: string; text: string }[]
}

/** Stars in sum: the average in words, and a bar for five stars down to one. */
export async function summaryOf(tx: Tx, groupNo: number, locale: Locale) {
  const counts = await starsOf(tx, groupNo)
  const count = counts.reduce((before, each) => before + each, 0)
  const sum = counts.reduce((before, each, place) => before + each * (place + 1), 0)
  const bars = counts
    .map((each, place) => ({ stars: place + 1, count: each, percent: count === 0 ? 0 : Math.floor((each * 100) / count) }))
    .toReversed()
  return { average: starsText({ sum, count }, locale).stars, count, says: counted(count, VOTES[locale], locale), bars }
}

type Asked = { groupNo: number; sort?: ReviewSort; stars?: number | null; offset?: number; most: number }

/** What is said of a thing, as a visitor reads it: names are shortened, moments are Minsk's. */
export async function reviewViews(
  tx: Tx,
  asked: Asked,
  { memberId, locale, at }: { memberId: number | null; locale: Locale; at: Date },
): Promise<ReviewView[]> {
  const reviews = await reviewsOf(tx, asked)
  const ids = reviews.map(({ reviewId }) => reviewId)
  const comments = ids.length === 0 ? new Map<number, never[]>() : await commentsOf(tx, ids)
  const writers = [...reviews, ...[...comments.values()].flat()].map((one) => one.memberId)
  const people = await profilesOf(tx, [...new Set(writers)])
  const author = (of: number) => people.get(of)?.maskedName || REVIEWS[locale].nobody
  const voted = memberId === null ? new Set<number>() : await votesOf(tx, { memberId, reviewIds: ids })
  const today = dayIn(MINSK, at)
  const when = (moment: Date) => momentText(moment, locale, today)
  return reviews.map((review) => ({
    ...{ reviewId: review.reviewId, author: author(review.memberId), when: when(review.changedAt), stars: review.stars, text: review.text },
    ...{ says: REVIEWS[locale].outOf.replace("{stars}", String(review.stars)), photos: photosOf(review, locale), answer: review.answer },
    ...{ helpful: review.helpful, mine: people.get(review.memberId)?.memberId === memberId, voted: voted.has(review.reviewId) },
    comments: (comments.get(review.reviewId) ?? []).map(({ commentId, memberId: of, text, writtenAt }) => ({
      ...{ commentId, author: author(of), when: when(writtenAt), text },
    })),
  }))
}

export const photosOf = ({ reviewId, photos }: Pick<Review, "reviewId" | "photos">, locale: Locale): string[] =>
  Array.from({ length: photos }, (_, place) => pathIn(locale, `/reviews/${reviewId}/photo/${place}`))

/** What a product's own page says of it: the sum, and the three most helpful. */
export async function saidOf(tx: Tx, groupNo: number, { locale, at }: { locale: Locale; at: Date }) {
  const summary = await summaryOf(tx, groupNo, locale)
  const reviews = summary.count === 0 ? [] : await reviewViews(tx, { groupNo, most: 3 }, { memberId: null, locale, at })
  return { summary, reviews, words: REVIEWS[locale] }
}
