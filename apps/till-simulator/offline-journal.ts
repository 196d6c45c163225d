import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import type { SteadyTill } from "./steady-till.ts"
import type { Answer } from "./till-client.ts"

/** One fact as it goes into the journal: `type` and the fields of the call it stands for. */
export type Fact = { type: "sale" | "return" | "cancel" | "void" } & Record<string, unknown>

export type FactResult = {
  index: number
  status: "accepted" | "duplicate" | "conflict" | "quarantined" | "parked"
  receiptId: string | null
  reasons: readonly string[]
  earned: number
  redeemed: number
}

type Record_ = { fact: Fact } | { batch: string; size: number } | { done: string }

const MOST_ITEMS = 500

/**
 * What happened while the till was alone, on its disk before anything else is done with it, in the order it happened. A batch gets its key
 * before it is sent, so a till that dies in the middle sends the same batch under the same key when it lives again.
 */
export class OfflineJournal {
  readonly #file: string
  #waiting: Fact[] = []
  #batch: { key: string; size: number } | undefined

  /** Opens the journal of `file`, with whatever it still holds. A last line that was cut off by a power loss was never a fact. */
  constructor(file: string) {
    this.#file = file
    if (!existsSync(file)) return
    const lines = readFileSync(file, "utf8").split("\n")
    const whole = lines.slice(0, -1)
    for (const line of whole) this.#replay(JSON.parse(line) as Record_)
    this.#rewrite()
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Keeps a fact. When this returns, it is on the disk. */
  keep(fact: Fact): void {
    this.#append({ fact })
    this.#waiting.push(fact)
  }

  /**
   * Sends what waits, 500 at a time, oldest first, and lets go of a batch when it is answered. Answers the result of every fact sent.
   * Errors: NoAnswer; what was not answered stays. A batch refused as a whole stays too: throws with the server's words.
   */
  async drain(till: SteadyTill): Promise<{ fact: Fact; result: FactResult }[]> {
    const told: { fact: Fact; result: FactResult }[] = []
    while (this.#waiting.length > 0) {
      const { key, size } = (this.#batch ??= this.#begin())
      const facts = this.#waiting.slice(0, size)
      const { storeCode, tillNo } = till.enrolled
      const items = facts.map((fact) => ({ storeCode, tillNo, ...fact }))
      const answer: Answer = await till.post("/journal", { items }, { key })
      if (answer.status !== 200) throw new Error(`the journal was refused: ${answer.status} ${answer.text}`)
      const results = answer.body.results as FactResult[]
      facts.forEach((fact, place) => told.push({ fact, result: results[place]! }))
      this.#append({ done: key })
      this.#replay({ done: key })
    }
    this.#rewrite()
    return told
  }

  #begin(): { key: string; size: number } {
    const batch = { key: crypto.randomUUID(), size: Math.min(MOST_ITEMS, this.#waiting.length) }
    this.#append({ batch: batch.key, size: batch.size })
    return batch
  }

  #replay(record: Record_): void {
    if ("fact" in record) this.#waiting.push(record.fact)
    else if ("batch" in record) this.#batch = { key: record.batch, size: record.size }
    else if (this.#batch?.key === record.done) {
      this.#waiting = this.#waiting.slice(this.#batch.size)
      this.#batch = undefined
    }
  }

  #append(record: Record_): void {
    write(this.#file, "a", [record])
  }

  /** The file without what was answered; swapped in one step, so that there is always a whole one. */
  #rewrite(): void {
    const batch = this.#batch
    const records: Record_[] = [...this.#waiting.map((fact) => ({ fact })), ...(batch ? [{ batch: batch.key, size: batch.size }] : [])]
    write(`${this.#file}.new`, "w", records)
    renameSync(`${this.#file}.new`, this.#file)
  }
}

function write(file: string, how: "a" | "w", records: readonly Record_[]): void {
  const handle = openSync(file, how, 0o600)
  try {
    if (records.length > 0) writeSync(handle, `${records.map((record) => JSON.stringify(record)).join("\n")}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
