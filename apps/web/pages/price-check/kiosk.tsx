import { useEffect, useRef } from "react"
import { Form, useNavigate } from "react-router"
import { pathIn } from "../parts/address.ts"
import { To } from "../parts/link.tsx"
import { useRoot } from "../parts/root-data.ts"
import type { PricePage } from "./page.server.ts"
import { Amounts, Which } from "./result.tsx"

const IDLE_MS = 25_000
const LANGUAGES = { ru: "Рус", be: "Бел", en: "Eng" } as const

/** A screen in the shop with a scanner that types: one field, large type, back to the start when nobody is there. It knows nobody and leads nowhere. */
export function Kiosk({ page: { words, shop, result, typed, others } }: { page: PricePage }) {
  const { locale } = useRoot()
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const code = shop?.code ?? ""
  const start = `${pathIn(locale, "/price-check")}?kiosk=${encodeURIComponent(code)}`
  useEffect(() => {
    const listen = ({ key }: KeyboardEvent) => {
      if (/^\d$/.test(key) && document.activeElement !== field.current) field.current?.focus()
    }
    document.addEventListener("keydown", listen)
    field.current?.focus()
    return () => document.removeEventListener("keydown", listen)
  }, [typed])
  useEffect(() => {
    if (typed === "") return
    let leave = 0
    const wait = () => {
      clearTimeout(leave)
      leave = window.setTimeout(() => void navigate(start, { replace: true }), IDLE_MS)
    }
    wait()
    document.addEventListener("keydown", wait)
    document.addEventListener("pointerdown", wait)
    return () => {
      clearTimeout(leave)
      document.removeEventListener("keydown", wait)
      document.removeEventListener("pointerdown", wait)
    }
  }, [typed, start])
  return (
    <main id="main" className="kiosk">
      <title>{words.title}</title>
      <meta name="robots" content="noindex" />
      {typed !== "" && (
        <noscript>
          <meta httpEquiv="refresh" content={`${IDLE_MS / 1000};url=${start}`} />
        </noscript>
      )}
      <nav aria-label={LANGUAGES[locale]}>
        {(["ru", "be", "en"] as const).map((other) => (
          <a
            key={other}
            href={`${pathIn(other, "/price-check")}?kiosk=${encodeURIComponent(code)}`}
            lang={other}
            hrefLang={other}
            aria-current={other === locale ? "true" : undefined}
          >
            {LANGUAGES[other]}
          </a>
        ))}
      </nav>
      {result === null && (
        <>
          <KioskPicture />
          <h1>{words.kioskLead}</h1>
        </>
      )}
      {result?.kind === "known" && (
        <div className="kiosk-found" role="status">
          <h1 className="hidden">{words.title}</h1>
          <Amounts known={result} words={words} />
          {others && (
            <p className="links">
              <To to={others}>{words.another}</To>
            </p>
          )}
        </div>
      )}
      {result?.kind === "several" && (
        <div className="kiosk-found" role="status">
          <h1 className="hidden">{words.title}</h1>
          <Which words={words} things={result.things} />
        </div>
      )}
      {result && result.kind !== "known" && result.kind !== "several" && (
        <div className="kiosk-found" role="status">
          <h1>{result.kind === "unknown" ? words.unknown : result.kind === "internal" ? words.internal : words.wrong}</h1>
          <p>{result.kind === "unknown" ? words.unknownSays : result.kind === "internal" ? words.internalSays : words.wrongSays}</p>
        </div>
      )}
      {/* the field is empty again at once: the next code is not typed behind the last one, also when it is the same */}
      <Form replace className="finder" onSubmit={() => setTimeout(() => field.current && (field.current.value = ""))}>
        <input type="hidden" name="kiosk" value={code} />
        <label className="hidden" htmlFor="ean">
          {words.digits}
        </label>
        <input
          ref={field}
          id="ean"
          name="ean"
          key={typed}
          autoFocus
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder={words.digits}
        />
        <button className="button">{words.check}</button>
      </Form>
      <p className="soft">
        {words.inShop} {shop?.title}
      </p>
    </main>
  )
}

/** A barcode under a beam of light. */
function KioskPicture() {
  return (
    <svg className="kiosk-picture" viewBox="0 0 220 120" aria-hidden="true">
      <rect x="30" y="10" width="160" height="100" rx="14" fill="var(--card)" stroke="var(--line)" strokeWidth="2" />
      <path
        d="M52 30v60M58 30v60M68 30v60M74 30v60M86 30v60M92 30v60M104 30v60M116 30v60M122 30v60M134 30v60M140 30v60M152 30v60M164 30v60M168 30v60"
        stroke="var(--ink)"
        strokeWidth="4"
      />
      <path className="beam" d="M14 60h192" stroke="var(--wine)" strokeWidth="4" strokeLinecap="round" />
    </svg>
  )
}
