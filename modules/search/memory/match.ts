import type { Wish } from "../understand.ts"
import type { Texts } from "./postings.ts"

/** The rows that match a query's words: all of them, or as many as can be had at once. Scores run side by side with rows. */
export type Matched = { rows: Uint32Array; scores: Float32Array; leftOut: string[] }

const SATURATION = 6 // how soon more weight stops helping (BM25's k1, in units of weight)
const LONG = 0.35 // how much a long name loses (BM25's b)
const ALL_WORDS = 1000 // matching one word more outweighs every score

/** Reusable memory of one index: counts and scores of every row. Not for two queries at a time. */
export class Matcher {
  readonly #texts: Texts
  readonly #score: Float32Array
  readonly #words: Uint8Array
  readonly #best: Float32Array
  readonly #norm: Float32Array

  constructor(texts: Texts) {
    const count = texts.lengths.length
    const average = texts.lengths.reduce((before, length) => before + length, 0) / Math.max(1, count)
    this.#texts = texts
    this.#score = new Float32Array(count)
    this.#words = new Uint8Array(count)
    this.#best = new Float32Array(count)
    this.#norm = Float32Array.from(texts.lengths, (length) => SATURATION * (1 - LONG + (LONG * length) / Math.max(1, average)))
  }

  /**
   * Rows that have every word that is known; when none has, those with the most. `broad`: the others follow. What is rare weighs more; the forms of one word
   * weigh as much as its most frequent one.
   */
  match(wishes: readonly Wish[], { broad }: { broad: boolean }): Matched {
    const known = wishes.filter(({ stems }) => stems.size > 0)
    const touched: number[] = []
    for (const wish of known) this.#add(wish, touched)
    const most = touched.reduce((before, row) => Math.max(before, this.#words[row]!), 0)
    const needed = broad ? 1 : most
    const rows = Uint32Array.from(touched.filter((row) => this.#words[row]! >= needed))
    const scores = Float32Array.from(rows, (row) => this.#score[row]! + (broad ? this.#words[row]! * ALL_WORDS : 0))
    const leftOut = wishes
      .filter((wish) => wish.stems.size === 0 || (most < known.length && !this.#held(wish, rows)))
      .map(({ typed }) => typed)
    for (const row of touched) this.#score[row] = this.#words[row] = this.#best[row] = 0
    return { rows, scores, leftOut }
  }

  #add({ stems }: Wish, touched: number[]): void {
    const lists = [...stems].map(([stem, sure]) => ({ sure, ...this.#texts.postings.get(stem)! }))
    const frequency = lists.reduce((before, { documents }) => Math.max(before, documents.length), 1)
    const idf = Math.log(1 + this.#score.length / frequency)
    const hit: number[] = []
    for (const { documents, weights, sure } of lists) {
      for (let at = 0; at < documents.length; at += 1) {
        const row = documents[at]!
        const weight = weights[at]!
        const worth = (sure * idf * weight) / (weight + this.#norm[row]!)
        if (this.#best[row] === 0) hit.push(row)
        if (worth > this.#best[row]!) this.#best[row] = worth
      }
    }
    for (const row of hit) {
      if (this.#words[row] === 0) touched.push(row)
      this.#words[row]! += 1
      this.#score[row]! += this.#best[row]!
      this.#best[row] = 0
    }
  }

  /** Whether any of the rows has the word. */
  #held({ stems }: Wish, rows: Uint32Array): boolean {
    const some = new Set(rows.subarray(0, 50))
    return [...stems.keys()].some((stem) => this.#texts.postings.get(stem)!.documents.some((row) => some.has(row)))
  }
}
