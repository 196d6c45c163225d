import { useEffect, useRef } from "react"
import { Barcode } from "../../parts/barcode.tsx"
import { useRoot } from "../../parts/root-data.ts"
import type { myCards } from "./page.server.ts"
import { type CodeNow, QrCode, RotatingCode, useRotatingCode } from "./rotating.tsx"
import type { CardWords } from "./words.ts"

type Shown = Awaited<ReturnType<typeof myCards>>
type Card = NonNullable<Shown["shown"]>

/** The card as the cashier scans it. */
export function Pass({ loaderData: { words, balance, balanceAt }, shown: card }: { loaderData: Shown; shown: Card }) {
  const { words: common } = useRoot()
  const code = useRotatingCode({ card, balance, balanceAt })
  useWakeLock()
  const isActive = card.state === "active"
  return (
    <article className={`pass panel-space ${card.state}`}>
      <header>
        <b>{common.brand}</b>
        <span>{isActive ? words.show : words.states.blocked}</span>
      </header>
      {isActive ? (
        <>
          <div className="white">
            <Barcode number={card.number} label={words.barcode} />
          </div>
          <RotatingCode code={code} words={words} />
          <noscript>
            <p>{words.codeNone}</p>
          </noscript>
          <WhiteScreen number={card.number} code={code} words={words} />
        </>
      ) : (
        <p className="stopped">{words.blockedSays}</p>
      )}
      <footer>
        <span>{balance}</span>
        <span>{balanceAt}</span>
      </footer>
    </article>
  )
}

/** As bright as a page can be: the codes large, on nothing but white. How brightly the screen shines only its owner can say. */
function WhiteScreen({ number, code, words }: { number: string; code: CodeNow; words: CardWords }) {
  const { words: common } = useRoot()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" className="button pale wide script-only" onClick={() => dialog.current?.showModal()}>
        {words.bright}
      </button>
      <dialog ref={dialog} className="lit" aria-label={words.bright}>
        <Barcode number={number} label={words.barcode} />
        {code.shown && <QrCode shown={code.shown} says={words.codeTitle} />}
        <p>{words.brightSays}</p>
        <form method="dialog">
          <button className="button quiet">{common.close}</button>
        </form>
      </dialog>
    </>
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
