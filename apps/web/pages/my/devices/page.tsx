import { Form, useSearchParams } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Field, Wrong } from "../../parts/field.tsx"
import { PhoneField } from "../../parts/phone-field.tsx"
import { useRoot } from "../../parts/root-data.ts"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { PasskeyProof, Passkeys } from "./passkeys.tsx"
import { actOnDevices, type Answer, myDevices } from "./page.server.ts"

const askedOf = ({ request }: Loading) => new URL(request.url).searchParams

export function loader(loading: Loading) {
  const asked = askedOf(loading)
  return myDevices(memberVisitOf(loading), { prove: asked.get("prove"), done: asked.get("done"), letter: asked.get("letter") })
}

export async function action(loading: Loading) {
  return told(await actOnDevices(memberVisitOf(loading), await loading.request.formData(), askedOf(loading).get("prove")))
}

type Shown = Awaited<ReturnType<typeof myDevices>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function Devices({ loaderData, actionData }: Props) {
  const { words, done, waits, codeFor, wantsProof } = loaderData
  const refused = actionData?.refused
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      {waits && (
        <Form method="post" className="panel tinted">
          <p role="status">{waits.says}</p>
          <button className="button" name="act" value="stop-number">
            {waits.no}
          </button>
        </Form>
      )}
      {loaderData.letter && !done && <Letter loaderData={loaderData} />}
      <Wrong refused={refused} fields={["code", "password", "phone", "email"]} />
      {codeFor ? (
        <CodePanel words={words} says={codeFor.says} refused={refused} />
      ) : (
        (wantsProof || refused?.code === "reauth_required") && <ProofPanel loaderData={loaderData} />
      )}
      <Sessions loaderData={loaderData} />
      {loaderData.passes.length > 0 && <Passes loaderData={loaderData} />}
      {loaderData.passkeys && <Passkeys shown={loaderData.passkeys} />}
      {!codeFor && (
        <>
          <section className="panel">
            <h2>{words.passwordTitle}</h2>
            <p className="soft">{loaderData.hasPassword ? words.passwordHas : words.passwordNone}</p>
            <Form method="post">
              <Field
                {...{ name: "password", label: words.password, refused }}
                type="password"
                autoComplete="new-password"
                required
                maxLength={300}
              />
              <button className="button wide" name="act" value="password">
                {words.save}
              </button>
            </Form>
          </section>
          <section className="panel">
            <h2>{words.phoneTitle}</h2>
            <p className="soft">{loaderData.phone}</p>
            <Form method="post">
              <PhoneField label={words.phoneNew} refused={refused} />
              <button className="button quiet wide" name="act" value="ask-phone">
                {words.phoneSend}
              </button>
            </Form>
          </section>
          <section className="panel">
            <h2>{words.emailTitle}</h2>
            <p className="soft">{loaderData.email}</p>
            {loaderData.emailWaits && !loaderData.letter?.asks && (
              <Form method="post" className="panel tinted">
                <p>{words.emailWaits}</p>
                <button className="button quiet" name="act" value="ask-own-email">
                  {words.emailProve}
                </button>
              </Form>
            )}
            <Form method="post">
              <Field {...{ name: "email", label: words.emailNew, refused }} type="email" autoComplete="email" required maxLength={254} />
              <button className="button quiet wide" name="act" value="ask-email">
                {words.emailSend}
              </button>
            </Form>
          </section>
        </>
      )}
    </main>
  )
}

/** The letter that came at joining: one tap, and the address is theirs. */
function Letter({ loaderData: { words, letter } }: { loaderData: Shown }) {
  const token = useSearchParams()[0].get("letter") ?? ""
  return letter?.asks ? (
    <Form method="post" action="?" className="panel tinted">
      <p role="status">{letter.says}</p>
      <input type="hidden" name="letter" value={token} />
      <p className="row">
        <button className="button" name="act" value="letter">
          {words.letterYes}
        </button>
      </p>
    </Form>
  ) : (
    <p className="notice" role="status">
      {letter?.says}
    </p>
  )
}

function Sessions({ loaderData: { words, sessions } }: { loaderData: Shown }) {
  const { locale } = useRoot()
  return (
    <section className="panel">
      <h2>{words.sessions}</h2>
      <ul className="rows">
        {sessions.map(({ sessionId, device, here, seen }) => (
          <li key={sessionId}>
            <div className="two">
              <b>{device}</b>
              {here ? (
                <span className="soft">{words.here}</span>
              ) : (
                <Form method="post" className="inline">
                  <input type="hidden" name="session" value={sessionId} />
                  <button className="link" name="act" value="end" aria-label={`${words.end}: ${device}`}>
                    {words.end}
                  </button>
                </Form>
              )}
            </div>
            <small>{seen}</small>
          </li>
        ))}
      </ul>
      <div className="row">
        {sessions.length > 1 && (
          <Form method="post" className="inline">
            <button className="button quiet small" name="act" value="end-others">
              {words.endAll}
            </button>
          </Form>
        )}
        <Form method="post" action={pathIn(locale, "/my/sign-out")} reloadDocument className="inline">
          <button className="button quiet small">{words.signOut}</button>
        </Form>
      </div>
    </section>
  )
}

/** The card in wallets of phones, wherever those are. */
function Passes({ loaderData: { words, passes } }: { loaderData: Shown }) {
  return (
    <section className="panel" id="passes">
      <h2>{words.passesTitle}</h2>
      <ul className="rows">
        {passes.map(({ passId, name, says }) => (
          <li key={passId}>
            <div className="two">
              <b>{name}</b>
              <Form method="post" className="inline">
                <input type="hidden" name="pass" value={passId} />
                <button className="link" name="act" value="remove-pass" aria-label={`${words.passRemove}: ${name}`}>
                  {words.passRemove}
                </button>
              </Form>
            </div>
            <small>{says}</small>
          </li>
        ))}
      </ul>
      <p className="soft">{words.passesSays}</p>
    </section>
  )
}

function CodePanel({ words, says, refused }: { words: Shown["words"]; says: string; refused: Answer["refused"] | undefined }) {
  return (
    <section className="panel tinted">
      <h2>{says}</h2>
      <Form method="post">
        <Field
          {...{ name: "code", label: words.code, refused }}
          className="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          required
        />
        <button className="button wide" name="act" value="confirm">
          {words.confirm}
        </button>
      </Form>
      <Form method="post" className="row">
        <button className="link" name="act" value="cancel">
          {words.cancel}
        </button>
      </Form>
    </section>
  )
}

function ProofPanel({ loaderData: { words, proveSays, passkeys } }: { loaderData: Shown }) {
  return (
    <section className="panel tinted">
      <h2>{words.proveTitle}</h2>
      <p>{proveSays}</p>
      <Form method="post">
        <button className="button wide" name="act" value="ask-proof">
          {words.proveSend}
        </button>
      </Form>
      {passkeys && <PasskeyProof shown={passkeys} />}
    </section>
  )
}
