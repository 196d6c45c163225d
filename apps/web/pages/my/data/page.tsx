import { Form } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { Wrong } from "../../parts/field.tsx"
import { Icon } from "../../parts/icon.tsx"
import { To } from "../../parts/link.tsx"
import { useRoot } from "../../parts/root-data.ts"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { actOnData, myData } from "./page.server.ts"
import type { Answer } from "./requests.server.ts"

export const loader = (loading: Loading) => myData(memberVisitOf(loading), new URL(loading.request.url).searchParams.get("done"))

export async function action(loading: Loading) {
  const answer = await actOnData(memberVisitOf(loading), await loading.request.formData())
  return "refused" in answer && answer.refused ? told({ ...answer, refused: answer.refused }) : answer
}

type Shown = Awaited<ReturnType<typeof myData>>

export default function MyData({ loaderData, actionData }: { loaderData: Shown; actionData?: Answer | undefined }) {
  const { words, done, leaves, person, disclosures, looks } = loaderData
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <Elsewhere />
      {leaves && (
        <section className="panel tinted" role="status">
          <p>{leaves}</p>
          <p className="row">
            <To className="button small" to="/my/data/leave">
              {words.leaveStay}
            </To>
          </p>
        </section>
      )}
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      <Wrong refused={actionData?.refused} />
      <section className="panel">
        <h2>{words.who}</h2>
        <dl className="facts">
          {(["name", "phone", "email", "birthday"] as const).map((field) => (
            <div key={field}>
              <dt>{words[field]}</dt>
              <dd>{person[field]}</dd>
            </div>
          ))}
        </dl>
        <p className="hint after">{person.since}</p>
        <p className="row">
          <To className="button quiet small" to="/my/data/person">
            {words.edit}
          </To>
        </p>
      </section>
      <Representation shown={loaderData.representation} />
      {loaderData.renew && <Renew renew={loaderData.renew} />}
      <Consents loaderData={loaderData} />
      <section className="panel">
        <h2>{words.shared}</h2>
        {disclosures.length === 0 ? <p className="soft">{words.sharedNone}</p> : null}
        <ul className="rows">
          {disclosures.map(({ recipient, says, when }, place) => (
            <li key={place}>
              <b>{recipient}</b>
              <small>
                {says} · {when}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{words.looked}</h2>
        {looks.length === 0 ? <p className="soft">{words.lookedNone}</p> : null}
        <ul className="rows">
          {looks.map(({ id, who, says, when }) => (
            <li key={id}>
              <span>{says}</span>
              <small>
                {when} · {who}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <Requests loaderData={loaderData} atHand={actionData?.atHand} />
      <section className="panel">
        <h2>{words.export}</h2>
        <p className="soft">{words.exportSays}</p>
        <p className="row">
          <To className="button quiet small" to="/my/data/copy">
            {words.export}
          </To>
        </p>
      </section>
      <section className="panel">
        <h2>{words.merge}</h2>
        <p className="soft">{words.mergeSays}</p>
        <p className="row">
          <To className="button quiet small" to="/my/data/merge">
            {words.merge}
          </To>
        </p>
      </section>
      <section className="panel">
        <h2>{words.leave}</h2>
        <p className="soft">{words.leaveSays}</p>
        <p className="row">
          <To className="button danger small" to="/my/data/leave">
            {words.leave}
          </To>
        </p>
      </section>
    </main>
  )
}

/** Who consented for somebody under sixteen, and who changes it. */
function Representation({ shown }: { shown: Shown["representation"] }) {
  if (shown === null) return null
  const { words, isYoung, says } = shown
  return (
    <section className="panel tinted">
      <h2>{words.title}</h2>
      <p>{says}</p>
      {isYoung ? (
        <>
          <p className="soft">
            {words.changes} <To to="/representative">{words.page}</To>
          </p>
          <p className="soft">{words.wrong}</p>
        </>
      ) : (
        <p className="row">
          <To className="button small" to="/my/sixteen">
            {words.answer}
          </To>
        </p>
      )}
    </section>
  )
}

/** Consents asked for anew, and terms that will change: named here, read and answered on a page of their own. */
function Renew({ renew: { title, says, act } }: { renew: NonNullable<Shown["renew"]> }) {
  return (
    <section className="panel tinted">
      <h2>{title}</h2>
      <ul>
        {says.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p className="row">
        <To className="button small" to="/my/data/renew">
          {act}
        </To>
      </p>
    </section>
  )
}

/** The sections that have no place under the thumb. */
function Elsewhere() {
  const { words, locale } = useRoot()
  return (
    <ul className="elsewhere narrow-nav">
      <li>
        <To to="/my/subscriptions">
          <Icon name="subscriptions" /> {words.subscriptions}
        </To>
      </li>
      <li>
        <To to="/my/reviews">
          <Icon name="reviews" /> {words.reviews}
        </To>
      </li>
      <li>
        <To to="/my/devices">
          <Icon name="devices" /> {words.devices}
        </To>
      </li>
      <li>
        <Form method="post" action={pathIn(locale, "/my/sign-out")} reloadDocument>
          <button className="link">
            <Icon name="signOut" /> {words.signOut}
          </button>
        </Form>
      </li>
    </ul>
  )
}

function Consents({ loaderData: { words, consents } }: { loaderData: Shown }) {
  return (
    <section className="panel" id="consents">
      <h2>{words.consents}</h2>
      <p className="soft">{words.consentsSays}</p>
      <ul className="rows">
        {consents.map(({ purpose, title, says, act, warns, version }) => (
          <li key={purpose}>
            <div className="two">
              <b>{title}</b>
              {act && (
                <Form method="post" className="inline">
                  <input type="hidden" name="purpose" value={purpose} />
                  <input type="hidden" name="version" value={version} />
                  <button className="link" name="act" value={act} aria-label={`${words[act]}: ${title}`}>
                    {words[act]}
                  </button>
                </Form>
              )}
            </div>
            <small>{says}</small>
            {warns && <small>{warns}</small>}
            <small>
              <To to={`/my/data/consent/${purpose}`} aria-label={`${words.open}: ${title}`}>
                {words.open}
              </To>
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Requests({ loaderData: { words, requests, kinds }, atHand }: { loaderData: Shown; atHand: Answer["atHand"] }) {
  return (
    <section className="panel">
      <h2>{words.requests}</h2>
      <p className="soft">{words.requestsSays}</p>
      <ul className="rows">
        {requests.map(({ requestId, title, when, state, answer, isLong, hasCopy, appeal }) => (
          <li key={requestId}>
            <b>{title}</b>
            <small>
              {when} · {state}
            </small>
            {answer && isLong ? (
              <details>
                <summary>{words.answer}</summary>
                <p className="said">{answer}</p>
              </details>
            ) : (
              answer && <p className="said">{answer}</p>
            )}
            {hasCopy && (
              <small>
                <To to="/my/data/copy">{words.export}</To>
              </small>
            )}
            {appeal && <p className="hint">{appeal}</p>}
          </li>
        ))}
      </ul>
      {atHand && <AtHand atHand={atHand} words={words} />}
      {/* what was sent is gone from the form, and the fold closes over it */}
      <details key={requests.length}>
        <summary>{words.send}</summary>
        <Form method="post">
          <p className="field">
            <label htmlFor="kind">{words.kind}</label>
            <select id="kind" name="kind">
              {kinds.map(([kind, word]) => (
                <option key={kind} value={kind}>
                  {word}
                </option>
              ))}
            </select>
          </p>
          <p className="field">
            <label htmlFor="essence">{words.essence}</label>
            <textarea id="essence" name="essence" rows={4} maxLength={2000} />
          </p>
          <button className="button wide" name="act" value="request">
            {words.send}
          </button>
        </Form>
      </details>
    </section>
  )
}

/** What was asked for by an application is one touch away: that first, and the application all the same beneath. */
function AtHand({ atHand: { kind, essence }, words }: { atHand: NonNullable<Answer["atHand"]>; words: Shown["words"] }) {
  return (
    <div className="notice" role="status">
      <p>{words.atHand[kind]}</p>
      <p className="row">
        {kind === "deletion" ? (
          <To className="button small" to="/my/data/leave">
            {words.leave}
          </To>
        ) : (
          <a className="button small" href="#consents">
            {words.toConsents}
          </a>
        )}
      </p>
      <Form method="post">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="essence" value={essence} />
        <input type="hidden" name="anyway" value="on" />
        <button className="link" name="act" value="request">
          {words.anyway}
        </button>
      </Form>
    </div>
  )
}
