import { Form, useNavigation } from "react-router"
import { BirthdayField } from "../../parts/birthday.tsx"
import { Field, Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { type Answer, changeMyself, myPerson } from "./person.server.ts"
import { Prove } from "./prove.tsx"

export const loader = (loading: Loading) => myPerson(memberVisitOf(loading))

export async function action(loading: Loading) {
  return told(await changeMyself(memberVisitOf(loading), await loading.request.formData()))
}

type Shown = Awaited<ReturnType<typeof myPerson>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Person({ loaderData, actionData }: Props) {
  const { words, proven, history } = loaderData
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <p>
        <To to="/my/data">← {words.back}</To>
      </p>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Wrong refused={actionData?.refused} fields={["given", "birthday"]} />
      {proven ? <Changing loaderData={loaderData} actionData={actionData} /> : <Prove words={words} next="/my/data/person" />}
      <section className="panel">
        <h2>{words.history}</h2>
        <ul className="rows">
          {history.map(({ says, who, when }, place) => (
            <li key={place}>
              <span>{says}</span>
              <small>
                {when} · {who}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <p className="after">
        <To to="/my/devices">{words.toSignIn}</To>
      </p>
    </main>
  )
}

function Changing({ loaderData: { words, fieldWords, name, birthday, rests }, actionData }: Props) {
  const busy = useNavigation().state !== "idle"
  const refused = actionData?.refused
  const typed = actionData?.typed
  return (
    <section className="panel">
      <Form method="post">
        <Field
          {...{ name: "given", label: words.given, refused, maxLength: 100 }}
          autoComplete="given-name"
          required
          defaultValue={typed?.given ?? name.given}
        />
        <Field
          {...{ name: "family", label: words.family, refused, maxLength: 100 }}
          autoComplete="family-name"
          defaultValue={typed?.family ?? name.family}
        />
        <Field
          {...{ name: "patronymic", label: words.patronymic, note: words.optional, refused, maxLength: 100 }}
          autoComplete="additional-name"
          defaultValue={typed?.patronymic ?? name.patronymic ?? ""}
        />
        {rests ? (
          <div className="field">
            <p>
              <b>{fieldWords.birthday}</b>
            </p>
            <p className="hint">{rests}</p>
            {birthday && (
              <label className="tick">
                <input type="checkbox" name="forget" />
                <span>{words.forget}</span>
              </label>
            )}
          </div>
        ) : (
          <BirthdayField
            words={fieldWords}
            day={typed?.birth_day ?? String(birthday?.day ?? "")}
            month={typed?.birth_month ?? String(birthday?.month ?? "")}
            wrong={refused?.field === "birthday" ? refused.says : undefined}
          />
        )}
        <button className="button wide" disabled={busy}>
          {words.save}
        </button>
      </Form>
    </section>
  )
}
