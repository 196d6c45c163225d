import { Form, useNavigation } from "react-router"
import { Wrong } from "../parts/field.tsx"
import { To } from "../parts/link.tsx"
import { Seo } from "../parts/seo.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { actOnReviews, type Answer, reviewsPage } from "./page.server.ts"
import { OneReview } from "./review.tsx"
import { Summary } from "./summary.tsx"

const slugOf = ({ params }: Loading) => params["slug"] ?? ""

export const loader = (loading: Loading) =>
  reviewsPage(visitOf(loading), { slug: slugOf(loading), params: new URL(loading.request.url).searchParams })

export async function action(loading: Loading) {
  const asked = { slug: slugOf(loading), params: new URL(loading.request.url).searchParams }
  const form = await loading.request.formData().catch(() => null) // larger than what the door looks into
  if (form === null) throw new Response(null, { status: 400 })
  return told(await actOnReviews(visitOf(loading), asked, form))
}

type Shown = Awaited<ReturnType<typeof reviewsPage>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Reviews({ loaderData, actionData }: Props) {
  const { words, title, slug, sort, stars, most, more, reviews, summary, done, seo } = loaderData
  const address = (wish: Record<string, string | null>) => {
    const asked = new URLSearchParams(
      Object.entries({ sort, stars: stars === null ? null : String(stars), ...wish }).filter(
        (pair): pair is [string, string] => pair[1] !== null,
      ),
    )
    return `/p/${slug}/reviews?${asked}`
  }
  return (
    <main id="main" className="page narrow-text reviews">
      <Seo {...seo} />
      <p>
        <To to={`/p/${slug}`}>← {words.back}</To>
      </p>
      <h1>{title}</h1>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      {summary.count > 0 && <Summary summary={summary} slug={slug} chosen={stars} />}
      <Writing loaderData={loaderData} actionData={actionData} />
      {summary.count > 0 && (
        <nav className="sorts" aria-label={words.sort}>
          {Object.entries(words.sorts).map(([code, says]) => (
            <To key={code} to={address({ sort: code })} aria-current={code === sort ? "true" : undefined}>
              {says}
            </To>
          ))}
        </nav>
      )}
      {reviews.length === 0 && <p className="empty">{summary.count === 0 ? words.none : words.noneSo}</p>}
      {reviews.map((review) => (
        <OneReview key={review.reviewId} review={review} words={words} acts />
      ))}
      {more && (
        <p className="after">
          <To className="button quiet" to={address({ pages: String(most / 10 + 1) })}>
            {words.more}
          </To>
        </p>
      )}
    </main>
  )
}

function Writing({ loaderData: { words, signedIn, mayShow, mayWrite, mine, slug }, actionData }: Props) {
  const busy = useNavigation().state !== "idle"
  if (!signedIn) {
    return (
      <p className="panel">
        <To to={`/sign-in?next=${encodeURIComponent(`/p/${slug}/reviews`)}`}>{words.signIn}</To>
      </p>
    )
  }
  if (!mayWrite) {
    return (
      <p className="panel">
        {words.notBought} <To to="/my/receipts/missing">{words.addReceipt}</To>
      </p>
    )
  }
  const typed = actionData?.form === "" || actionData?.form === "written" ? actionData.typed : undefined
  const before = typed ?? mine
  return (
    <details className="panel" open={mine === null || actionData !== undefined}>
      <summary>{mine ? `${words.change} · ${mine.state}` : words.write}</summary>
      <p className="soft">{words.writeLead}</p>
      <Wrong refused={actionData?.refused} />
      <Form method="post" encType="multipart/form-data">
        <fieldset className="field rate">
          <legend>{words.stars}</legend>
          {[5, 4, 3, 2, 1].map((stars) => (
            <span key={stars}>
              <input type="radio" name="stars" id={`stars-${stars}`} value={stars} required defaultChecked={before?.stars === stars} />
              <label htmlFor={`stars-${stars}`} title={words.outOf.replace("{stars}", String(stars))}>
                <span className="hidden">{words.outOf.replace("{stars}", String(stars))}</span>
                <span aria-hidden="true">★</span>
              </label>
            </span>
          ))}
        </fieldset>
        <p className="field">
          <label htmlFor="text">{words.text}</label>
          <textarea id="text" name="text" rows={5} required minLength={10} maxLength={4_000} defaultValue={before?.text ?? ""} />
        </p>
        {mayShow ? (
          <p className="field">
            <label htmlFor="photos">{words.photos}</label>
            <input id="photos" name="photos" type="file" accept="image/jpeg,image/png,image/webp,image/avif,image/heic" multiple />
            <small className="hint">{words.photosHint}</small>
          </p>
        ) : (
          <p className="hint">{words.photosLater}</p>
        )}
        <button className="button" name="act" value="written" disabled={busy}>
          {words.publish}
        </button>
      </Form>
    </details>
  )
}
