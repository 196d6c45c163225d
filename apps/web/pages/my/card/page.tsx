import { Form } from "react-router"
import { ConsentTick } from "../../parts/consent.tsx"
import { Field, Wrong } from "../../parts/field.tsx"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { actOnCard, type Answer, myCards } from "./page.server.ts"
import { NumberForm } from "./number-form.tsx"
import { Pass } from "./pass.tsx"
import { SpendingPanel } from "./spending.tsx"
import { WalletPanel } from "./wallets.tsx"
import { WhereIsBarcode } from "./where-is-barcode.tsx"

export function loader(loading: Loading) {
  const asked = new URL(loading.request.url).searchParams
  return myCards(memberVisitOf(loading), asked.has("new") ? "new" : asked.get("done"))
}

export async function action(loading: Loading) {
  return told(await actOnCard(memberVisitOf(loading), await loading.request.formData()))
}

type Shown = Awaited<ReturnType<typeof myCards>>
type Props = { loaderData: Shown; actionData?: Answer | undefined }

export default function MyCard({ loaderData, actionData }: Props) {
  const { words, done, shown, cards, claims, partner, spending } = loaderData
  const refusedIn = (form: string) => (actionData?.form === form ? actionData.refused : undefined)
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      {done && (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      <Wrong refused={actionData?.refused} fields={["number", "partner_card"]} />
      {!spending.isOpen && <SpendingPanel spending={spending} />}
      <div className="card-page">
        <div>
          {shown && <Pass loaderData={loaderData} shown={shown} />}
          {loaderData.wallets && <WalletPanel wallets={loaderData.wallets} />}
        </div>
        <div>
          <section className="panel">
            <h2>{words.cards}</h2>
            <ul className="rows">
              {cards.map((card) => (
                <OneCard key={card.cardId} card={card} words={words} />
              ))}
            </ul>
          </section>
          {spending.isOpen && <SpendingPanel spending={spending} />}
          <section className="panel">
            <details className="fold" open={refusedIn("attached") !== undefined} key={`plastic-${cards.length}`}>
              <summary>
                <h2>{words.plasticTitle}</h2>
              </summary>
              <NumberForm act="attached" words={words} refused={refusedIn("attached")} button={words.attach}>
                <Field
                  {...{ name: "sum", label: words.lastSum, note: words.lastSumNote, hint: words.lastSumHint, maxLength: 12 }}
                  refused={refusedIn("attached")}
                  inputMode="decimal"
                  autoComplete="off"
                />
              </NumberForm>
            </details>
          </section>
          {partner && (
            <section className="panel" id="partner">
              <h2>{partner.name}</h2>
              <p>{partner.isLinked ? partner.linkedSays : words.partnerSays}</p>
              {!partner.isLinked && <p className="soft">{partner.statusSays}</p>}
              {partner.gain && <p className="why">{partner.gain}</p>}
              {claims.map(({ claimId, says }) => (
                <p key={claimId} className="notice">
                  {says}
                </p>
              ))}
              {partner.status !== "closed" && (
                <details className="fold" open={refusedIn("linked") !== undefined} key={`partner-${cards.length}`}>
                  <summary>{partner.isLinked ? words.linkMore : words.linkOpen}</summary>
                  <NumberForm act="linked" words={words} refused={refusedIn("linked")} button={words.link} issuers={partner.issuers}>
                    <WhereIsBarcode says={words.partnerWhere} />
                    <ConsentTick text={partner.text} labels={loaderData.labels} read={words.read} needed />
                  </NumberForm>
                </details>
              )}
            </section>
          )}
        </div>
      </div>
    </main>
  )
}

function OneCard({
  card: { cardId, kind, state, title, last, says, hint, label },
  words,
}: {
  card: Shown["cards"][number]
  words: Shown["words"]
}) {
  return (
    <li>
      <div className="two">
        <span>
          {title} <span className="num soft">•• {last}</span>
        </span>
        <small>{says}</small>
      </div>
      {hint && <p className="hint">{hint}</p>}
      <OneTouch {...{ cardId, state, words }} />
      <details>
        <summary>{words.manage}</summary>
        <Form method="post" className="row named">
          <input type="hidden" name="card" value={cardId} />
          <label htmlFor={`label-${cardId}`}>{words.name}</label>
          <input id={`label-${cardId}`} name="label" defaultValue={label ?? ""} maxLength={40} autoComplete="off" />
          <button className="button quiet small" name="act" value="named">
            {words.save}
          </button>
        </Form>
        {kind !== "partner" && <ForGood {...{ cardId, act: "replaced", does: words.replace, says: words.replaceSays }} />}
        {kind === "plastic" && <ForGood {...{ cardId, act: "removed", does: words.remove, says: words.removeSays }} />}
        {kind === "partner" && (
          <Form method="post">
            <input type="hidden" name="card" value={cardId} />
            <p className="hint">{words.unlinkSays}</p>
            <button className="button quiet small" name="act" value="removed">
              {words.unlink}
            </button>
          </Form>
        )}
      </details>
    </li>
  )
}

/** A lost card is stopped by one touch, and works again by another. */
function OneTouch({ cardId, state, words }: { cardId: number; state: string; words: Shown["words"] }) {
  return (
    <Form method="post" className="row">
      <input type="hidden" name="card" value={cardId} />
      {state === "active" ? (
        <button className="button danger small" name="act" value="blocked">
          {words.block}
        </button>
      ) : (
        <button className="button small" name="act" value="unblocked">
          {words.unblock}
        </button>
      )}
    </Form>
  )
}

/** What cannot be taken back is said before it is done. */
function ForGood({ cardId, act, does, says }: { cardId: number; act: string; does: string; says: string }) {
  return (
    <details>
      <summary>{does}</summary>
      <p className="hint">{says}</p>
      <Form method="post" className="row">
        <input type="hidden" name="card" value={cardId} />
        <button className="button danger small" name="act" value={act}>
          {does}
        </button>
      </Form>
    </details>
  )
}
