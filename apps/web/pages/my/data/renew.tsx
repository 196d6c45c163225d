import { Form } from "react-router"
import { ConsentText, ConsentTick } from "../../parts/consent.tsx"
import { Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { type Answer, answerRenewal, renewals } from "./renew.server.ts"

export const loader = (loading: Loading) => renewals(memberVisitOf(loading))

export async function action(loading: Loading) {
  return told(await answerRenewal(memberVisitOf(loading), await loading.request.formData()))
}

type Shown = Awaited<ReturnType<typeof renewals>>

export default function Renew({ loaderData, actionData }: { loaderData: Shown; actionData?: Answer | undefined }) {
  const { words, needed, asked, coming } = loaderData
  const isAsked = needed.length + asked.length > 0
  const ticks = (of: Shown["asked"]) => of.map((one) => <One key={one.purpose} {...{ one, loaderData, actionData }} />)
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      {isAsked ? (
        <>
          <p className="lead">{words.lead}</p>
          <Form method="post">
            <Wrong refused={actionData?.refused} />
            {needed.length > 0 && (
              <fieldset className="group">
                <legend>{words.needed}</legend>
                {ticks(needed)}
              </fieldset>
            )}
            {asked.length > 0 && (
              <fieldset className="group">
                <legend>{words.asked}</legend>
                {ticks(asked)}
              </fieldset>
            )}
            <p className="row">
              <button className="button" name="act" value="answer">
                {words.save}
              </button>
              <button className="button quiet" name="act" value="later">
                {words.later}
              </button>
            </p>
            <p className="hint after">{words.laterSays}</p>
          </Form>
          {needed.length > 0 && (
            <p className="after">
              <To to="/my/data/leave">{words.leave}</To>
            </p>
          )}
        </>
      ) : (
        coming.length === 0 && <p className="lead">{words.nothing}</p>
      )}
      {coming.length > 0 && (
        <section className="panel">
          <h2>{words.coming}</h2>
          {coming.map(({ text, changes, says }) => (
            <div key={text.purpose} className="consent">
              <p>{says}</p>
              <Changes {...{ changes, loaderData }} />
              <details>
                <summary>
                  {words.read}: {text.title}
                </summary>
                <ConsentText text={text} labels={loaderData.labels} />
              </details>
            </div>
          ))}
        </section>
      )}
    </main>
  )
}

/** One text: why it is asked for, its tick, what changed in it, and the whole of it. */
function One({
  one: { purpose, text, says, changes },
  loaderData,
  actionData,
}: {
  one: Shown["asked"][number]
  loaderData: Shown
  actionData: Answer | undefined
}) {
  const { words, labels } = loaderData
  return (
    <div>
      <input type="hidden" name="shown" value={purpose} />
      <p className="hint">{says}</p>
      <Changes {...{ changes, loaderData }} />
      <ConsentTick {...{ text, labels, read: words.read }} ticked={actionData?.ticked.includes(purpose) ?? false} />
    </div>
  )
}

/** What a reader of the former words would miss or find, field by field. */
function Changes({ changes, loaderData: { words, labels } }: { changes: Shown["asked"][number]["changes"]; loaderData: Shown }) {
  if (changes.length === 0) return null
  return (
    <details open className="changes">
      <summary>{words.changes}</summary>
      <dl className="eight">
        {changes.map(({ field, parts }) => (
          <div key={field}>
            <dt>{labels[field]}</dt>
            <dd>
              {parts.map(({ is, text }, place) =>
                is === "same" ? text : is === "gone" ? <del key={place}>{text}</del> : <ins key={place}>{text}</ins>,
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
