import { dayIn, dayText, inTransaction, MINSK, momentText } from "@mila/kernel"
import { isChild } from "@mila/members"
import { consentHistory, currentTexts, heldBy, isPurpose, PURPOSES, textOf } from "@mila/privacy"
import { data, Form } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { ConsentText } from "../../parts/consent.tsx"
import { To } from "../../parts/link.tsx"
import { useRoot } from "../../parts/root-data.ts"
import { REGISTER } from "../../register/words.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { CHILD_DATA } from "./child-words.ts"
import { consentAct, consentState, withdrawalWarns } from "./page.server.ts"
import { DATA } from "./words.ts"

/** The very text a person agreed to, in the language they read it in, how long it holds, and everything that happened to it; `?v=` shows a version of before. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const { memberId } = session
  const at = clock.now()
  const purpose = loading.params["purpose"] ?? ""
  if (!isPurpose(purpose)) throw data(null, 404)
  const words = DATA[locale]
  const asked = Number(new URL(loading.request.url).searchParams.get("v"))
  return inTransaction(db, async (tx) => {
    const held = (await heldBy(tx, { memberId, at })).get(purpose)
    const isYoung = await isChild(tx, { memberId, at })
    const history = (await consentHistory(tx, memberId)).filter((event) => event.purpose === purpose)
    const current = (await currentTexts(tx, locale, at)).get(purpose)
    const before = history.find(({ what, version }) => what === "given" && version === asked)
    const agreed = before ?? held
    const text = agreed ? await textOf(tx, agreed) : current
    if (!text || !current) throw data(null, 404)
    const said = { version: String(text.version), day: dayText(dayIn(MINSK, text.publishedAt), locale) }
    const versionSaid = (version: number) => words.versionShort.replace("{version}", String(version))
    const act = consentAct(purpose, { isGiven: held !== undefined, isYoung })
    return {
      ...{ words, purpose, text, labels: REGISTER[locale].fields },
      version: words.version.replace("{version}", said.version).replace("{day}", said.day),
      says: consentState(held, { purpose, isYoung, words, locale }),
      needed: PURPOSES[purpose].basis === "contract" ? words.needed : null,
      ...{ act, warns: withdrawalWarns(purpose, act, words) },
      current: current.version,
      history: history.map(({ what, at: when, means, version, by }) => ({
        what: `${words.what[what]} · ${words.means[means]} ·${by.startsWith("representative:") ? ` ${CHILD_DATA[locale].by} ·` : ""}`,
        version: versionSaid(version),
        open: what === "given" && version !== text.version ? version : null,
        at: momentText(when, locale),
      })),
    }
  })
}

type Shown = Awaited<ReturnType<typeof loader>>

export default function Consent({ loaderData }: { loaderData: Shown }) {
  const { words, text, labels, version, history } = loaderData
  return (
    <main id="main" className="page">
      <title>{text.title}</title>
      <p>
        <To to="/my/data">← {words.title}</To>
      </p>
      <h1>{text.title}</h1>
      <Standing shown={loaderData} />
      <section className="panel" lang={text.locale}>
        <p className="hint">{version}</p>
        <p>
          <b>{text.ask}</b>
        </p>
        <ConsentText text={text} labels={labels} />
      </section>
      {history.length > 0 && (
        <section className="panel">
          <h2>{words.history}</h2>
          <ul className="rows">
            {history.map(({ what, version: of, open, at }, place) => (
              <li key={place} className="two">
                <span>
                  {what} {open === null ? of : <To to={`/my/data/consent/${loaderData.purpose}?v=${open}`}>{of}</To>}
                </span>
                <small>{at}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

/** Whether it is given and until when, and the one touch that changes it. */
function Standing({ shown: { words, purpose, says, needed, act, warns, current } }: { shown: Shown }) {
  const { locale } = useRoot()
  return (
    <section className="panel tinted">
      <p>
        <b>{says}</b>
      </p>
      {needed && <p className="hint">{needed}</p>}
      {warns && <p className="hint">{warns}</p>}
      {act && (
        <Form method="post" action={pathIn(locale, "/my/data")} className="row">
          <input type="hidden" name="purpose" value={purpose} />
          <input type="hidden" name="version" value={current} />
          <button className="button quiet small" name="act" value={act}>
            {words[act]}
          </button>
        </Form>
      )}
    </section>
  )
}
