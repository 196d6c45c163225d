import { Form } from "react-router"
import { To } from "../parts/link.tsx"
import { type Loading, visitOf } from "../visit-context.ts"
import { answerLetter, readLetter } from "./number.server.ts"

const tokenIn = ({ request }: Loading) => new URL(request.url).searchParams.get("t") ?? ""

export const loader = (loading: Loading) => readLetter(visitOf(loading), tokenIn(loading))

export async function action(loading: Loading) {
  const yes = (await loading.request.formData()).get("act") === "yes"
  return answerLetter(visitOf(loading), { token: tokenIn(loading), yes })
}

type Props = { loaderData: Awaited<ReturnType<typeof readLetter>>; actionData?: { done: string } | undefined }

export default function Letter({ loaderData: { words, says, asks, stops }, actionData }: Props) {
  return (
    <main id="main" className="page narrow">
      <title>{words.letterTitle}</title>
      <h1>{words.letterTitle}</h1>
      {actionData ? (
        <p className="notice" role="status">
          {actionData.done}
        </p>
      ) : (
        <>
          <p className="lead">{says}</p>
          {!stops && (
            <p className="row">
              <To className="button quiet" to="/recover/number">
                {words.askAgain}
              </To>
            </p>
          )}
          {stops && (
            <Form method="post">
              {asks && (
                <button className="button wide" name="act" value="yes">
                  {words.yes}
                </button>
              )}
              <button className="button quiet wide" name="act" value="no">
                {words.no}
              </button>
            </Form>
          )}
        </>
      )}
    </main>
  )
}
