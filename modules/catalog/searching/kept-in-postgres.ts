import { type Clock, type Db, statement, inTransaction } from "@mila/kernel"
import { PostgresSearch, type SearchAnswer, type SearchEngine, type SearchQuery, type Suggestion } from "@mila/search"
import { follow } from "./follow.ts"
import { LookAgain } from "./look-again.ts"
import { readIndexData } from "./read-index.ts"

type Kept = { db: Db; clock: Clock; onError: (error: unknown) => void }

const alone = statement<{ mine: boolean }>("catalog.follow_alone", "select pg_try_advisory_xact_lock(7265041) mine")

/**
 * The search in PostgreSQL, kept up with the catalogue: of all processes one at a time writes what changed, the others learn new words when everything was
 * made anew. For a catalogue past the memory of one machine, or many processes that shall share one index.
 */
export class KeptInPostgres implements SearchEngine {
  readonly #of: Kept
  readonly #engine: PostgresSearch
  readonly #looking: LookAgain

  private constructor(of: Kept, engine: PostgresSearch) {
    this.#of = of
    this.#engine = engine
    this.#looking = new LookAgain(() => this.#catchUp(), of.onError)
  }

  /** Makes the index if there is none, and follows from then on. Errors while following are told to `onError` and tried again. */
  static async open(of: Kept): Promise<KeptInPostgres> {
    const kept = new KeptInPostgres(of, new PostgresSearch(of.db))
    await kept.follow()
    return kept
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    return this.#engine.search(query)
  }

  suggest(query: Parameters<SearchEngine["suggest"]>[0]): Promise<Suggestion> {
    return this.#engine.suggest(query)
  }

  /** Writes what changed since the last time, now, unless another process does. */
  follow(): Promise<void> {
    return this.#looking.now()
  }

  close(): Promise<void> {
    return this.#looking.close()
  }

  async #catchUp(): Promise<void> {
    const { db, clock } = this.#of
    const at = clock.now()
    // the lock's own transaction stays open meanwhile; what is written commits beside it, change by change
    await inTransaction(db, async (tx) => {
      if (!(await alone(tx, []))[0]!.mine) return
      for (;;) {
        const { version, followedAt } = await this.#engine.state()
        const from = followedAt ?? at
        if (version !== null && (await follow(db, this.#engine.followerAt(version), { from, at })) === "followed") break
        await this.#engine.make(await readIndexData(db, at))
      }
      await this.#engine.followedTo(at)
    })
    await this.#engine.learnIfNew()
  }
}
