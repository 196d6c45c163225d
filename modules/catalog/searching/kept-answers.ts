import type { CatalogueTurn } from "../changes.ts"
import type { CatalogueWatch, Moment } from "./catalogue-watch.ts"

const LIFE_MS = 30_000

/** Answers made of the catalogue and nothing else, kept while it stays as it is; who asks while one is being made waits for it. */
export class KeptAnswers<Answer> {
  readonly #watch: CatalogueWatch
  readonly #most: number
  readonly #kept = new Map<string, { moment: Moment; answer: Promise<Answer> }>()

  /** `most`: how many are kept, the latest made. */
  constructor(watch: CatalogueWatch, { most }: { most: number }) {
    this.#watch = watch
    this.#most = most
  }

  /** `key` says all that was asked; `ask` is told how the catalogue stood before. Nobody may change what is answered. Errors: what `ask` throws, to each who waited for it; that is not kept. */
  async answer(key: string, ask: (turn: CatalogueTurn) => Promise<Answer>): Promise<Answer> {
    const turn = await this.#watch.now()
    const known = this.#kept.get(key)
    if (known && this.#watch.holds(known.moment, turn)) return known.answer
    const kept = { moment: this.#watch.moment(turn, { lifeMs: LIFE_MS }), answer: ask(turn) }
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most) this.#kept.delete(oldest!)
    kept.answer.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key)
    })
    return kept.answer
  }
}
