import { Form, redirect } from "react-router"
import { To } from "../../parts/link.tsx"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { actOnSubscriptions, mySubscriptions } from "./page.server.ts"
import { Push } from "./push.tsx"
import { Received } from "./received.tsx"
import type { SubscriptionWords } from "./words.ts"

export const loader = (loading: Loading) =>
  mySubscriptions(memberVisitOf(loading), { done: new URL(loading.request.url).searchParams.has("done") })

export async function action(loading: Loading) {
  const visit = memberVisitOf(loading)
  await actOnSubscriptions(visit, await loading.request.formData())
  return redirect(`${pathIn(visit.locale, "/my/subscriptions")}?done`)
}

type Data = Awaited<ReturnType<typeof loader>>

export default function Subscriptions({ loaderData }: { loaderData: Data }) {
  const { words, done, push, wishes, language, messages } = loaderData
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {done && (
        <p className="notice" role="status">
          {words.done}
        </p>
      )}
      <Matrix {...loaderData} />
      {push && <Push {...push} />}
      <Language words={words} language={language} />
      <OwnRules words={words} wishes={wishes} />
      <section className="panel">
        <h2>{words.last}</h2>
        <Received messages={messages} words={words} />
        <p className="row">
          <To to="/my/subscriptions/received">{words.received}</To>
        </p>
      </section>
    </main>
  )
}

/** What is written about, by which channel. */
function Matrix({ words, columns, profiling }: Pick<Data, "words" | "columns" | "profiling">) {
  return (
    <section className="panel">
      <h2>{words.what}</h2>
      <table className="matrix">
        <thead>
          <tr>
            <td />
            {columns.map(({ channel, title }) => (
              <th key={channel} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {words.service}
              <small>{words.serviceSays}</small>
            </th>
            {columns.map(({ channel, service }) => (
              <td key={channel}>
                <small>{service}</small>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{words.ads}</th>
            {columns.map(({ channel, title, ads }) => (
              <td key={channel}>
                <Toggle words={words} {...ads} title={`${words.ads}: ${title}`} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <ul className="rows">
        <li>
          <div className="two">
            <b>{words.profiling}</b>
            <Toggle words={words} {...profiling} title={words.profiling} />
          </div>
        </li>
      </ul>
    </section>
  )
}

type ToggleOf = { words: SubscriptionWords; purpose: string; version: number; on: boolean; theirs: string | null; title: string }

function Toggle({ words, purpose, version, on, theirs, title }: ToggleOf) {
  if (theirs && !on) return <small>{`${words.off}, ${theirs}`}</small>
  return (
    <Form method="post" className="inline" preventScrollReset>
      <input type="hidden" name="purpose" value={purpose} />
      <input type="hidden" name="version" value={version} />
      <small className={on ? "plus" : undefined}>{on ? words.on : words.off}</small>
      <button className="link" name="act" value={on ? "off" : "on"} aria-label={`${on ? words.turnOff : words.turnOn}: ${title}`}>
        {on ? words.turnOff : words.turnOn}
      </button>
    </Form>
  )
}

const LANGUAGES = [
  ["ru", "Русский"],
  ["be", "Беларуская"],
  ["en", "English"],
] as const

function Language({ words, language }: Pick<Data, "words" | "language">) {
  return (
    <section className="panel">
      <h2>{words.language}</h2>
      <p className="soft">{words.languageSays}</p>
      <Form method="post" preventScrollReset>
        <Choice name="language" label={words.language} value={language} choices={LANGUAGES} />
        <button className="button quiet" name="act" value="language">
          {words.keep}
        </button>
      </Form>
    </section>
  )
}

/** What everybody is promised, and what a person wants beside it. */
function OwnRules({ words, wishes }: Pick<Data, "words" | "wishes">) {
  return (
    <section className="panel">
      <h2>{words.rules}</h2>
      <ul className="rows">
        {words.promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ul>
      <h3>{words.own}</h3>
      <Form method="post" preventScrollReset>
        <Choice name="from" label={words.quietFrom} value={wishes.from} choices={wishes.evenings.map((hour) => [hour, `${hour}:00`])} />
        <Choice name="until" label={words.quietUntil} value={wishes.until} choices={wishes.mornings.map((hour) => [hour, `${hour}:00`])} />
        <Choice name="most" label={words.most} value={wishes.most} choices={wishes.weeks.map((count) => [count, String(count)])} />
        <button className="button" name="act" value="wishes">
          {words.keep}
        </button>
      </Form>
    </section>
  )
}

function Choice({
  name,
  label,
  value,
  choices,
}: {
  name: string
  label: string
  value: number | string
  choices: readonly (readonly [number | string, string])[]
}) {
  return (
    <p className="field">
      <label htmlFor={`wish-${name}`}>{label}</label>
      <select id={`wish-${name}`} name={name} defaultValue={value}>
        {choices.map(([choice, says]) => (
          <option key={choice} value={choice}>
            {says}
          </option>
        ))}
      </select>
    </p>
  )
}
