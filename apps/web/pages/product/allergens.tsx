import { useEffect, useId, useState } from "react"
import type { ProductWords } from "./words.ts"

const KEPT = "allergens"

/** A person's own list of what they must not touch. It never leaves the device, so it needs a script. */
export function Allergens({ names, words }: { names: readonly string[]; words: ProductWords }) {
  const [mine, setMine] = useState<string[] | null>(null)
  const id = useId()
  useEffect(() => {
    try {
      setMine(JSON.parse(localStorage.getItem(KEPT) ?? "[]") as string[])
    } catch {
      setMine([])
    }
  }, [])
  if (mine === null || names.length === 0) return null
  const keep = (next: string[]) => {
    localStorage.setItem(KEPT, JSON.stringify(next))
    setMine(next)
  }
  const found = names.filter((name) => mine.some((other) => name.toLowerCase().includes(other.toLowerCase())))
  const add = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const field = event.currentTarget.elements.namedItem("name") as HTMLInputElement
    const name = field.value.trim().slice(0, 80)
    if (name !== "" && !mine.includes(name)) keep([...mine, name])
    field.value = ""
  }
  return (
    <>
      {found.length > 0 && (
        <p className="alert" role="alert">
          {words.alarmFound.replace("{names}", found.join(", "))}
        </p>
      )}
      <details className="alarm">
        <summary>{words.alarm}</summary>
        <p className="soft">{words.alarmSays}</p>
        <ul className="chosen">
          {mine.map((name) => (
            <li key={name}>
              <button type="button" onClick={() => keep(mine.filter((other) => other !== name))}>
                {name} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={add} className="row">
          <label className="hidden" htmlFor={id}>
            {words.alarmAdd}
          </label>
          <input id={id} name="name" placeholder="Parfum" maxLength={80} className="grow" />
          <button className="button quiet small">{words.alarmSave}</button>
        </form>
      </details>
    </>
  )
}
