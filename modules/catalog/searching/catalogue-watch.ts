import { type Clock, type Db, reading } from "@mila/kernel"
import { type CatalogueTurn, catalogueTurn } from "../changes.ts"
import { LatestAnswer } from "./latest-answer.ts"

const SETTLING_MS = 6_000 // within that, the search and the words have followed the database
const UNSETTLED_LIFE_MS = 500

/** Until when something made of the catalogue may be shown again: as long as the version is the same, and no longer than the two clocks say. */
export type Moment = { version: number; goodUntil: number; turnsAt: number }

/**
 * Asks the database whether the catalogue is still what it was, for whoever keeps something made of it. Nobody is answered by what was known before they
 * asked, and many who ask at once cost one question.
 */
export class CatalogueWatch {
  readonly #clock: Clock
  readonly #turns: LatestAnswer<CatalogueTurn>
  #version = -1
  #changedAt = 0

  constructor({ db, clock }: { db: Db; clock: Clock }) {
    this.#clock = clock
    this.#turns = new LatestAnswer(() => reading(db, (tx) => catalogueTurn(tx, clock.now())))
  }

  /** How the catalogue stands now. Errors: DatabaseAway. */
  async now(): Promise<CatalogueTurn> {
    const turn = await this.#turns.now()
    if (turn.version > this.#version) {
      this.#version = turn.version
      this.#changedAt = performance.now()
    }
    return turn
  }

  /** For what is made now, having asked before. Right after a change the search may be a moment behind: what is made then lives half a second. */
  moment({ version, next }: CatalogueTurn, { lifeMs }: { lifeMs: number }): Moment {
    const now = performance.now()
    const life = now - this.#changedAt < SETTLING_MS ? UNSETTLED_LIFE_MS : lifeMs
    return { version, goodUntil: now + life, turnsAt: next?.getTime() ?? Infinity }
  }

  holds({ version, goodUntil, turnsAt }: Moment, turn: CatalogueTurn): boolean {
    return version === turn.version && performance.now() < goodUntil && this.#clock.now().getTime() < turnsAt
  }
}
