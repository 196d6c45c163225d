import { Form } from "react-router"
import { Field, Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { type Answer, leave, leaving } from "./leave.server.ts"
import { Prove } from "./prove.tsx"

export const loader = (loading: Loading) => leaving(memberVisitOf(loading))

export async function action(loading: Loading) {
  return told(await leave(memberVisitOf(loading), await loading.request.formData()))
}

type Props = { loaderData: Awaited<ReturnType<typeof leaving>>; actionData?: Answer | undefined }

export default function Leave({ loaderData, actionData }: Props) {
  const { words, goes, gives, wrote, proven, leaves } = loaderData
  const refused = actionData?.refused
  return (
    <main id="main" className="page narrow-text">
      <title>{words.leaveTitle}</title>
      <p>
        <To to="/my/data">← {words.title}</To>
      </p>
      <h1>{words.leaveTitle}</h1>
      <Wrong refused={refused} fields={["gift"]} />
      {leaves && (
        <Form method="post" className="panel tinted">
          <p role="status">{leaves}</p>
          <button className="button" name="act" value="stay">
            {words.leaveStay}
          </button>
        </Form>
      )}
      <section className="panel">
        <h2>{words.leaveGoes}</h2>
        <p>{goes}</p>
        {gives && (
          <p className="after">
            <To to="/my/card">{words.leaveSpend}</To>
          </p>
        )}
      </section>
      <section className="panel">
        <h2>{words.leaveStays}</h2>
        {words.leaveStaysSays.map((says) => (
          <p key={says}>{says}</p>
        ))}
      </section>
      {leaves ? null : proven ? (
        <Form method="post" className="panel">
          <p>{words.leaveGrace}</p>
          {gives && (
            <Field
              {...{ name: "gift", label: words.leaveGift, hint: words.leaveGiftSays, note: words.leaveGiftNote, refused }}
              type="tel"
              inputMode="tel"
              autoComplete="off"
              defaultValue={actionData?.gift ?? ""}
            />
          )}
          {wrote && (
            <label className="tick">
              <input type="checkbox" name="keep" defaultChecked={actionData?.keepsReviews ?? false} />
              <span>
                {words.leaveKeep}
                <br />
                <small className="soft">{words.leaveKeepSays}</small>
              </span>
            </label>
          )}
          <label className="tick">
            <input type="checkbox" name="sure" required />
            <span>{words.leaveSure}</span>
          </label>
          <div className="row">
            <button className="button danger">{words.leaveDo}</button>
            <To className="button quiet" to="/my/data">
              {words.leaveStay}
            </To>
          </div>
        </Form>
      ) : (
        <Prove words={words} next="/my/data/leave" />
      )}
    </main>
  )
}
