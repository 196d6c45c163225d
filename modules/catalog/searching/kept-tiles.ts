import { type Db, reading } from "@mila/kernel"
import type { CatalogueTurn } from "../changes.ts"
import { type Tile, tilesOf } from "../shown/tiles.ts"
import type { CatalogueWatch, Moment } from "./catalogue-watch.ts"

const LIFE_MS = 30_000
const MOST = 20_000

type Wanted = { numbers: readonly number[]; zone: string; at: Date; turn: CatalogueTurn }

/** Tiles by zone and number, kept while the catalogue stays as it is: two questions that find the same things read them once. A tile is the same object as long as it holds. */
export class KeptTiles {
  readonly #db: Db
  readonly #watch: CatalogueWatch
  readonly #kept = new Map<string, { moment: Moment; tile: Tile }>()

  constructor({ db, watch }: { db: Db; watch: CatalogueWatch }) {
    this.#db = db
    this.#watch = watch
  }

  /** The tiles of these things, in that order, as `turn` has them or newer; what is hidden or unknown is missing. Nobody may change them. Errors: DatabaseAway. */
  async of({ numbers, zone, at, turn }: Wanted): Promise<Tile[]> {
    const there = new Map<number, Tile>()
    for (const no of numbers) {
      const kept = this.#kept.get(`${zone} ${no}`)
      if (kept && this.#watch.holds(kept.moment, turn)) there.set(no, kept.tile)
    }
    const missing = numbers.filter((no) => !there.has(no))
    if (missing.length > 0) for (const tile of await this.#read({ numbers: missing, zone, at, turn })) there.set(tile.no, tile)
    return numbers.flatMap((no) => there.get(no) ?? [])
  }

  async #read({ numbers, zone, at, turn }: Wanted): Promise<Tile[]> {
    const moment = this.#watch.moment(turn, { lifeMs: LIFE_MS })
    const tiles = await reading(this.#db, (tx) => tilesOf(tx, { numbers, zone, at }))
    if (this.#kept.size + tiles.length > MOST) this.#kept.clear()
    for (const tile of tiles) this.#kept.set(`${zone} ${tile.no}`, { moment, tile })
    return tiles
  }
}
