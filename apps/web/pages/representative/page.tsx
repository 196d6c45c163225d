import { Form } from "react-router"
import { CodeForm } from "../parts/code-form.tsx"
import { ConsentText, ConsentTick } from "../parts/consent.tsx"
import { Wrong } from "../parts/field.tsx"
import { PhoneField } from "../parts/phone-field.tsx"
import { told } from "../words/refused.server.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { actAsRepresentative, type Answer, representing } from "./page.server.ts"

export const loader = (loading: Loading) => representing(visitOf(loading), new URL(loading.request.url).searchParams.get("done"))

export async function action(loading: Loading) {
  return told(await actAsRepresentative(visitOf(loading), await loading.request.formData()))
}

type Shown = Awaited<ReturnType<typeof representing>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Representative({ loaderData, actionData }: Props) {
  const { words, at, sent } = loaderData
  return (
    <main id="main" className={at === "proven" ? "page narrow-text" : "page narrow"}>
      <title>{words.title}</title>
      <meta name="robots" content="noindex" />
      {at === "phone" ? (
        <Phone loaderData={loaderData} actionData={actionData} />
      ) : sent ? (
        <CodeForm words={words} sent={sent} refused={actionData?.refused} />
      ) : (
        <Children loaderData={loaderData} actionData={actionData} />
      )}
    </main>
  )
}

function Phone({ loaderData: { words, desk }, actionData }: Props) {
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Form method="post" noValidate>
        <Wrong refused={actionData?.refused} fields={["phone"]} />
        <PhoneField label={words.phone} hint={words.phoneHint} typed={actionData?.typed} refused={actionData?.refused} />
        <button className="button wide" name="step" value="phone">
          {words.send}
        </button>
      </Form>
      <p className="soft after">{desk}</p>
    </>
  )
}

function Children({ loaderData, actionData }: Props) {
  const { words, phone, children, done, desk } = loaderData
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">{words.childrenLead.replace("{phone}", phone)}</p>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      {children.length === 0 && <p className="empty">{words.none}</p>}
      {children.map((child) => (
        <OneChild
          key={child.childId}
          child={child}
          loaderData={loaderData}
          refused={actionData?.about === child.childId ? actionData.refused : undefined}
        />
      ))}
      <Form method="post" className="row after">
        <button className="button quiet" name="step" value="other">
          {words.finish}
        </button>
      </Form>
      <p className="soft">{desk}</p>
    </>
  )
}

type OfChild = { child: Shown["children"][number]; loaderData: Shown; refused: Answer["refused"] | undefined }

function OneChild({ child, loaderData, refused }: OfChild) {
  const { words } = loaderData
  return (
    <section className="panel">
      <h2>{child.name}</h2>
      <Wrong refused={refused} />
      {child.ends === null ? (
        <>
          <p>{child.since}</p>
          <h3>{words.wishes}</h3>
          <ul className="rows">
            {child.wishes.map((wish) => (
              <Wish key={wish.text.purpose} wish={wish} childId={child.childId} words={words} />
            ))}
          </ul>
          <Ending child={child} loaderData={loaderData} />
        </>
      ) : (
        <Form method="post">
          <p role="status">
            <b>{child.ends}</b>
          </p>
          <input type="hidden" name="child" value={child.childId} />
          <ConsentTick text={loaderData.child!} labels={words.fields} read={words.read} needed />
          <button className="button" name="step" value="again">
            {words.agreeAgain}
          </button>
        </Form>
      )}
    </section>
  )
}

function Wish({
  wish: { text, isOn, says },
  childId,
  words,
}: {
  wish: OfChild["child"]["wishes"][number]
  childId: number
  words: Shown["words"]
}) {
  const act = isOn ? "withdraw" : "give"
  return (
    <li>
      <div className="two">
        <b>{text.title}</b>
        <Form method="post" className="inline" preventScrollReset>
          <input type="hidden" name="child" value={childId} />
          <input type="hidden" name="purpose" value={text.purpose} />
          <input type="hidden" name="version" value={text.version} />
          <button className="link" name="step" value={act} aria-label={`${words[act]}: ${text.title}`}>
            {words[act]}
          </button>
        </Form>
      </div>
      <small>{says}</small>
      <details>
        <summary>
          {words.read}: {text.title}
        </summary>
        <ConsentText text={text} labels={words.fields} />
      </details>
    </li>
  )
}

function Ending({ child: { childId }, loaderData: { words, hasCard } }: Pick<OfChild, "child" | "loaderData">) {
  return (
    <details className="after">
      <summary>{words.end}</summary>
      <Form method="post">
        <p>{words.endSays}</p>
        <input type="hidden" name="child" value={childId} />
        {hasCard && (
          <label className="tick">
            <input type="checkbox" name="gift" defaultChecked />
            <span>{words.gift}</span>
          </label>
        )}
        <label className="tick">
          <input type="checkbox" name="sure" required />
          <span>{words.sure}</span>
        </label>
        <button className="button danger" name="step" value="end">
          {words.endDo}
        </button>
      </Form>
    </details>
  )
}
