import { type ReactNode, useEffect, useRef } from "react"
import { Form, useNavigation } from "react-router"
import type { Refused } from "../words/refused.server.ts"
import { AskAgain, type AgainWords } from "./ask-again.tsx"
import { Field, Wrong } from "./field.tsx"
import type { Sent } from "./flow.server.ts"

export type CodeWords = AgainWords & {
  codeTitle: string
  codeLead: string
  codeAnother: string
  codeMailed: string
  code: string
  check: string
  other: string
}

/** What is sent with the code, to ask for another one, by e-mail too where that may help, and to begin with another number. */
export type CodeSteps = { code: string; again: string; mail?: string; other: string }

const SIX = /^\d{6}$/
const STEPS: CodeSteps = { code: "code", again: "resend", other: "other" }

/** Six digits from an SMS: filled in by the phone where it can (one-time-code, WebOTP), sent on at the sixth. `ways`: what else helps whoever gets none. */
export function CodeForm({
  words,
  sent,
  refused,
  steps = STEPS,
  ways,
}: {
  words: CodeWords
  sent: Sent
  refused?: Refused | undefined
  steps?: CodeSteps
  ways?: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  const busy = useNavigation().state !== "idle"
  useEffect(() => {
    if (!("OTPCredential" in window)) return
    const asked = new AbortController()
    const wanted = { otp: { transport: ["sms"] }, signal: asked.signal } as CredentialRequestOptions
    navigator.credentials
      .get(wanted)
      .then((got) => {
        const field = form.current?.elements.namedItem("code")
        if (field instanceof HTMLInputElement) field.value = (got as unknown as { code: string }).code
        form.current?.requestSubmit()
      })
      .catch(() => undefined)
    return () => asked.abort()
  }, [])
  const typed = useRef("")
  const sendWhole = ({ value, form: own }: HTMLInputElement) => {
    const isNew = value !== typed.current
    typed.current = SIX.test(value) ? value : ""
    if (isNew && typed.current) own?.requestSubmit()
  }
  useEffect(() => {
    const field = form.current?.elements.namedItem("code")
    const came = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined
    if (field instanceof HTMLInputElement && came?.type !== "back_forward") sendWhole(field) // typed before the page came to life
  }, [])
  const lead = sent.by === "email" ? words.codeMailed : sent.isAnother ? words.codeAnother : words.codeLead
  return (
    <>
      <h1>{words.codeTitle}</h1>
      <p className="lead" role="status">
        {lead.replace("{phone}", sent.phone)}
      </p>
      <Form method="post" ref={form} onSubmit={(event) => busy && event.preventDefault() /* the sixth digit has sent it already */}>
        <input type="hidden" name="step" value={steps.code} />
        <Wrong refused={refused} fields={["code"]} />
        <Field
          {...{ name: "code", label: words.code, refused }}
          className="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9 ]*"
          maxLength={7}
          required
          autoFocus
          onChange={({ target }) => sendWhole(target)}
        />
        <button className="button wide">{words.check}</button>
      </Form>
      <AskAgain words={words} sent={sent} steps={steps} ways={ways} />
      <Form method="post" className="row after">
        <button className="link" name="step" value={steps.other}>
          {words.other}
        </button>
      </Form>
    </>
  )
}
