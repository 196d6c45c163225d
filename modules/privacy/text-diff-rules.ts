import type { ConsentText } from "./consent-text.ts"
import { FIELDS } from "./consent-text.ts"

/** A piece of a wording: as it was, gone, or new. */
type Part = { is: "same" | "gone" | "new"; text: string }

export type FieldChange = { field: keyof ConsentText; parts: Part[] }

/** What a reader of the older wording would miss or find in the newer one, field by field; fields that stay as they are are left out. */
export function changesOf(before: ConsentText | null, after: ConsentText): FieldChange[] {
  return (["title", "ask", ...FIELDS] as const)
    .filter((field) => before?.[field] !== after[field])
    .map((field) => ({ field, parts: partsOf(wordsOf(before?.[field] ?? ""), wordsOf(after[field])) }))
}

/** Words with the blanks after them, so that the parts put together are the text again. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+/gu) ?? []

/** The longest row of words that both share stays; what is before it is gone, what is after it is new. */
function partsOf(before: readonly string[], after: readonly string[]): Part[] {
  const shared = sharedLengths(before, after)
  const parts: Part[] = []
  const add = (is: Part["is"], text: string) => {
    const last = parts.at(-1)
    if (last?.is === is) last.text += text
    else parts.push({ is, text })
  }
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      add("same", after[j]!)
      i += 1
      j += 1
    } else if (j >= after.length || (i < before.length && shared[i + 1]![j]! >= shared[i]![j + 1]!)) add("gone", before[i++]!)
    else add("new", after[j++]!)
  }
  return parts
}

/** How many words in a row of both are the same from these places on. */
function sharedLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}
