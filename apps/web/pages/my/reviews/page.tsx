import { groupByNo } from "@mila/catalog"
import { dayIn, inTransaction, MINSK, momentText, Refusal } from "@mila/kernel"
import { appealReview, REFUSAL_REASONS, type RefusalReason, reviewsOfMember, withdrawReview } from "@mila/reviews"
import { Form, redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Wrong } from "../../parts/field.tsx"
import { formText } from "../../parts/form-text.ts"
import { To } from "../../parts/link.tsx"
import { Stars } from "../../reviews/review.tsx"
import { REVIEWS } from "../../reviews/words.ts"
import { refused, type Refused, told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"

const isReason = (text: string): text is RefusalReason => REFUSAL_REASONS.some((one) => one === text)

/** What a member wrote and what became of it. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const at = clock.now()
  const words = REVIEWS[locale]
  const done = new URL(loading.request.url).searchParams.get("done")
  return inTransaction(db, async (tx) => {
    const mine = []
    for (const review of await reviewsOfMember(tx, session)) {
      const { reviewId, groupNo, stars, text, state, reason, changedAt, appealedAt } = review
      const group = await groupByNo(tx, { no: groupNo, at })
      const why = reason !== null && isReason(reason) ? `: ${words.reasons[reason]}` : ""
      mine.push({
        ...{ reviewId, stars, text, outOf: words.outOf.replace("{stars}", String(stars)) },
        ...{ name: group?.name[locale] ?? "—", to: group ? `/p/${group.slug}/reviews` : null },
        says: `${words.states[state]}${why} · ${momentText(changedAt, locale, dayIn(MINSK, at))}`,
        ...{ mayAppeal: state === "refused" && appealedAt === null, appealed: state === "refused" && appealedAt !== null },
      })
    }
    return { words, mine, done: done !== null && Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : null }
  })
}

export async function action(loading: Loading) {
  return told(await act(loading))
}

async function act(loading: Loading): Promise<Response | { refused: Refused }> {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const form = await loading.request.formData()
  const own = { memberId: session.memberId, reviewId: Number(form.get("review")) || 0, at: clock.now() }
  const removes = form.get("act") === "withdrawn"
  try {
    await inTransaction(db, (tx) => (removes ? withdrawReview(tx, own) : appealReview(tx, { ...own, text: formText(form, "text", 3_000) })))
    return redirect(`${pathIn(locale, "/my/reviews")}?done=${removes ? "withdrawn" : "appealed"}`)
  } catch (error) {
    if (error instanceof Refusal) return { refused: refused(error.code, locale) }
    throw error
  }
}

type Props = { loaderData: Awaited<ReturnType<typeof loader>>; actionData?: { refused: Refused } | undefined }

export default function MyReviews({ loaderData: { words, mine, done }, actionData }: Props) {
  return (
    <main id="main" className="page">
      <title>{words.mine}</title>
      <h1>{words.mine}</h1>
      <p className="lead">{words.mineLead}</p>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      <Wrong refused={actionData?.refused} />
      {mine.length === 0 && <p className="empty">{words.mineNone}</p>}
      {mine.map(({ reviewId, name, to, stars, outOf, text, says, mayAppeal, appealed }) => (
        <section key={reviewId} className="panel review">
          <h2>{to ? <To to={to}>{name}</To> : name}</h2>
          <p>
            <Stars stars={stars} says={outOf} /> <small className="soft">{says}</small>
          </p>
          <p className="said">{text}</p>
          {appealed && <p className="soft">{words.appealed}</p>}
          <Form method="post">
            <input type="hidden" name="review" value={reviewId} />
            {mayAppeal && (
              <p className="field">
                <label htmlFor={`appeal-${reviewId}`}>{words.appeal}</label>
                <textarea id={`appeal-${reviewId}`} name="text" rows={2} maxLength={2_000} />
              </p>
            )}
            <p className="row">
              {mayAppeal && (
                <button className="button small" name="act" value="appealed">
                  {words.appealDo}
                </button>
              )}
              <button className="button quiet small" name="act" value="withdrawn">
                {words.remove}
              </button>
            </p>
          </Form>
        </section>
      ))}
    </main>
  )
}
