import { type Clock, type Db, inTransaction, isDatabaseAway } from "@mila/kernel"
import { MemoryIndex, type SearchAnswer, type SearchEngine, type SearchQuery, type Suggestion } from "@mila/search"
import { type Change, changesSince } from "../changes.ts"
import { productsRepriced } from "../shown/promotions.ts"
import { placesToIndex, somePricesToIndex, stockToIndex } from "../shown/to-index.ts"
import { readIndexData, searchPrice } from "./read-index.ts"

const LOOK_EVERY_MS = 400
const MOST_CHANGES = 500

type Kept = { db: Db; clock: Clock; onError: (error: unknown) => void }

/** A search index that follows the database: what is written there is found here within a second or so. */
export class KeptIndex implements SearchEngine {
  readonly #of: Kept
  #index: MemoryIndex
  #readAt: Date
  #underWay: Promise<void> | undefined
  #closed = false

  private constructor(of: Kept, index: MemoryIndex, readAt: Date) {
    this.#of = of
    this.#index = index
    this.#readAt = readAt
  }

  /** Reads the catalogue and follows it from then on. Errors while following are told to `onError` and tried again. */
  static async open(of: Kept): Promise<KeptIndex> {
    const at = of.clock.now()
    const kept = new KeptIndex(of, new MemoryIndex(await readIndexData(of.db, at)), at)
    void kept.#look()
    return kept
  }

  get version(): number {
    return this.#index.version
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    return this.#index.search(query)
  }

  suggest(query: Parameters<SearchEngine["suggest"]>[0]): Promise<Suggestion> {
    return this.#index.suggest(query)
  }

  /** Reads what changed since the last time, now. */
  follow(): Promise<void> {
    return (this.#underWay ??= this.#catchUp().finally(() => (this.#underWay = undefined)))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#underWay?.catch(() => undefined)
  }

  async #look(): Promise<void> {
    while (!this.#closed) {
      await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS).unref())
      if (this.#closed) return
      await this.follow().catch((error: unknown) => {
        if (!isDatabaseAway(error)) this.#of.onError(error)
      })
    }
  }

  async #catchUp(): Promise<void> {
    const { db, clock } = this.#of
    const at = clock.now()
    for (;;) {
      const changes = await inTransaction(db, (tx) => changesSince(tx, { version: this.#index.version, most: MOST_CHANGES }))
      if (changes === undefined || changes.some(({ what }) => what === "groups" || what === "words")) {
        this.#index = new MemoryIndex(await readIndexData(db, at)) // the old one answers until the new one is whole
        continue
      }
      if (changes.length === 0) break
      for (const change of changes) await this.#apply(change, at)
    }
    const turned = await inTransaction(db, (tx) => productsRepriced(tx, { from: this.#readAt, to: at }))
    if (turned.length > 0) await this.#priceAnew(turned, at, this.#index.version)
    this.#readAt = at
  }

  async #apply({ what, place, numbers, version }: Change, at: Date): Promise<void> {
    if (what === "prices" && numbers) await this.#priceAnew(numbers, at, version)
    if (what !== "stock") return
    const [shops, rows] = await inTransaction(
      this.#of.db,
      async (tx) => [await placesToIndex(tx), await stockToIndex(tx, { place: place!, numbers })] as const,
    )
    const shop = shops.find(({ no }) => no === place)!.shop
    const stock = rows.map(({ product, quantityMilli }) => ({ product, there: quantityMilli > 0 }))
    this.#index.setStock(shop, stock, { whole: numbers === null, version })
  }

  async #priceAnew(numbers: readonly number[], at: Date, version: number): Promise<void> {
    const prices = await inTransaction(this.#of.db, (tx) => somePricesToIndex(tx, { numbers, at }))
    this.#index.setPrices(prices.map(searchPrice), version)
  }
}
