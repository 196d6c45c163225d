import { dayIn, dayText, inTransaction, MINSK, momentText } from "@mila/kernel"
import { consentHistory, currentTexts, heldBy, isPurpose, textOf } from "@mila/privacy"
import { data } from "react-router"
import { ConsentText } from "../../parts/consent.tsx"
import { To } from "../../parts/link.tsx"
import { REGISTER } from "../../register/words.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { DATA } from "./words.ts"

/** The very text a person agreed to, in the language they read it in, and everything that happened to it. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const { memberId } = session
  const purpose = loading.params["purpose"] ?? ""
  if (!isPurpose(purpose)) throw data(null, 404)
  const words = DATA[locale]
  return inTransaction(db, async (tx) => {
    const held = (await heldBy(tx, { memberId, at: clock.now() })).get(purpose)
    const text = held ? await textOf(tx, held) : (await currentTexts(tx, locale, clock.now())).get(purpose)
    if (!text) throw data(null, 404)
    const history = (await consentHistory(tx, memberId)).filter((event) => event.purpose === purpose)
    return {
      words,
      text,
      labels: REGISTER[locale].fields,
      version: words.version.replace("{version}", String(text.version)).replace("{day}", dayText(dayIn(MINSK, text.publishedAt), locale)),
      history: history.map(({ what, at, means, version }) => ({
        what: `${words.what[what]} · ${words.means[means]} · ${version}`,
        at: momentText(at, locale),
      })),
    }
  })
}

export default function Consent({
  loaderData: { words, text, labels, version, history },
}: {
  loaderData: Awaited<ReturnType<typeof loader>>
}) {
  return (
    <main id="main" className="page">
      <title>{text.title}</title>
      <p>
        <To to="/my/data">← {words.title}</To>
      </p>
      <h1>{text.title}</h1>
      <p className="lead">{version}</p>
      <section className="panel" lang={text.locale}>
        <p>
          <b>{text.ask}</b>
        </p>
        <ConsentText text={text} labels={labels} />
      </section>
      {history.length > 0 && (
        <section className="panel">
          <h2>{words.history}</h2>
          <ul className="rows">
            {history.map(({ what, at }, place) => (
              <li key={place} className="two">
                <span>{what}</span>
                <small>{at}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}
