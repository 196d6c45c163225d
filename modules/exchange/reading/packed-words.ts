const MOST_WORDS = 2_000_000
const MOST_BYTES = 134_217_728

/** Texts of a workbook, one after the other in one stretch of bytes: a million names are not a million objects. */
export class PackedWords {
  #bytes = Buffer.alloc(65_536)
  #ends = new Uint32Array(1_024)
  #count = 0

  /** Adds the next; false when there are more than any price list has. */
  add(word: string): boolean {
    const from = this.#count === 0 ? 0 : this.#ends[this.#count - 1]!
    const to = from + Buffer.byteLength(word)
    if (this.#count >= MOST_WORDS || to > MOST_BYTES) return false
    if (to > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], Math.max(to, Math.trunc(this.#bytes.length * 1.5)))
    if (this.#count === this.#ends.length) {
      const more = new Uint32Array(Math.trunc(this.#ends.length * 1.5))
      more.set(this.#ends)
      this.#ends = more
    }
    this.#bytes.write(word, from)
    this.#ends[this.#count] = to
    this.#count += 1
    return true
  }

  /** The word at a place; empty where there is none. */
  at(place: number): string {
    if (!(place >= 0 && place < this.#count)) return ""
    return this.#bytes.toString("utf8", place === 0 ? 0 : this.#ends[place - 1], this.#ends[place])
  }
}
