import { lazy, Suspense, useState } from "react"
import { Form } from "react-router"
import { looksLikeBankCard } from "../../parts/bank-card-guard.ts"
import { Field, Wrong } from "../../parts/field.tsx"
import { useCamera } from "../../parts/scan/use-camera.ts"
import type { Refused } from "../../words/refused.server.ts"
import type { CardWords } from "./words.ts"

// a camera and a reader of barcodes are loaded when somebody wants to scan
const Scanner = lazy(() => import("../../parts/scan/scanner.tsx"))

type NumberFormProps = {
  act: string
  words: CardWords
  refused: Refused | undefined
  button: string
  issuers?: readonly { prefix: string; name: string }[]
  children?: React.ReactNode
}

/** Thirteen digits, typed or scanned. A bank card number never leaves the browser: it is wiped before anything is sent. */
export function NumberForm({ act, words, refused, button, issuers = [], children }: NumberFormProps) {
  const [number, setNumber] = useState("")
  const [scanned, setScanned] = useState(false)
  const camera = useCamera()
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
      {camera.isShown && (
        <Suspense>
          <Scanner
            key={camera.attempt}
            refuse={camera.refuse}
            denied={words.scanDenied}
            found={(digits) => {
              type(digits)
              setScanned(true)
              camera.stop()
            }}
          />
        </Suspense>
      )}
      <Field
        {...{ name: "number", label: words.number, refused }}
        id={`number-${act}`}
        data-guards=""
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={30}
        value={number}
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
        <button type="button" className="button quiet script-only" onClick={camera.press}>
          {camera.isOn ? words.scanStop : words.scan}
        </button>
      </div>
    </Form>
  )
}
