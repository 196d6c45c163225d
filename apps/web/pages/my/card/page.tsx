import { lazy, Suspense, useEffect, useState } from "react"
import { Form } from "react-router"
import { Barcode } from "../../parts/barcode.tsx"
import { ConsentTick } from "../../parts/consent.tsx"
import { Field, Wrong } from "../../parts/field.tsx"
import { looksLikeBankCard } from "../../parts/bank-card-guard.ts"
import { useRoot } from "../../parts/root-data.ts"
import { told } from "../../words/refused.server.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { actOnCard, type Answer, myCards } from "./page.server.ts"
import { RotatingCode } from "./rotating.tsx"
import { WalletPanel } from "./wallets.tsx"
import { WhereIsBarcode } from "./where-is-barcode.tsx"

// a camera and a reader of barcodes are loaded when somebody wants to scan
const Scanner = lazy(() => import("../../parts/scan/scanner.tsx"))

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
  const { words, done, shown, balance, balanceAt, cards, partner } = loaderData
  const { words: common } = useRoot()
  useWakeLock()
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
      {shown && (
        <article className={`pass panel-space ${shown.state}`}>
          <header>
            <b>{common.brand}</b>
            <span>{words.show}</span>
          </header>
          <div className="white">
            <Barcode number={shown.number} label={words.barcode} />
          </div>
          {shown.state === "active" && <RotatingCode card={shown} words={words} balance={balance} balanceAt={balanceAt} />}
          <noscript>
            <p>{words.codeNone}</p>
          </noscript>
          <footer>
            <span>{balance}</span>
            <span>{balanceAt}</span>
          </footer>
        </article>
      )}
      {loaderData.wallets && <WalletPanel wallets={loaderData.wallets} />}
      <section className="panel">
        <h2>{words.cards}</h2>
        <ul className="rows">
          {cards.map((card) => (
            <OneCard key={card.cardId} card={card} words={words} />
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{words.plasticTitle}</h2>
        <NumberForm
          act="attached"
          words={words}
          refused={actionData?.form === "attached" ? actionData.refused : undefined}
          button={words.attach}
        >
          <Field
            {...{ name: "sum", label: words.lastSum, note: words.lastSumNote, hint: words.lastSumHint, maxLength: 12 }}
            refused={actionData?.form === "attached" ? actionData.refused : undefined}
            inputMode="decimal"
            autoComplete="off"
          />
        </NumberForm>
      </section>
      {partner && (
        <section className="panel" id="partner">
          <h2>{partner.name}</h2>
          <p>{partner.isLinked ? words.partnerLinked : words.partnerSays}</p>
          {!partner.isLinked && <p className="soft">{partner.statusSays}</p>}
          {partner.gain && <p className="why">{partner.gain}</p>}
          {partner.status !== "closed" && (
            <OneMore isOne={partner.isLinked} words={words}>
              <NumberForm
                act="linked"
                words={words}
                refused={actionData?.form === "linked" ? actionData.refused : undefined}
                button={words.link}
                issuers={partner.issuers}
              >
                <WhereIsBarcode says={words.partnerWhere} />
                <ConsentTick text={partner.text} labels={loaderData.labels} read={words.read} needed />
              </NumberForm>
            </OneMore>
          )}
        </section>
      )}
    </main>
  )
}

/** Who has one sees the form only when they ask for it. */
function OneMore({ isOne, words, children }: { isOne: boolean; words: Shown["words"]; children: React.ReactNode }) {
  return isOne ? (
    <details>
      <summary>{words.linkMore}</summary>
      {children}
    </details>
  ) : (
    children
  )
}

function OneCard({
  card: { cardId, kind, state, title, last, says, label },
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
      <details>
        <summary>{words.manage}</summary>
        <Form method="post" className="row">
          <input type="hidden" name="card" value={cardId} />
          {state === "active" && (
            <button className="button danger small" name="act" value="blocked">
              {words.block}
            </button>
          )}
          {state === "blocked" && (
            <button className="button small" name="act" value="unblocked">
              {words.unblock}
            </button>
          )}
          {kind !== "partner" && (
            <button className="button quiet small" name="act" value="replaced">
              {words.replace}
            </button>
          )}
          {kind !== "virtual" && (
            <button className="button quiet small" name="act" value="removed">
              {kind === "partner" ? words.unlink : words.remove}
            </button>
          )}
        </Form>
        <Form method="post" className="row named">
          <input type="hidden" name="card" value={cardId} />
          <label htmlFor={`label-${cardId}`}>{words.name}</label>
          <input id={`label-${cardId}`} name="label" defaultValue={label ?? ""} maxLength={40} autoComplete="off" />
          <button className="button quiet small" name="act" value="named">
            {words.save}
          </button>
        </Form>
      </details>
    </li>
  )
}

type NumberFormProps = {
  act: string
  words: Shown["words"]
  refused: Answer["refused"] | undefined
  button: string
  issuers?: readonly { prefix: string; name: string }[]
  children?: React.ReactNode
}

/** Thirteen digits, typed or scanned. A bank card number never leaves the browser: it is wiped before anything is sent. */
function NumberForm({ act, words, refused, button, issuers = [], children }: NumberFormProps) {
  const [number, setNumber] = useState("")
  const [scanned, setScanned] = useState(false)
  const [scans, setScans] = useState(false)
  const [guarded, setGuarded] = useState(false)
  const type = (text: string) => {
    const isBankCard = looksLikeBankCard(text)
    setGuarded(isBankCard)
    setNumber(isBankCard ? "" : text)
    setScanned(false)
  }
  const bank = issuers.find(({ prefix }) => number.replace(/\s/g, "").startsWith(prefix))?.name
  return (
    <Form method="post" className="scan">
      <input type="hidden" name="scanned" value={scanned ? "1" : "0"} />
      <Wrong refused={refused} fields={["number", "sum"]} />
      {scans && (
        <Suspense>
          <Scanner
            denied={words.scanDenied}
            found={(digits) => {
              type(digits)
              setScanned(true)
              setScans(false)
            }}
          />
        </Suspense>
      )}
      <Field
        {...{ name: "number", label: words.number, refused }}
        id={`number-${act}`}
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={30}
        value={number}
        data-guards=""
        onChange={({ target }) => type(target.value)}
        hint={bank ? words.bank.replace("{bank}", bank) : undefined}
      />
      {guarded && (
        <p className="alert" role="alert">
          {words.partnerWhere}
        </p>
      )}
      {children}
      <div className="row">
        <button className="button" name="act" value={act}>
          {button}
        </button>
        <button type="button" className="button quiet script-only" onClick={() => setScans(!scans)}>
          {scans ? words.scanStop : words.scan}
        </button>
      </div>
    </Form>
  )
}

/** While the card is shown the screen does not go dark. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const take = () => {
      if (document.visibilityState === "visible")
        navigator.wakeLock
          ?.request("screen")
          .then((taken) => (lock = taken))
          .catch(() => undefined)
    }
    take()
    document.addEventListener("visibilitychange", take)
    return () => {
      document.removeEventListener("visibilitychange", take)
      void lock?.release()
    }
  }, [])
}
