import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const MOST_WORDS = 8_000_000
const MOST_BYTES = 2 ** 31
const BLOCK = 262_144
/** blocks looked at lately: rows name words mostly in the order they stand in */
const MOST_HELD = 32

/**
 * Texts of a workbook, one after the other: a million names are neither a million objects nor a hundred megabytes. What is more than a block lies in a nameless file
 * until it is closed; a small sheet never makes one.
 */
export class PackedWords {
  #ends = new Uint32Array(1_024)
  #count = 0
  #bytes = 0
  #last = Buffer.alloc(BLOCK)
  #file: number | undefined
  readonly #held = new Map<number, Buffer>()

  /** Adds the next; false when there are more than any price list has. */
  add(word: string): boolean {
    const bytes = Buffer.from(word)
    if (this.#count >= MOST_WORDS || this.#bytes + bytes.length >= MOST_BYTES) return false
    for (let from = 0; from < bytes.length;) {
      const place = this.#bytes % BLOCK
      const copied = bytes.copy(this.#last, place, from)
      from += copied
      this.#bytes += copied
      if (place + copied === BLOCK) this.#putAway()
    }
    if (this.#count === this.#ends.length) {
      const more = new Uint32Array(this.#ends.length * 2)
      more.set(this.#ends)
      this.#ends = more
    }
    this.#ends[this.#count] = this.#bytes
    this.#count += 1
    return true
  }

  /** The word at a place; empty where there is none. */
  at(place: number): string {
    if (!(place >= 0 && place < this.#count)) return ""
    const [from, to] = [place === 0 ? 0 : this.#ends[place - 1]!, this.#ends[place]!]
    const first = Math.floor(from / BLOCK)
    if (to <= (first + 1) * BLOCK) return this.#block(first).toString("utf8", from - first * BLOCK, to - first * BLOCK)
    const word = Buffer.alloc(to - from)
    for (let copied = 0; copied < word.length;) {
      const [no, start] = [Math.floor((from + copied) / BLOCK), (from + copied) % BLOCK]
      copied += this.#block(no).copy(word, copied, start) // at once: the next block may take this one's place
    }
    return word.toString()
  }

  /** Lets go of the file. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
    this.#held.clear()
  }

  #putAway(): void {
    this.#file ??= namelessFile()
    writeSync(this.#file, this.#last)
  }

  #block(no: number): Buffer {
    if (no === Math.floor(this.#bytes / BLOCK)) return this.#last
    const held = this.#held.get(no)
    if (held) return held
    const [oldest] = this.#held.keys()
    const block = this.#held.size < MOST_HELD ? Buffer.alloc(BLOCK) : this.#held.get(oldest!)!
    if (this.#held.size >= MOST_HELD) this.#held.delete(oldest!)
    readSync(this.#file!, block, 0, BLOCK, no * BLOCK)
    this.#held.set(no, block)
    return block
  }
}

/** Open, and in no folder any more: whatever ends this process, it is gone. */
function namelessFile(): number {
  const dir = mkdtempSync(join(tmpdir(), "mila-words-"))
  try {
    return openSync(join(dir, "words"), "wx+", 0o600)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
