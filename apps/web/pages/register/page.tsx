import { Form, redirect, useNavigation } from "react-router"
import { pathIn, safeNext } from "../parts/address.ts"
import { CodeForm } from "../parts/code-form.tsx"
import { BirthdayField } from "../parts/birthday.tsx"
import { ConsentTick } from "../parts/consent.tsx"
import { Field, Wrong } from "../parts/field.tsx"
import { KeepTyped } from "../parts/keep-typed.tsx"
import { To } from "../parts/link.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { ChildSteps } from "./child.tsx"
import { type Answer, register, registration } from "./page.server.ts"

export async function loader(loading: Loading) {
  const visit = visitOf(loading)
  const asked = new URL(loading.request.url).searchParams
  const next = asked.get("next")
  if (visit.session) return redirect(next === null ? pathIn(visit.locale, "/my/card") : safeNext(next, visit.locale))
  return registration(visit, { fresh: asked.get("fresh") === "1", asksChild: asked.get("child") === "1", next })
}

export async function action(loading: Loading) {
  const next = new URL(loading.request.url).searchParams.get("next")
  return told(await register(visitOf(loading), await loading.request.formData(), next))
}

type Shown = Awaited<ReturnType<typeof registration>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Register({ loaderData, actionData }: Props) {
  const { words, step, at, child, sent, ways } = loaderData
  return (
    <main id="main" className="page narrow">
      <title>{words.title}</title>
      <meta name="description" content={words.lead} />
      <KeepTyped />
      <p className="step">{step}</p>
      {at === "phone" ? (
        <Phone loaderData={loaderData} actionData={actionData} />
      ) : sent ? (
        <CodeForm {...{ words, sent, refused: actionData?.refused }} ways={<To to={ways.signIn}>{words.bySignIn}</To>} />
      ) : child ? (
        <ChildSteps shown={loaderData} child={child} actionData={actionData} />
      ) : (
        <Details loaderData={loaderData} actionData={actionData} />
      )}
    </main>
  )
}

function Phone({ loaderData: { words, ways }, actionData }: Props) {
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Form method="post" noValidate>
        <Wrong refused={actionData?.refused} fields={["phone"]} />
        <PhoneField label={words.phone} hint={words.phoneHint} typed={actionData?.typed["phone"]} refused={actionData?.refused} />
        <button className="button wide" name="step" value="phone">
          {words.send}
        </button>
      </Form>
      <p className="soft after">
        {words.have} <To to={ways.signIn}>{words.signIn}</To>
      </p>
    </>
  )
}

function Details({ loaderData: { words, phone, texts, fresh, ways }, actionData }: Props) {
  const busy = useNavigation().state !== "idle"
  const typed = actionData?.typed ?? {}
  const refused = actionData?.refused
  const text = (name: string) => ({ name, defaultValue: typed[name] ?? "", refused, maxLength: 100 })
  const ticks = (kind: Shown["texts"][number]["kind"]) =>
    texts
      .filter((one) => one.kind === kind)
      .map((one) => (
        <ConsentTick
          key={one.purpose}
          text={one}
          labels={words.fields}
          read={words.read}
          needed={kind === "needed"}
          ticked={`consent_${one.purpose}` in typed}
        />
      ))
  return (
    <>
      <h1>{words.detailsTitle}</h1>
      <p className="lead">{words.detailsLead.replace("{phone}", phone)}</p>
      <p className="notice plain">
        <To to={ways.child}>{words.child}</To>
        <small className="block">{words.childSays}</small>
      </p>
      <Form method="post">
        {(fresh || typed["fresh"] === "1") && <input type="hidden" name="fresh" value="1" />}
        <Wrong refused={refused} fields={["given", "email", "birthday"]} />
        <Field {...text("given")} label={words.given} autoComplete="given-name" required />
        <Field {...text("family")} label={words.family} autoComplete="family-name" />
        <Field {...text("patronymic")} label={words.patronymic} note={words.optional} autoComplete="additional-name" />
        <Field {...text("email")} label={words.email} note={words.optional} hint={words.emailHint} type="email" autoComplete="email" />
        <BirthdayField
          words={words}
          day={typed["birth_day"] ?? ""}
          month={typed["birth_month"] ?? ""}
          wrong={refused?.field === "birthday" ? refused.says : undefined}
        />
        <fieldset className="group">
          <legend>{words.needed}</legend>
          {ticks("needed")}
        </fieldset>
        <fieldset className="group">
          <legend>{words.asked}</legend>
          {ticks("asked")}
        </fieldset>
        <button className="button wide" name="step" value="details" disabled={busy}>
          {words.make}
        </button>
      </Form>
    </>
  )
}
