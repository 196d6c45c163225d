import { useEffect, useId, useState } from "react"
import type { ProductWords } from "./words.ts"

const KEPT = "allergens"

/** A person's own list of what they must not touch, and what of it is in this thing. It never leaves the device, so it needs a script. */
export function useAllergens(composition: readonly { name: string; called: string }[]) {
  const [mine, setMine] = useState<string[] | null>(null)
  useEffect(() => {
    try {
      setMine(JSON.parse(localStorage.getItem(KEPT) ?? "[]") as string[])
    } catch {
      setMine([])
    }
  }, [])
  const keep = (next: string[]) => {
    localStorage.setItem(KEPT, JSON.stringify(next))
    setMine(next)
  }
  const found = composition.filter(({ name, called }) => mine?.some((word) => means(word, `${name}, ${called}`))).map(({ name }) => name)
  return { mine: composition.length === 0 ? null : mine, found, keep }
}

const spelt = (text: string): string => text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim()

/** Whether a word is a part of what an ingredient is called, or what is in its brackets or beside its slash is: as lists leave ingredients out. */
function means(word: string, called: string): boolean {
  const parts = spelt(word)
    .split(/[()/[\]]+/)
    .map((part) => part.trim())
  return [spelt(word), ...parts.filter((part) => part.length >= 3)].some((part) => spelt(called).includes(part))
}

type Own = ReturnType<typeof useAllergens>

/** Said where nobody overlooks it: before the price. */
export function Alarm({ found, words }: Pick<Own, "found"> & { words: ProductWords }) {
  if (found.length === 0) return null
  return (
    <p className="alert" role="alert">
      {words.alarmFound.replace("{names}", found.join(", "))}
    </p>
  )
}

/** The list itself, to be added to and taken from. */
export function Allergens({ mine, keep, words }: Pick<Own, "mine" | "keep"> & { words: ProductWords }) {
  const id = useId()
  if (mine === null) return null
  const add = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const field = event.currentTarget.elements.namedItem("name") as HTMLInputElement
    const name = field.value.trim().slice(0, 80)
    if (name !== "" && !mine.includes(name)) keep([...mine, name])
    field.value = ""
  }
  return (
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
  )
}
