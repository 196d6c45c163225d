import type { Clock, Db } from "@mila/kernel"
import { MemoryIndex, type SearchAnswer, type SearchEngine, type SearchQuery, type Suggestion } from "@mila/search"
import { follow } from "./follow.ts"
import { LookAgain } from "./look-again.ts"
import { readIndexData } from "./read-index.ts"

type Kept = { db: Db; clock: Clock; onError: (error: unknown) => void }

/** A search index in this process that follows the database: what is written there is found here within a second or so. */
export class KeptIndex implements SearchEngine {
  readonly #of: Kept
  readonly #looking: LookAgain
  #index: MemoryIndex
  #readAt: Date

  private constructor(of: Kept, index: MemoryIndex, readAt: Date) {
    this.#of = of
    this.#index = index
    this.#readAt = readAt
    this.#looking = new LookAgain(() => this.#catchUp(), of.onError)
  }

  /** Reads the catalogue and follows it from then on. Errors while following are told to `onError` and tried again. */
  static async open(of: Kept): Promise<KeptIndex> {
    const at = of.clock.now()
    return new KeptIndex(of, new MemoryIndex(await readIndexData(of.db, at)), at)
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
    return this.#looking.now()
  }

  close(): Promise<void> {
    return this.#looking.close()
  }

  async #catchUp(): Promise<void> {
    const { db, clock } = this.#of
    const at = clock.now()
    if ((await follow(db, this.#index, { from: this.#readAt, at })) === "anew") this.#index = new MemoryIndex(await readIndexData(db, at)) // the old one answers until the new one is whole; what comes meanwhile is followed next time
    this.#readAt = at
  }
}
