import { closeSync, openSync, writeSync } from "node:fs"

/** Something a till wants done. `id` is the wish, not the attempt: a repetition carries the same one. */
export type Operation = {
  id: string
  kind: "sale" | "return" | "cancel"
  /** shop/till */
  till: string
  memberId: number
  /** natural key of the sale, of the return, or of the sale that is cancelled */
  receiptId: string
  /** of a return of a whole sale: the sale */
  whole?: string
}

/** Points, as the answer told them. */
export type Effect = { earned: number; redeemed: number; clawed: number; restored: number; exposed: number }

/** `parked`: kept, its points come with its sale. `unknown`: no answer came; it happened once or not at all. */
export type Answered = { told: "ok"; effect: Effect } | { told: "parked" } | { told: "rejected"; why: string } | { told: "unknown" }

export type Read = { till: string; receiptId: string; seen: boolean; earned: number | null }

export type Logged = { operation: Operation; outcomes: Answered[] }

/**
 * What tills asked and were told, written line by line to a file of their own before and after each call: the witness that the system's word is
 * held against. No card and no phone stands in it.
 */
export class OperationLog {
  readonly #file: number | undefined
  readonly #logged = new Map<string, Logged>()
  readonly reads: Read[] = []

  constructor(file?: string) {
    this.#file = file === undefined ? undefined : openSync(file, "w", 0o600)
  }

  invoked(operation: Operation): void {
    if (!this.#logged.has(operation.id)) this.#logged.set(operation.id, { operation, outcomes: [] })
    this.#write({ at: new Date().toISOString(), invoked: operation })
  }

  answered(id: string, outcome: Answered): void {
    this.#logged.get(id)!.outcomes.push(outcome)
    this.#write({ at: new Date().toISOString(), id, ...outcome })
  }

  read(read: Read): void {
    this.reads.push(read)
    this.#write({ at: new Date().toISOString(), read })
  }

  get operations(): Logged[] {
    return [...this.#logged.values()]
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
  }

  #write(line: object): void {
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(line)}\n`)
  }
}
