import type { SearchDocument, SearchWords } from "../document.ts"
import { saidFor } from "../brand-names.ts"
import { EMPTY_WORDS, wordsOf } from "../text/fold.ts"
import { asWritten, stemOf } from "../text/stem.ts"
import type { Word } from "../vocabulary.ts"

/** What a word is worth by where it stands. */
const WEIGHT = { brand: 20, name: 16, said: 18, category: 8, value: 5, ingredient: 2 } as const
/** a posting is a document's place and a weight in one number */
const SHIFT = 64

/** Where each stem stands, and each form of a name's word that is not the only one of its stem. `documents` and `weights` run side by side. */
type Postings = ReadonlyMap<string, { documents: Uint32Array; weights: Uint8Array }>

export type Texts = { postings: Postings; words: Word[]; lengths: Uint16Array }

/** Reads every text of every document once. */
export function textsOf(documents: readonly SearchDocument[], words: SearchWords): Texts {
  const lists = new Map<string, number[]>()
  const seen = new Map<string, Seen>()
  const lengths = new Uint16Array(documents.length)
  const phrases = phrasesOf(words)
  const reader = new Reader()

  documents.forEach((document, place) => {
    const weights = new Map<string, number>()
    const read = (text: string, weight: number, kind: "word" | "brand" | "said" | "hidden" = "word"): number => {
      const found = reader.read(text)
      for (const { word, stem } of found) {
        const before = weights.get(stem)
        if (before === undefined || before < weight) weights.set(stem, weight)
        if (kind !== "hidden") see(seen, { word, stem, place, kind, names: weight >= WEIGHT.name })
      }
      return found.length
    }
    lengths[place] = read(document.name.ru, WEIGHT.name)
    read(document.name.be, WEIGHT.name)
    read(document.name.en, WEIGHT.name)
    for (const label of document.labels) read(label, WEIGHT.value)
    if (document.brand !== null) {
      read(document.brand, WEIGHT.brand, "brand")
      for (const said of phrases.said(document.brand)) read(said, WEIGHT.said, "said")
    }
    for (const phrase of phrases.category(document.category)) read(phrase, WEIGHT.category)
    for (const [code, values] of Object.entries(document.attributes)) {
      for (const value of values) for (const phrase of phrases.value(code, value)) read(phrase, WEIGHT.value)
    }
    for (const ingredient of document.ingredients) read(ingredient, WEIGHT.ingredient, "hidden")
    for (const [stem, weight] of weights) {
      const posting = place * SHIFT + weight
      const list = lists.get(stem)
      if (list) list.push(posting)
      else lists.set(stem, [posting])
    }
  })
  for (const { text, stem, named } of seen.values()) {
    if (named.length > 0 && named.length < lists.get(stem)!.length) lists.set(asWritten(text), named) // the only form there is tells nothing
  }
  const kept = Array.from(seen.values(), ({ text, stem, documents, brand, said }): Word => ({ text, stem, documents, brand, said }))
  return { postings: packed(lists), words: kept, lengths }
}

const MOST_KEPT = 100_000

type Read = { word: string; stem: string }

/** Reads texts into words and stems; what is said again and again, a brand, a category, an ingredient, is read once. */
class Reader {
  readonly #texts = new Map<string, Read[]>()
  readonly #stems = new Map<string, string>()

  read(text: string): Read[] {
    const known = this.#texts.get(text)
    if (known) return known
    const read = wordsOf(text).flatMap((word) => (EMPTY_WORDS.has(word) ? [] : [{ word, stem: this.#stem(word) }]))
    if (this.#texts.size < MOST_KEPT) this.#texts.set(text, read)
    return read
  }

  #stem(word: string): string {
    let stem = this.#stems.get(word)
    if (stem === undefined) this.#stems.set(word, (stem = stemOf(word)))
    return stem
  }
}

/** `named`: the postings of the documents whose names have it. */
type Seen = Word & { last: number; named: number[] }

function see(
  seen: Map<string, Seen>,
  { word, stem, place, kind, names }: { word: string; stem: string; place: number; kind: "word" | "brand" | "said"; names: boolean },
): void {
  const [brand, said] = [kind !== "word", kind === "said"]
  let known = seen.get(word)
  if (!known) seen.set(word, (known = { text: word, stem, documents: 0, brand, said, last: -1, named: [] }))
  const posting = place * SHIFT + WEIGHT.name
  if (names && known.named.at(-1) !== posting) known.named.push(posting)
  if (known.last !== place) known.documents += 1
  known.last = place
  known.brand ||= brand
  known.said &&= said
}

function packed(lists: ReadonlyMap<string, number[]>): Postings {
  const postings = new Map<string, { documents: Uint32Array; weights: Uint8Array }>()
  for (const [stem, list] of lists) {
    const documents = new Uint32Array(list.length)
    const weights = new Uint8Array(list.length)
    list.forEach((posting, at) => {
      documents[at] = Math.floor(posting / SHIFT)
      weights[at] = posting % SHIFT
    })
    postings.set(stem, { documents, weights })
  }
  return postings
}

/** The words behind codes, looked up once. */
function phrasesOf({ categories, brands, attributes }: SearchWords) {
  const names = new Map(categories.map(({ path, name }) => [path, [...new Set(Object.values(name))]]))
  const spoken = new Map(brands.map(({ name, spoken: said }) => [name, said]))
  const values = new Map(
    attributes.flatMap(({ code, values: of }) => of.map((value) => [`${code} ${value.code}`, [...new Set(Object.values(value.name))]])),
  )
  return {
    category(path: string | null): string[] {
      if (path === null) return []
      const parts = path.split("/")
      return parts.flatMap((_, depth) => names.get(parts.slice(0, depth + 1).join("/")) ?? [])
    },
    said: (brand: string): string[] => [...new Set([...(spoken.get(brand) ?? []), ...saidFor(brand)])],
    value: (code: string, value: string): string[] => values.get(`${code} ${value}`) ?? [value],
  }
}
