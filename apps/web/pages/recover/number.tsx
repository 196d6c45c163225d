import { Form } from "react-router"
import { CodeForm } from "../parts/code-form.tsx"
import { Field, Wrong } from "../parts/field.tsx"
import { To } from "../parts/link.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { type Answer, loseNumber, losingNumber } from "./number.server.ts"

export const loader = (loading: Loading) => losingNumber(visitOf(loading), new URL(loading.request.url).searchParams.has("sent"))

export async function action(loading: Loading) {
  return told(await loseNumber(visitOf(loading), await loading.request.formData()))
}

type Props = { loaderData: Awaited<ReturnType<typeof losingNumber>>; actionData?: Answer | undefined }

export default function LostNumber({ loaderData, actionData }: Props) {
  const { words, at, code } = loaderData
  const refused = actionData?.refused
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      {code ? (
        <CodeForm words={words} sent={code} refused={refused} />
      ) : at === "proven" ? (
        <Facts loaderData={loaderData} actionData={actionData} />
      ) : at === "sent" ? (
        <>
          <h1>{words.title}</h1>
          <p className="notice" role="status">
            {words.sent}
          </p>
        </>
      ) : (
        <>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          <Form method="post" noValidate>
            <Wrong refused={refused} fields={["phone"]} />
            <PhoneField label={words.phone} typed={actionData?.typed.phone} refused={refused} />
            <button className="button wide" name="step" value="send">
              {words.send}
            </button>
          </Form>
          <p className="soft after">
            {words.back} <To to="/sign-in">{words.signIn}</To>
          </p>
        </>
      )}
    </main>
  )
}

function Facts({ loaderData: { words }, actionData }: Props) {
  const refused = actionData?.refused
  return (
    <>
      <h1>{words.factsTitle}</h1>
      <p className="lead">{words.factsLead}</p>
      <Form method="post">
        <Wrong refused={refused} />
        <PhoneField label={words.oldPhone} typed={actionData?.typed.phone} />
        <Field
          {...{ name: "email", label: words.email, type: "email", maxLength: 200, required: true }}
          autoComplete="email"
          defaultValue={actionData?.typed.email ?? ""}
        />
        <Field
          {...{ name: "fact", label: words.fact, hint: words.factHint, maxLength: 12, required: true }}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={actionData?.typed.fact ?? ""}
        />
        <button className="button wide" name="step" value="ask">
          {words.ask}
        </button>
      </Form>
    </>
  )
}
