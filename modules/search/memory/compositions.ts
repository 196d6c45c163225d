import { meaning, saying, spelt } from "../compositions.ts"
import type { SearchDocument } from "../document.ts"

const REMEMBERED = 64

type LeftOut = { rows: Uint8Array; heldByNone: boolean }

/** Which rows hold what: asked for with words, which the same few people ask again and again. */
export class Compositions {
  readonly #rowsOf = new Map<string, number[]>() // what an ingredient is called → rows
  readonly #unknown: Uint8Array // 1: nobody knows what is in it
  readonly #kept = new Map<string, LeftOut>()

  constructor(documents: readonly SearchDocument[]) {
    this.#unknown = Uint8Array.from(documents, ({ ingredients }) => (ingredients.length === 0 ? 1 : 0))
    documents.forEach(({ ingredients }, row) => {
      for (const name of new Set(ingredients.map(spelt))) {
        const rows = this.#rowsOf.get(name)
        if (rows) rows.push(row)
        else this.#rowsOf.set(name, [row])
      }
    })
  }

  /** 1 for each row that holds what is meant, or of which nobody knows; undefined when nothing is asked to be missing. */
  leftOut(without: readonly string[] = []): Uint8Array | undefined {
    const masks = saying(without).map((word) => this.#of(word).rows)
    if (masks.length < 2) return masks[0]
    const all = new Uint8Array(this.#unknown.length)
    for (const mask of masks) for (let row = 0; row < all.length; row += 1) all[row]! |= mask[row]!
    return all
  }

  /** The words that mean nothing that is in anything. */
  heldByNone(without: readonly string[] = []): string[] {
    return saying(without).filter((word) => this.#of(word).heldByNone)
  }

  #of(word: string): LeftOut {
    const kept = this.#kept.get(word)
    if (kept) return kept
    const isMeant = meaning(word)
    const found = { rows: this.#unknown.slice(), heldByNone: true }
    for (const [name, rows] of this.#rowsOf) {
      if (!isMeant(name)) continue
      found.heldByNone = false
      for (const row of rows) found.rows[row] = 1
    }
    if (this.#kept.size >= REMEMBERED) this.#kept.clear()
    this.#kept.set(word, found)
    return found
  }
}
