import { type ReactNode, useEffect, useState } from "react"
import { Form } from "react-router"
import type { CodeSteps } from "./code-form.tsx"
import type { Sent } from "./flow.server.ts"
import { To } from "./link.tsx"

export type AgainWords = {
  again: string
  againIn: string
  late: string
  lateSays: string
  byMail: string
  byMailSays: string
  byPassword: string
  bySignIn: string
  inShop: string
}

/** Another code, once the server takes the wish again; what else there is for whoever gets none. Without script the button is always there, and the server says no. */
export function AskAgain({ words, sent, steps, ways }: { words: AgainWords; sent: Sent; steps: CodeSteps; ways: ReactNode }) {
  const left = useSecondsLeft(sent)
  const waits = left === null ? sent.wait > 0 : left > 0
  const how = left === null || left > COUNTED_SECONDS ? sent.waitSays : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
  return (
    <>
      <Form method="post" className="after">
        {waits && (
          <p className="hint" role="timer">
            {words.againIn.replace("{wait}", how)}
          </p>
        )}
        <p className="row">
          <button className="button quiet" name="step" value={steps.again} disabled={(left ?? 0) > 0}>
            {words.again}
          </button>
        </p>
      </Form>
      <details className="late">
        <summary>{words.late}</summary>
        <p>{words.lateSays.replace("{phone}", sent.phone)}</p>
        {steps.mail && (
          <Form method="post">
            <button className="link" name="step" value={steps.mail} disabled={(left ?? 0) > 0}>
              {words.byMail}
            </button>
            <p className="hint">{words.byMailSays}</p>
          </Form>
        )}
        {ways}
        <p>
          <To to="/shops">{words.inShop}</To>
        </p>
      </details>
    </>
  )
}

/** Longer than this nobody looks at a clock: the hours are said instead. */
const COUNTED_SECONDS = 15 * 60

/** Seconds left of what the server told to wait, counted where script runs; null until it does. */
function useSecondsLeft(sent: Sent): number | null {
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    const until = performance.now() + sent.wait * 1000
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)))
    tick()
    const beats = setInterval(tick, 1000)
    return () => clearInterval(beats)
  }, [sent])
  return left
}
