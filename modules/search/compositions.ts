import { folded } from "./text/fold.ts"

const LEAST_PART = 3

/** What an ingredient is called, or a word about one, as they are compared: letters as everybody types them, one space at most. */
export const spelt = (text: string): string => folded(text).replace(/\s+/g, " ").trim()

/** Whether an ingredient (`spelt`) is meant by a word: the word is a part of it, or something in the word's brackets or beside its slash is. */
export function meaning(word: string): (ingredient: string) => boolean {
  const whole = spelt(word)
  const parts = whole.split(/[()/[\]]+/).map((part) => part.trim())
  const needles = [...new Set([whole, ...parts.filter((part) => part.length >= LEAST_PART)])]
  return (ingredient) => needles.some((needle) => ingredient.includes(needle))
}

/** The words of a filter that say anything. */
export const saying = (without: readonly string[]): string[] => without.filter((word) => spelt(word) !== "")

/** The ingredients (`spelt`) any of the words means, and the words that mean none: those leave nothing out. */
export function meantBy(words: readonly string[], ingredients: readonly string[]): { meant: string[]; heldByNone: string[] } {
  const heldByNone: string[] = []
  const meant = new Set<string>()
  for (const word of words) {
    const found = ingredients.filter(meaning(word))
    if (found.length === 0) heldByNone.push(word)
    for (const ingredient of found) meant.add(ingredient)
  }
  return { meant: [...meant], heldByNone }
}
