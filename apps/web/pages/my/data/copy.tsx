import { useState } from "react"
import { Form } from "react-router"
import type { CopyForm } from "@mila/privacy"
import { Wrong } from "../../parts/field.tsx"
import { To } from "../../parts/link.tsx"
import { type Refused, told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { askForCopy, type Made, myCopy } from "./copy.server.ts"
import type { CopyWords } from "./copy-words.ts"
import { Prove } from "./prove.tsx"

export const loader = (loading: Loading) => myCopy(memberVisitOf(loading), { gone: new URL(loading.request.url).searchParams.has("gone") })

export async function action(loading: Loading) {
  const answer = await askForCopy(memberVisitOf(loading))
  return "refused" in answer ? told(answer) : answer
}

type Answer = Partial<Made & { refused: Refused }>
type Shown = Awaited<ReturnType<typeof loader>>

export default function MyCopy({ loaderData, actionData }: { loaderData: Shown; actionData?: Answer | undefined }) {
  const { words, proven, gone } = loaderData
  const links = actionData?.links
  return (
    <main id="main" className="page narrow-text">
      <title>{words.title}</title>
      <p>
        <To to="/my/data">← {words.back}</To>
      </p>
      <h1>{words.title}</h1>
      {gone && !links && (
        <p className="notice" role="status">
          {gone}
        </p>
      )}
      <Wrong refused={actionData?.refused} />
      <section className="panel">
        <p>{words.lead}</p>
        <p className="hint">{words.rule}</p>
        {proven && !links && <Ask says={words.ask} />}
      </section>
      {links && <Links key={links[0]?.href} links={links} until={actionData?.until ?? ""} words={words} />}
      {!proven && !links && <Prove words={words} next="/my/data/copy" />}
    </main>
  )
}

function Ask({ says, again = false }: { says: string; again?: boolean }) {
  return (
    <Form method="post" action="?" replace>
      <button className={again ? "link" : "button wide"}>{says}</button>
    </Form>
  )
}

/** What was downloaded is said to be: the link behind it opens nothing any more. */
function Links({ links, until, words }: { links: Made["links"]; until: string; words: CopyWords }) {
  const [taken, take] = useState<readonly CopyForm[]>([])
  return (
    <section className="panel tinted" role="status">
      <h2>{words.ready.replace("{time}", until)}</h2>
      <p className="row">
        {links.map(({ form, href }) =>
          taken.includes(form) ? (
            <span key={form} className="soft">
              ✓ {words.taken[form]}
            </span>
          ) : (
            <a key={form} className="button small" href={href} onClick={() => setTimeout(() => take([...taken, form]), 500)}>
              {words.take[form]}
            </a>
          ),
        )}
      </p>
      <p className="hint after">{words.keep}</p>
      {taken.length > 0 && <Ask says={words.again} again />}
    </section>
  )
}
