import { useEffect, useRef } from "react"
import { Form, useNavigation } from "react-router"
import type { Refused } from "../words/refused.server.ts"
import { Field, Wrong } from "./field.tsx"

export type CodeWords = { codeTitle: string; codeLead: string; code: string; check: string; again: string; other: string }

const SIX = /^\d{6}$/

/** Six digits from an SMS: filled in by the phone where it can (one-time-code, WebOTP), sent on at the sixth. */
export function CodeForm({
  words,
  phone,
  refused,
  steps = { code: "code", other: "other" },
}: {
  words: CodeWords
  phone: string
  refused?: Refused | undefined
  /** what is sent with the code, and to ask for another one */
  steps?: { code: string; other: string }
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
  const sent = useRef("")
  const sendWhole = ({ value, form: own }: HTMLInputElement) => {
    const isNew = value !== sent.current
    sent.current = SIX.test(value) ? value : ""
    if (isNew && sent.current) own?.requestSubmit()
  }
  useEffect(() => {
    const field = form.current?.elements.namedItem("code")
    const came = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined
    if (field instanceof HTMLInputElement && came?.type !== "back_forward") sendWhole(field) // typed before the page came to life
  }, [])
  return (
    <>
      <h1>{words.codeTitle}</h1>
      <p className="lead">{words.codeLead.replace("{phone}", phone)}</p>
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
      <Form method="post" className="row after">
        <button className="link" name="step" value={steps.other}>
          {words.again} · {words.other}
        </button>
      </Form>
    </>
  )
}
