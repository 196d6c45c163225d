import { useEffect, useState } from "react"
import { Form } from "react-router"
import { useRoot } from "../../parts/root-data.ts"
import { pathIn } from "../../parts/address.ts"
import { type PushState, pushState, subscribeHere } from "./push-here.ts"
import type { PushWords } from "./push-words.ts"

type Offer = {
  words: PushWords
  publicKey: string
  /** our server knows a subscription of this session */
  isKept: boolean
  places: readonly { subscriptionId: number; device: string; says: string }[]
}

/** Notifications of browsers: nothing is asked before somebody touches the button. */
export function Push({ words, publicKey, isKept, places }: Offer) {
  const { locale } = useRoot()
  const [state, setState] = useState<PushState | "failed" | "asking">("unknown")
  useEffect(() => {
    pushState(isKept).then(setState, () => setState("unsupported"))
  }, [isKept])
  const turnOn = () => {
    setState("asking")
    subscribeHere(pathIn(locale, "/my/subscriptions/push"), publicKey).then(
      (now) => (now === "on" ? location.replace(`${pathIn(locale, "/my/subscriptions")}?done`) : setState(now)),
      () => setState("failed"),
    )
  }
  const isOffered = state === "off" || state === "failed" || state === "asking"
  return (
    <section className="panel" id="push">
      <h2>{words.title}</h2>
      <p>{words.says}</p>
      <p className={state === "on" ? "plus" : undefined} role="status" data-state={state}>
        {state === "asking" ? words.asking : words.states[state]}
      </p>
      {isOffered && (
        <p className="row">
          <button type="button" className="button" disabled={state === "asking"} onClick={turnOn}>
            {words.turnOn}
          </button>
        </p>
      )}
      {places.length > 0 && (
        <>
          <h3>{words.places}</h3>
          <ul className="rows">
            {places.map(({ subscriptionId, device, says }) => (
              <li key={subscriptionId}>
                <div className="two">
                  <b>{device}</b>
                  <Form method="post" className="inline" preventScrollReset>
                    <input type="hidden" name="place" value={subscriptionId} />
                    <button className="link" name="act" value="end-place" aria-label={`${words.turnOff}: ${device}`}>
                      {words.turnOff}
                    </button>
                  </Form>
                </div>
                <small>{says}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hint">{words.abroad}</p>
    </section>
  )
}
