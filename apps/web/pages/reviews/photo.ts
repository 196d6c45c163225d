import { inTransaction } from "@mila/kernel"
import { photoOf } from "@mila/reviews"
import { type Loading, visitOf } from "../visit-context.ts"

/** A buyer's photo: for everybody once its review is, before that for who sent it. */
export async function loader(loading: Loading) {
  const { db, session } = visitOf(loading)
  const [reviewId, place] = [Number(loading.params["review"]), Number(loading.params["place"])]
  const image =
    Number.isSafeInteger(reviewId) && Number.isInteger(place) && place >= 0 && place < 4
      ? await inTransaction(db, (tx) => photoOf(tx, { reviewId, place, memberId: session?.memberId ?? null }))
      : undefined
  if (!image) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(image), {
    headers: { "content-type": "image/webp", "cache-control": "private, max-age=3600", "x-content-type-options": "nosniff" },
  })
}
