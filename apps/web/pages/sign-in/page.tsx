import { Form, redirect } from "react-router"
import { safeNext } from "../parts/address.ts"
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
  const next = nextIn(loading)
  return visit.session ? redirect(safeNext(next, visit.locale)) : signingIn(visit, next)
}

const nextIn = ({ request }: Loading) => new URL(request.url).searchParams.get("next")

export async function action(loading: Loading) {
  return told(await signIn(visitOf(loading), await loading.request.formData(), nextIn(loading)))
}

const STEPS = { code: "code", again: "resend", mail: "resend-mail", other: "other" }

type Props = { loaderData: Awaited<ReturnType<typeof signingIn>>; actionData?: Answer | undefined }

export default function SignIn({ loaderData: { words, sent, ways, passkeys }, actionData }: Props) {
  const refused = actionData?.refused
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      <meta name="description" content={words.lead} />
      {sent ? (
        <CodeForm {...{ words, sent, refused }} steps={STEPS} ways={<OtherWays says={words.byPassword} />} />
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
            <To to={ways.recover}>{words.forgot}</To>
          </p>
          <p className="soft">
            {words.none} <To to={ways.register}>{words.register}</To>
          </p>
        </>
      )}
    </main>
  )
}

function OtherWays({ says }: { says: string }) {
  return (
    <Form method="post">
      <button className="link" name="step" value={STEPS.other}>
        {says}
      </button>
    </Form>
  )
}
