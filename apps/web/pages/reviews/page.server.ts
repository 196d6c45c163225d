import { groupBySlug } from "@mila/catalog"
import { inTransaction, looksLikeBankCardNumber, Refusal } from "@mila/kernel"
import { isChild } from "@mila/members"
import {
  commentReview,
  madeAnew,
  ownReview,
  purchaseOf,
  REVIEW_RULES,
  type ReviewSort,
  takeWriting,
  voteReview,
  writeReview,
} from "@mila/reviews"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { formText } from "../parts/form-text.ts"
import { seoOf } from "../parts/seo.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { reviewViews, summaryOf } from "./view.server.ts"
import { REVIEWS } from "./words.ts"

const ON_PAGE = 10
const MOST_PHOTO_BYTES = 5_000_000

/** Everything said of one thing, and the form for who bought it. */
export async function reviewsPage(visit: Visit, { slug, params }: { slug: string; params: URLSearchParams }) {
  const { db, clock, locale, session } = visit
  const at = clock.now()
  const words = REVIEWS[locale]
  const sort = Object.hasOwn(words.sorts, params.get("sort") ?? "") ? (params.get("sort") as ReviewSort) : "helpful"
  const stars = /^[1-5]$/.test(params.get("stars") ?? "") ? Number(params.get("stars")) : null
  const most = Math.min(50, ON_PAGE * Math.max(1, Number(params.get("pages")) || 1))
  const done = params.get("done")
  const memberId = session?.memberId ?? null
  return inTransaction(db, async (tx) => {
    const group = await groupBySlug(tx, { slug, at })
    if (!group) throw new Response(null, { status: 404 })
    const groupNo = group.no
    const mine = memberId === null ? undefined : await ownReview(tx, { groupNo, memberId })
    const title = words.of.replace("{name}", group.name[locale])
    const reviews = await reviewViews(tx, { groupNo, sort, stars, most: most + 1 }, { memberId, locale, at })
    return {
      ...{
        words,
        title,
        slug,
        sort,
        stars,
        most,
        signedIn: session !== undefined,
        reviews: reviews.slice(0, most),
        more: reviews.length > most && most < 50,
      },
      done: done !== null && Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : null,
      summary: await summaryOf(tx, groupNo, locale),
      mayShow: memberId !== null && !(await isChild(tx, { memberId, at })),
      mayWrite: memberId !== null && (await purchaseOf(tx, { groupNo, memberId, at })) !== null,
      mine: mine ? { stars: mine.stars, text: mine.text, state: words.states[mine.state] } : null,
      seo: seoOf(visit, { title, path: `/p/${slug}/reviews`, description: title, isOwn: params.size === 0 }),
    }
  })
}

type Typed = { stars: number; text: string }
export type Answer = { refused: Refused; form: string; typed: Typed }

/** A review, a comment or a vote. Whoever is not signed in signs in first and comes back; who sorted or chose stars sees the same reviews afterwards. */
export async function actOnReviews(
  visit: Visit,
  { slug, params }: { slug: string; params: URLSearchParams },
  form: FormData,
): Promise<Response | Answer> {
  const { db, clock, locale, session } = visit
  const here = pathIn(locale, `/p/${slug}/reviews`)
  if (!session) return redirect(`${pathIn(locale, "/sign-in")}?next=${encodeURIComponent(here)}`)
  const { memberId } = session
  const at = clock.now()
  const act = formText(form, "act")
  const typed: Typed = { stars: Number(form.get("stars")) || 0, text: formText(form, "text", 5_000) }
  const no = (code: string, wait = 0): Answer => ({ refused: refused(code, locale, { field: "text", wait }), form: act, typed })
  if (looksLikeBankCardNumber(typed.text)) return { ...no("bank_card_number"), typed: { ...typed, text: "" } }
  try {
    if (act !== "voted") {
      const wait = await inTransaction(db, (tx) => takeWriting(tx, { memberId, at }))
      if (wait > 0) return no("too_often", wait)
    }
    const reviewId = Number(form.get("review")) || 0
    if (act === "voted") {
      await inTransaction(db, (tx) => voteReview(tx, { reviewId, memberId, helpful: form.get("helpful") !== "0" }))
    } else if (act === "commented") {
      await inTransaction(db, (tx) => commentReview(tx, { reviewId, memberId, text: typed.text, at }))
    } else {
      const photos = await photosIn(form)
      await inTransaction(db, async (tx) => {
        const group = await groupBySlug(tx, { slug, at })
        if (!group) throw new Refusal("review_unknown")
        await writeReview(tx, { groupNo: group.no, memberId, ...typed, photos, at })
      })
    }
    const seen = new URLSearchParams([...params].filter(([name]) => name !== "done"))
    seen.set("done", act === "voted" || act === "commented" ? act : "written")
    return redirect(`${here}?${seen.toString()}`)
  } catch (error) {
    if (error instanceof Refusal) return no(error.code)
    throw error
  }
}

/** Files of the form, made anew one after the other: a picture costs memory while it is decoded. */
async function photosIn(form: FormData) {
  const files = form.getAll("photos").filter((one): one is File => typeof one !== "string" && one.size > 0)
  if (files.length > REVIEW_RULES.mostPhotos || files.some(({ size }) => size > MOST_PHOTO_BYTES)) throw new Refusal("photo_unfit")
  const photos = []
  for (const file of files) photos.push(await madeAnew(new Uint8Array(await file.arrayBuffer())))
  return photos
}
