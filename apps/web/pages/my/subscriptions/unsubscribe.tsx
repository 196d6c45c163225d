import { inTransaction } from "@mila/kernel"
import { endAdvertising, readUnsubscribe } from "@mila/membership"
import { Form } from "react-router"
import { To } from "../../parts/link.tsx"
import { type Loading, visitOf } from "../../visit-context.ts"
import { SUBSCRIPTIONS } from "./words.ts"

// A link in a letter: looking at it changes nothing, for scanners of mail look too; the button does (security case A57). It names nobody.

export async function loader(loading: Loading) {
  const { db, locale } = visitOf(loading)
  const words = SUBSCRIPTIONS[locale]
  const token = new URL(loading.request.url).searchParams.get("t") ?? ""
  const meant = await inTransaction(db, async (tx) => readUnsubscribe(tx, token))
  return { words, says: meant ? words.unsubscribeSays.replace("{channel}", words.channels[meant.purpose]) : null }
}

export async function action(loading: Loading) {
  const { db, clock } = visitOf(loading)
  const token = new URL(loading.request.url).searchParams.get("t") ?? ""
  const done = await inTransaction(db, (tx) => endAdvertising(tx, { token, at: clock.now() }))
  return { done }
}

type Props = { loaderData: Awaited<ReturnType<typeof loader>>; actionData?: { done: boolean } | undefined }

export default function Unsubscribe({ loaderData: { words, says }, actionData }: Props) {
  return (
    <main id="main" className="page narrow">
      <title>{words.unsubscribeTitle}</title>
      <h1>{words.unsubscribeTitle}</h1>
      {actionData?.done ? (
        <p className="notice" role="status">
          {words.unsubscribed}
        </p>
      ) : says === null ? (
        <>
          <p className="lead">{words.unsubscribeBad}</p>
          <p className="row">
            <To className="button" to="/my/subscriptions">
              {words.title}
            </To>
          </p>
        </>
      ) : (
        <>
          <p className="lead">{says}</p>
          <Form method="post">
            <button className="button wide">{words.unsubscribeDo}</button>
          </Form>
          <p className="row">
            <To to="/my/subscriptions/received">{words.unsubscribeWhy}</To>
          </p>
        </>
      )}
    </main>
  )
}
