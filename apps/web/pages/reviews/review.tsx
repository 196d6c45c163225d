import { Form } from "react-router"
import { useRoot } from "../parts/root-data.ts"
import type { ReviewView } from "./view.server.ts"
import type { ReviewWords } from "./words.ts"

export const Stars = ({ stars, says }: { stars: number; says: string }) => (
  <span className="stars" role="img" aria-label={says}>
    <i aria-hidden="true">{"★".repeat(stars)}</i>
    <span className="off-stars" aria-hidden="true">
      {"★".repeat(5 - stars)}
    </span>
  </span>
)

/** One review with its photos, the shop's answer and what others say to it; `acts` where one may vote and comment. */
export function OneReview({ review, words, acts = false }: { review: ReviewView; words: ReviewWords; acts?: boolean }) {
  const { author, when, stars, says, text, photos, answer, helpful, comments } = review
  return (
    <article className="review">
      <header>
        <b>{author}</b> <Stars stars={stars} says={says} />
        <small className="soft">
          {when} · {words.verified}
        </small>
      </header>
      <p className="said">{text}</p>
      {photos.length > 0 && (
        <ul className="photos">
          {photos.map((photo) => (
            <li key={photo}>
              <a href={photo}>
                <img src={photo} alt={words.photo} width="96" height="96" loading="lazy" decoding="async" />
              </a>
            </li>
          ))}
        </ul>
      )}
      {answer && (
        <blockquote>
          <b>{words.answer}</b>
          <p className="said">{answer}</p>
        </blockquote>
      )}
      {comments.map((comment) => (
        <blockquote key={comment.commentId}>
          <b>{comment.author}</b> <small className="soft">{comment.when}</small>
          <p className="said">{comment.text}</p>
        </blockquote>
      ))}
      {acts ? (
        <Acts review={review} words={words} />
      ) : (
        helpful > 0 && <small className="soft">{words.helpfulCount.replace("{count}", String(helpful))}</small>
      )}
    </article>
  )
}

function Acts({ review: { reviewId, helpful, mine, voted }, words }: { review: ReviewView; words: ReviewWords }) {
  const { signedIn } = useRoot()
  return (
    <footer>
      {!mine && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="review" value={reviewId} />
          <input type="hidden" name="helpful" value={voted ? "0" : "1"} />
          <button className="button quiet small" name="act" value="voted" aria-pressed={voted}>
            {voted ? words.notHelpful : helpful > 0 ? words.helpfulCount.replace("{count}", String(helpful)) : words.helpful}
          </button>
        </Form>
      )}
      {signedIn && (
        <details>
          <summary>{words.comment}</summary>
          <Form method="post">
            <input type="hidden" name="review" value={reviewId} />
            <p className="field">
              <label htmlFor={`comment-${reviewId}`}>{words.comment}</label>
              <textarea id={`comment-${reviewId}`} name="text" rows={2} required minLength={2} maxLength={1_000} />
              <small className="hint">{words.commentHint}</small>
            </p>
            <button className="button small" name="act" value="commented">
              {words.send}
            </button>
          </Form>
        </details>
      )}
    </footer>
  )
}
