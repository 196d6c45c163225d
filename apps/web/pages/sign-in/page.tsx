import { Form, redirect } from "react-router"
import { pathIn } from "../parts/address.ts"
import { CodeForm } from "../parts/code-form.tsx"
import { Field, Wrong } from "../parts/field.tsx"
import { To } from "../parts/link.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { PasskeyButton } from "./passkey-button.tsx"
import { type Answer, signIn, signingIn } from "./page.server.ts"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  return visit.session ? redirect(pathIn(visit.locale, "/my")) : signingIn(visit)
}

export async function action(loading: Loading) {
  const next = new URL(loading.request.url).searchParams.get("next")
  return told(await signIn(visitOf(loading), await loading.request.formData(), next))
}

type Props = { loaderData: Awaited<ReturnType<typeof signingIn>>; actionData?: Answer | undefined }

export default function SignIn({ loaderData: { words, at, phone, passkeys }, actionData }: Props) {
  const refused = actionData?.refused
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      <meta name="description" content={words.lead} />
      {at === "code" ? (
        <CodeForm words={words} phone={phone} refused={refused} />
      ) : (
        <>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          <Form method="post">
            <Wrong refused={refused} fields={["phone", "password"]} />
            <PhoneField label={words.phone} typed={actionData?.phone} refused={refused} autoComplete="tel webauthn" />
            <Field
              {...{ name: "password", label: words.password, refused }}
              type="password"
              autoComplete="current-password"
              maxLength={300}
            />
            <button className="button wide">{words.enter}</button>
            <button className="button quiet wide" name="step" value="ask">
              {words.byCode}
            </button>
          </Form>
          {passkeys && <PasskeyButton words={words} refused={refused} />}
          <p className="soft after">
            <To to="/recover">{words.forgot}</To>
          </p>
          <p className="soft">
            {words.none} <To to="/register">{words.register}</To>
          </p>
        </>
      )}
    </main>
  )
}
