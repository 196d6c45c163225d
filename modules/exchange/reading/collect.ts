import { withoutNumbers } from "./crossed-out.ts"
import type { Batch, Counts, Fact, Fault, ReadingRules, Reason } from "./facts.ts"
import { kopecksOf } from "./number-rules.ts"

const MOST_ID = 100
const VALUE_SHOWN = 200
/** the catalogue keeps no longer text: what is beyond is not carried through staging either, so that a step of goods stays small */
const MOST_TEXT = 20_000

/** Gathers what a reader finds until it is handed over. Files are numbered by record, so that reading may go on where it was cut off. */
export class Collector {
  readonly rules: ReadingRules
  /** whether what is read now names all there is, not changes alone */
  isWhole = false
  #record = 0
  #facts: { record: number; line: number; fact: Fact }[] = []
  #stock: Counts[] = []
  #faults: (Fault & { record: number })[] = []

  constructor(rules: ReadingRules) {
    this.rules = rules
  }

  /** Begins the next record. */
  next(): void {
    this.#record += 1
  }

  say(line: number, fact: Fact): void {
    const kept = fact.kind === "good" ? { ...fact, description: fact.description?.slice(0, MOST_TEXT) ?? null } : fact
    this.#facts.push({ record: this.#record, line, fact: kept })
  }

  count(offer: string, counts: Counts["counts"]): void {
    if (counts.length > 0) this.#stock.push({ record: this.#record, offer, counts })
  }

  fault(line: number | null, field: string, reason: Reason, { thing = null, value = null }: Partial<Fault> = {}): void {
    const told = withoutNumbers({ field, thing, value: value && value.slice(0, VALUE_SHOWN) })
    this.#faults.push({ record: this.#record, line, reason, ...told })
  }

  /** An id as sources have it; undefined, and a fault, when there is none that could be kept. */
  id(line: number, field: string, given: string | undefined): string | undefined {
    const id = given?.trim()
    if (!id) return (this.fault(line, field, "id_missing"), undefined)
    if (id.length > MOST_ID) return (this.fault(line, field, "id_too_long", { value: id }), undefined)
    return id
  }

  /** A price in kopecks, null for zero: what has none of this type; undefined, and a fault, for what is no price. */
  price(line: number, field: string, given: { text: string; currency: string | null; thing: string }): number | null | undefined {
    const { text, currency, thing } = given
    if (currency !== null && !this.rules.currencies.includes(currency.toLowerCase().replace(/\.$/, ""))) {
      return (this.fault(line, field, "currency_unfit", { thing, value: currency }), undefined)
    }
    const kopecks = kopecksOf(text)
    if (kopecks === undefined) return (this.fault(line, field, "number_invalid", { thing, value: text }), undefined)
    if (kopecks === 0) return null
    if (kopecks > MOST_KOPECKS) return (this.fault(line, field, "price_too_high", { thing, value: text }), undefined)
    return kopecks
  }

  get isEmpty(): boolean {
    return this.#facts.length + this.#stock.length + this.#faults.length === 0
  }

  /** Hands over what was gathered. */
  take(): Batch {
    const batch = { record: this.#record, facts: this.#facts, stock: this.#stock, faults: this.#faults, whole: this.isWhole }
    this.#facts = []
    this.#stock = []
    this.#faults = []
    return batch
  }
}

const MOST_KOPECKS = 1_000_000_000
