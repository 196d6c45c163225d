import { Form } from "react-router"
import { ConsentTick } from "../../parts/consent.tsx"
import { Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { type Answer, consentMyself, ownConsent } from "./page.server.ts"

export const loader = (loading: Loading) => ownConsent(memberVisitOf(loading))

export async function action(loading: Loading) {
  return told(await consentMyself(memberVisitOf(loading), await loading.request.formData()))
}

type Shown = Exclude<Awaited<ReturnType<typeof ownConsent>>, Response>

export default function Sixteen({ loaderData, actionData }: { loaderData: Shown; actionData?: Answer | undefined }) {
  const { words, labels, says, needed, asked } = loaderData
  const ticks = (texts: Shown["needed"], isNeeded: boolean) =>
    texts.map((text) => (
      <ConsentTick
        key={text.purpose}
        {...{ text, labels, read: words.read, needed: isNeeded }}
        ticked={actionData?.ticked.includes(text.purpose) ?? false}
      />
    ))
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <p className="notice">{says}</p>
      <Form method="post">
        <Wrong refused={actionData?.refused} />
        <fieldset className="group">
          <legend>{words.needed}</legend>
          {ticks(needed, true)}
        </fieldset>
        <fieldset className="group">
          <legend>{words.asked}</legend>
          {ticks(asked, false)}
        </fieldset>
        <button className="button wide">{words.agree}</button>
      </Form>
      <p className="after">
        <To to="/my/data/leave">{words.leave}</To>
      </p>
    </main>
  )
}
