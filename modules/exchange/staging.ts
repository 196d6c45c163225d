import { type Db, inTransaction, Refusal, statement, type Tx } from "@mila/kernel"
import type { Bytes } from "./reading/bytes.ts"
import type { Batch, Counts, ReadingRules } from "./reading/facts.ts"
import { readFacts } from "./reading/read-facts.ts"
import { type Import, layAside, lock, type Position, takeStep } from "./received/imports.ts"
import { thenRest } from "./rest.ts"
import { Stopped } from "./stopped.ts"

const insert = statement<never>(
  "exchange.stage",
  `insert into exchange.staged (import, pass, no, line, kind, thing, fact)
   select $1, pass, no, line, kind, thing, fact
   from jsonb_to_recordset($2::jsonb) as given(pass smallint, no int, line int, kind text, thing text, fact jsonb)`,
)
const insertOffers = statement<never>(
  "exchange.stage_offers",
  "insert into exchange.staged_offers (import, no, offers) values ($1, $2, $3::text[])",
)
const insertStock = statement<never>(
  "exchange.stage_stock",
  `insert into exchange.staged_stock (import, no, warehouse, milli)
   select $1, $2, warehouse, milli::int[] from unnest($3::text[], $4::text[]) as given(warehouse, milli)`,
)

const MOST_FACTS = 1_000
const MOST_TEXT = 1_000_000
const MOST_COUNTS = 100_000
/** more faults than that of one import are counted, but not kept: whoever has read so many knows what is wrong */
const MOST_FAULTS = 10_000

/** Reads a file to its end and stages what it says. A file cut off is read again, and what is staged already is passed over. Errors: those of reading. */
export async function stageFile(
  db: Db,
  { id, position, counts }: Import,
  { bytes, rules }: { bytes: Bytes; rules: ReadingRules },
): Promise<void> {
  const stretch = new Stretch(position, counts)
  try {
    for await (const batch of readFacts(bytes, rules)) {
      stretch.add(batch)
      if (stretch.isFull) await thenRest(() => inTransaction(db, (tx) => stretch.write(tx, id)))
    }
  } catch (error) {
    if (error instanceof Refusal) await inTransaction(db, (tx) => stretch.write(tx, id)) // it breaks off, and what was found in it is told
    throw error
  }
  await inTransaction(db, (tx) => stretch.write(tx, id))
}

/** What is gathered until it is worth a transaction. */
class Stretch {
  #record: number
  #staged: { words: number; goods: number; stock: number }
  #refused: number
  #bankCards: number
  readonly #from: number
  #isWhole: boolean
  #facts: Batch["facts"][number][] = []
  #stock: Counts[] = []
  #faults: Batch["faults"][number][] = []
  #countsHeld = 0
  #textHeld = 0

  constructor(
    { record = 0, staged = { words: 0, goods: 0, stock: 0 }, whole = false }: Position,
    { refused = 0, bankCards = 0 }: Import["counts"],
  ) {
    this.#record = record
    this.#from = record
    this.#staged = { ...staged }
    this.#isWhole = whole
    this.#refused = refused
    this.#bankCards = bankCards
  }

  add({ record, facts, stock, faults, whole }: Batch): void {
    this.#isWhole ||= whole
    const isNew = (row: { record: number }): boolean => row.record > this.#from
    this.#record = Math.max(record, this.#record)
    for (const row of facts.filter(isNew)) {
      this.#facts.push(row)
      this.#textHeld += row.fact.kind === "good" ? (row.fact.description?.length ?? 0) : 0
    }
    this.#faults.push(...faults.filter(isNew))
    for (const row of stock.filter(isNew)) {
      this.#stock.push(row)
      this.#countsHeld += row.counts.length
    }
  }

  get isFull(): boolean {
    return (
      this.#facts.length >= MOST_FACTS ||
      this.#textHeld >= MOST_TEXT ||
      this.#countsHeld >= MOST_COUNTS ||
      this.#faults.length >= MOST_FACTS
    )
  }

  async write(tx: Tx, id: number): Promise<void> {
    if ((await lock(tx, id)).state === "stopped") throw new Stopped()
    // nobody reads what is staged but the import itself, and it goes on from the last stretch that was kept: no till waits for this to reach the disk
    await tx.client.query("set local synchronous_commit = off")
    const rows = this.#facts.map(({ line, fact }) => {
      const pass = fact.kind === "good" || fact.kind === "offer" ? 2 : 1
      const no = pass === 1 ? (this.#staged.words += 1) : (this.#staged.goods += 1)
      return { pass, no, line, kind: fact.kind, thing: fact.id, fact }
    })
    if (rows.length > 0) await insert(tx, [id, JSON.stringify(rows)])
    if (this.#stock.length > 0) await this.#writeStock(tx, id)
    const kept = this.#faults.slice(0, Math.max(0, MOST_FAULTS - this.#refused))
    this.#refused += this.#faults.length
    this.#bankCards += this.#faults.filter(({ reason }) => reason === "bank_card_number").length
    await layAside(tx, { id, faults: kept })
    const counts = {
      records: this.#record,
      refused: this.#refused,
      bankCards: this.#bankCards,
      facts: this.#staged.words + this.#staged.goods,
    }
    await takeStep(tx, { id, state: "reading", position: { record: this.#record, staged: this.#staged, whole: this.#isWhole }, counts })
    this.#facts = []
    this.#stock = []
    this.#faults = []
    this.#countsHeld = 0
    this.#textHeld = 0
  }

  /** Turned over: one list of offers, and by warehouse one list of counts in its order. */
  async #writeStock(tx: Tx, id: number): Promise<void> {
    const no = (this.#staged.stock += 1)
    const byWarehouse = new Map<string, (number | null)[]>()
    for (const [place, { counts }] of this.#stock.entries()) {
      for (const [warehouse, milli] of counts) {
        let list = byWarehouse.get(warehouse)
        if (!list) byWarehouse.set(warehouse, (list = Array.from({ length: this.#stock.length }, () => null)))
        list[place] = milli
      }
    }
    await insertOffers(tx, [id, no, this.#stock.map(({ offer }) => offer)])
    const lists = Array.from(byWarehouse.values(), (list) => `{${list.map((milli) => milli ?? "NULL").join(",")}}`)
    await insertStock(tx, [id, no, [...byWarehouse.keys()], lists])
  }
}
