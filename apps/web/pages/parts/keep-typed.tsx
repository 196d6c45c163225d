import { useEffect } from "react"
import { looksLikeBankCard } from "./bank-card-guard.ts"
import { useRoot } from "./root-data.ts"

const TYPED = "mila-typed"
const WORDS: ReadonlySet<string> = new Set(["text", "tel", "email"])

/**
 * What is typed into a form outlives the choice of another language: it is kept in this tab until the page's twin is there. Never a password or a code; no tick
 * either, for who agrees agrees to the words they read.
 */
export function KeepTyped() {
  const { path } = useRoot()
  useEffect(() => {
    fillIn(path)
    const leave = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest(".languages a")) keep(path)
    }
    document.addEventListener("click", leave)
    return () => document.removeEventListener("click", leave)
  }, [path])
  return null
}

type Kept = { path: string; values: [id: string, value: string][] }

function keep(path: string): void {
  const values = fieldsHere().flatMap(({ id, value }): Kept["values"] => (value && !looksLikeBankCard(value) ? [[id, value]] : []))
  try {
    sessionStorage.setItem(TYPED, JSON.stringify({ path, values } satisfies Kept))
  } catch {
    // a browser that keeps nothing loses what was typed, as it would without script
  }
}

function fillIn(path: string): void {
  const kept = taken()
  if (kept?.path !== path) return
  const fields = new Map(fieldsHere().map((field) => [field.id, field]))
  for (const [id, value] of kept.values) {
    const field = fields.get(id)
    if (field && field.value !== value) type(field, value)
  }
}

function taken(): Kept | undefined {
  try {
    const text = sessionStorage.getItem(TYPED)
    sessionStorage.removeItem(TYPED)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

type Field = HTMLInputElement | HTMLSelectElement

const fieldsHere = (): Field[] =>
  [...document.querySelectorAll<Field>("main form :is(input, select)[id]")].filter(
    (field) => field instanceof HTMLSelectElement || (WORDS.has(field.type) && field.autocomplete !== "one-time-code"),
  )

/** As a person would: fields that React looks after hear of it. */
function type(field: Field, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value)
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }))
}
