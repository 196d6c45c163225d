import { Form } from "react-router"
import { Field, Wrong } from "../parts/field.tsx"
import { To } from "../parts/link.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { type Answer, answerAsOwner, askingOwner } from "./owner.server.ts"

const nextIn = ({ request }: Loading) => new URL(request.url).searchParams.get("next")

export const loader = (loading: Loading) => askingOwner(visitOf(loading), nextIn(loading))

export async function action(loading: Loading) {
  return told(await answerAsOwner(visitOf(loading), await loading.request.formData(), nextIn(loading)))
}

type Shown = Exclude<Awaited<ReturnType<typeof askingOwner>>, Response>

/** Somebody has proven a phone whose account slept for long: one question, or an account of their own. */
export default function Owner({ loaderData: { words, sent, fresh }, actionData }: { loaderData: Shown; actionData?: Answer | undefined }) {
  const wrong = (...steps: string[]) => <Wrong refused={actionData && steps.includes(actionData.step) ? actionData.refused : undefined} />
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <section className="panel">
        <h2>{words.cardTitle}</h2>
        <Form method="post">
          {wrong("card")}
          <Field
            {...{ name: "digits", label: words.digits, hint: words.digitsHint, maxLength: 7, required: true }}
            inputMode="numeric"
            autoComplete="off"
          />
          <button className="button" name="step" value="card">
            {words.check}
          </button>
        </Form>
      </section>
      <section className="panel">
        <h2>{words.receiptTitle}</h2>
        <Form method="post">
          {wrong("receipt")}
          <Field {...{ name: "sum", label: words.sum, maxLength: 12, required: true }} inputMode="decimal" autoComplete="off" />
          <Field {...{ name: "day", label: words.day, type: "date", required: true }} />
          <button className="button" name="step" value="receipt">
            {words.check}
          </button>
        </Form>
      </section>
      <section className="panel">
        <h2>{words.mailTitle}</h2>
        {wrong("mail", "code")}
        {sent && (
          <Form method="post">
            <p role="status">{words.mailSent}</p>
            <Field
              {...{ name: "code", label: words.code, maxLength: 7, required: true }}
              className="code"
              inputMode="numeric"
              autoComplete="one-time-code"
            />
            <button className="button" name="step" value="code">
              {words.check}
            </button>
          </Form>
        )}
        <Form method="post">
          {!sent && <p>{words.mailLead}</p>}
          <p className="row">
            <button className="button quiet" name="step" value="mail">
              {sent ? words.mailAgain : words.mail}
            </button>
          </p>
        </Form>
      </section>
      <section className="panel tinted">
        <h2>{words.newTitle}</h2>
        <p>{words.newLead}</p>
        <p className="row">
          <To className="button quiet" to={fresh}>
            {words.fresh}
          </To>
        </p>
      </section>
    </main>
  )
}
