import { Form } from "react-router"
import { CodeForm } from "../parts/code-form.tsx"
import { Field, Wrong } from "../parts/field.tsx"
import { To } from "../parts/link.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { type Answer, recover, recovering } from "./page.server.ts"

const nextIn = ({ request }: Loading) => new URL(request.url).searchParams.get("next")

export const loader = (loading: Loading) => recovering(visitOf(loading), nextIn(loading))

export async function action(loading: Loading) {
  return told(await recover(visitOf(loading), await loading.request.formData(), nextIn(loading)))
}

const STEPS = { code: "code", again: "resend", mail: "resend-mail", other: "other" }

type Props = { loaderData: Awaited<ReturnType<typeof recovering>>; actionData?: Answer | undefined }

export default function Recover({ loaderData: { words, at, sent, signIn }, actionData }: Props) {
  const refused = actionData?.refused
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      {sent ? (
        <CodeForm {...{ words, sent, refused }} steps={STEPS} />
      ) : at === "proven" ? (
        <>
          <h1>{words.newTitle}</h1>
          <p className="lead">{words.newLead}</p>
          <Form method="post">
            <Wrong refused={refused} fields={["password"]} />
            <Field
              {...{ name: "password", label: words.password, refused }}
              type="password"
              autoComplete="new-password"
              required
              maxLength={300}
            />
            <button className="button wide">{words.save}</button>
          </Form>
        </>
      ) : (
        <>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          <Form method="post" noValidate>
            <Wrong refused={refused} fields={["phone"]} />
            <PhoneField label={words.phone} typed={actionData?.phone} refused={refused} />
            <button className="button wide" name="step" value="sms">
              {words.bySms}
            </button>
            <button className="button quiet wide" name="step" value="email">
              {words.byEmail}
            </button>
          </Form>
          <p className="soft after">
            {words.back} <To to={signIn}>{words.signIn}</To>
          </p>
          <p className="soft">
            <To to="/recover/number">{words.lostNumber}</To>
          </p>
        </>
      )}
    </main>
  )
}
