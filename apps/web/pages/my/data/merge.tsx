import { Form } from "react-router"
import { CodeForm } from "../../parts/code-form.tsx"
import { Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { PhoneField } from "../../parts/phone-field.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { actOnMerge, type Answer, myMerge } from "./merge.server.ts"
import { Prove } from "./prove.tsx"

export const loader = (loading: Loading) => myMerge(memberVisitOf(loading), new URL(loading.request.url).searchParams.get("done"))

export async function action(loading: Loading) {
  return told(await actOnMerge(memberVisitOf(loading), await loading.request.formData()))
}

type Shown = Awaited<ReturnType<typeof myMerge>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Merge({ loaderData, actionData }: Props) {
  const { words, proven, done, step, sent, merges } = loaderData
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <p>
        <To to="/my/data">← {words.back}</To>
      </p>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      {proven && sent ? (
        <CodeForm words={words} sent={sent} refused={actionData?.refused} />
      ) : (
        <>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          <Wrong refused={actionData?.refused} fields={["phone"]} />
          {!proven ? (
            <Prove words={words} next="/my/data/merge" />
          ) : step === "proven" ? (
            <Preview shown={loaderData} />
          ) : (
            <Form method="post" className="panel" noValidate>
              <PhoneField
                label={words.phone}
                hint={words.phoneHint}
                typed={actionData?.phone}
                refused={actionData?.refused}
                autoComplete="tel"
              />
              <button className="button" name="step" value="send">
                {words.send}
              </button>
            </Form>
          )}
        </>
      )}
      {merges.length > 0 && <Before words={words} merges={merges} proven={proven} />}
    </main>
  )
}

function Preview({ shown: { words, preview, nothing } }: { shown: Shown }) {
  if (!preview || preview.refused) {
    return (
      <Form method="post" className="panel">
        <p>{nothing ?? preview?.refused?.says}</p>
        <button className="button quiet" name="step" value="other">
          {words.other}
        </button>
      </Form>
    )
  }
  return (
    <section className="panel">
      <h2>{words.preview}</h2>
      <table className="figures together">
        <thead>
          <tr>
            <td />
            <th scope="col">
              {words.second} <small>{preview.name}</small>
            </th>
            <th scope="col">{words.here}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ title, cells }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {cells.map((cell, place) => (
                <td key={place} className="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="why">
        {words.goes.map((says) => (
          <li key={says}>{says}</li>
        ))}
        {preview.twice && <li>{preview.twice}</li>}
        {preview.ends && <li>{preview.ends}</li>}
      </ul>
      <Form method="post">
        <label className="tick">
          <input type="checkbox" name="sure" required />
          <span>{words.sure}</span>
        </label>
        <p className="row">
          <button className="button" name="step" value="merge">
            {words.merge}
          </button>
          <button className="button quiet" name="step" value="other" formNoValidate>
            {words.cancel}
          </button>
        </p>
      </Form>
    </section>
  )
}

function Before({ words, merges, proven }: Pick<Shown, "words" | "merges" | "proven">) {
  return (
    <section className="panel">
      <h2>{words.before}</h2>
      <ul className="rows">
        {merges.map(({ mergeId, title, says, open }) => (
          <li key={mergeId}>
            <b>{title}</b>
            <small>{says}</small>
            {open && proven && (
              <Form method="post" className="after">
                <input type="hidden" name="merge" value={mergeId} />
                <p className="soft">{words.undoSays}</p>
                <button className="button quiet small" name="step" value="undo">
                  {words.undo}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
