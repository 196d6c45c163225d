import { useRef } from "react"
import { data, Form, useNavigation } from "react-router"
import { Field, Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { CameraOrPicture } from "../../parts/scan/camera-or-picture.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { addMissing, type Answer, myMissing } from "./missing.server.ts"

export const loader = (loading: Loading) => myMissing(memberVisitOf(loading))

export async function action(loading: Loading) {
  const answer = await addMissing(memberVisitOf(loading), await loading.request.formData())
  return "refused" in answer ? told(answer) : data(answer)
}

type Props = { loaderData: Awaited<ReturnType<typeof myMissing>>; actionData?: Answer | undefined }

export default function Missing({ loaderData, actionData }: Props) {
  const { words, claims } = loaderData
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <p>
        <To to="/my/receipts">← {words.back}</To>
      </p>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {actionData && "says" in actionData && (
        <p className="notice" role="status">
          {actionData.says}
        </p>
      )}
      <Wrong refused={actionData && "refused" in actionData ? actionData.refused : undefined} fields={["uid", "day", "sum"]} />
      {actionData && "claimed" in actionData && actionData.claimed && <Dispute words={words} typed={actionData.typed} />}
      <Asking loaderData={loaderData} actionData={actionData} />
      {claims.length > 0 && (
        <section className="panel">
          <h2>{words.asked}</h2>
          <ul className="rows">
            {claims.map(({ claimId, title, says, receipt }) => (
              <li key={claimId}>
                <b>{title}</b>
                <small>
                  {says}
                  {receipt && (
                    <>
                      {" · "}
                      <To to={`/my/receipts/${encodeURIComponent(receipt)}`}>{words.open}</To>
                    </>
                  )}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

function Asking({ loaderData: { words, firstDay, today }, actionData }: Props) {
  const busy = useNavigation().state !== "idle"
  const refused = actionData && "refused" in actionData ? actionData.refused : undefined
  const typed = actionData?.typed
  const form = useRef<HTMLFormElement>(null)
  const field = (name: string) => {
    const found = form.current?.elements.namedItem(name)
    return found instanceof HTMLInputElement ? found : undefined
  }
  const fillIn = (found: string) => {
    const uid = field("uid")
    if (uid) uid.value = found
    field("day")?.focus() // what the square does not hold is still to be read off the paper
  }
  return (
    <section className="panel" key={JSON.stringify(typed)}>
      <CameraOrPicture wanted="receipt" words={words.camera} found={fillIn} />
      <Form method="post" ref={form}>
        <Field
          {...{ name: "uid", label: words.uid, hint: words.uidHint, refused, maxLength: 64, required: true }}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-uid=""
          defaultValue={typed?.uid ?? ""}
        />
        <Field
          {...{ name: "day", label: words.day, refused, type: "date", min: firstDay, max: today, required: true }}
          defaultValue={typed?.day ?? ""}
        />
        <Field
          {...{ name: "sum", label: words.sum, hint: words.sumHint, refused, maxLength: 12, required: true }}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={typed?.sum ?? ""}
        />
        <button className="button" disabled={busy}>
          {words.ask}
        </button>
      </Form>
    </section>
  )
}

/** Somebody else has the points of this receipt: a person decides. */
function Dispute({ words, typed }: { words: Props["loaderData"]["words"]; typed: Answer["typed"] }) {
  return (
    <Form method="post" className="panel">
      <p>{words.disputeSays}</p>
      {Object.entries(typed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className="button quiet" name="act" value="dispute">
        {words.dispute}
      </button>
    </Form>
  )
}
