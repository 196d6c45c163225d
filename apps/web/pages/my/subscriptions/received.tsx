import { To } from "../../parts/link.tsx"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { myMessages } from "./received.server.ts"
import type { SubscriptionWords } from "./words.ts"

export function loader(loading: Loading) {
  const before = Number(new URL(loading.request.url).searchParams.get("before"))
  return myMessages(memberVisitOf(loading), { before: Number.isSafeInteger(before) && before > 0 ? before : undefined })
}

type Row = { messageId: number; text: string; says: string; why: string; became: string }

/** Messages with their reasons; on the page of subscriptions the last few. */
export function Received({ messages, words }: { messages: readonly Row[]; words: SubscriptionWords }) {
  if (messages.length === 0) return <p className="soft">{words.lastNone}</p>
  return (
    <ul className="rows">
      {messages.map(({ messageId, text, says, why, became }) => (
        <li key={messageId}>
          <span className="message">{text}</span>
          <small>{`${says}\u00a0· ${became}`}</small>
          <small>
            {words.whyMine}: {why}
          </small>
        </li>
      ))}
    </ul>
  )
}

export default function MyMessages({ loaderData: { words, messages, older } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page">
      <title>{words.received}</title>
      <h1>{words.received}</h1>
      <p className="lead">{words.receivedLead}</p>
      <section className="panel">
        <Received messages={messages} words={words} />
        {older !== null && (
          <p className="row">
            <To className="button quiet" to={`/my/subscriptions/received?before=${older}`}>
              {words.older}
            </To>
          </p>
        )}
      </section>
      <p>
        <To to="/my/subscriptions">{words.title}</To>
      </p>
    </main>
  )
}
