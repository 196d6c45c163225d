import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { brakesOf, type BrakeRules, type Diff, type Example, isJump } from "./import-rules.ts"
import type { GoodFact, OfferFact } from "./reading/facts.ts"
import { type Import, keepDiff, lock } from "./received/imports.ts"

type Row = { no: number; fact: GoodFact | OfferFact }

const page = statement<Row>(
  "exchange.staged_goods",
  "select no, fact from exchange.staged where import = $1 and pass = 2 and no > $2 order by no limit $3",
)
const goods = statement<{ id: number; same: boolean; hidden: boolean }>(
  "exchange.goods_compared",
  `select known.id, known.fact = given.fact as same, known.hidden
   from jsonb_to_recordset($2::jsonb) as given(id text, fact jsonb) join exchange.good known on known.source = $1 and known.id = given.id`,
)
const offers = statement<{ id: string; prices: Record<string, number> }>(
  "exchange.offers_compared",
  "select id, prices from exchange.offer where source = $1 and id = any($2::text[])",
)
const unnamed = statement<{ id: string; name: string }>(
  "exchange.goods_unnamed",
  `select id, fact ->> 'name' as name from exchange.good where source = $1 and not hidden and put
     and (($2::bigint is not null and not exists (select from exchange.staged where import = $2 and pass = 2 and kind = 'good' and thing = good.id)
         and not exists (select from exchange.staged where import = $2 and pass = 2 and kind = 'offer' and fact ->> 'good' = good.id))
       or seen_at < $3::timestamptz)`,
)
const shown = statement<{ count: number }>(
  "exchange.goods_shown",
  "select count(*) as count from exchange.good where source = $1 and not hidden and put",
)
const stock = statement<{ counts: number; warehouses: number; unknown: number }>(
  "exchange.stock_staged",
  `select coalesce(sum((select count(milli) from unnest(milli) milli)), 0)::bigint as counts, count(distinct warehouse) as warehouses,
     count(distinct warehouse) filter (where not exists (select from exchange.warehouse known
       where known.source = $2 and known.id = warehouse and shop is not null)) as unknown
   from exchange.staged_stock where import = $1`,
)
const zeros = statement<{ count: number }>(
  "exchange.zero_prices",
  "select count(*) as count from exchange.quarantine where import = $1 and reason = 'price_zero'",
)

const A_PAGE = 1_000
const MOST_EXAMPLES = 50

/** Says what an import would do, against what is known, and which brakes it runs into. Writes nothing but that. */
export async function judgeImport(db: Db, job: Import, { brakes }: { brakes: BrakeRules }): Promise<void> {
  const tally = new Tally(brakes)
  for (let after = 0; ;) {
    const rows = await inTransaction(db, async (tx) => {
      const rows = await page(tx, [job.id, after, A_PAGE])
      await tally.add(tx, job.source, rows)
      return rows
    })
    if (rows.length < A_PAGE) break
    after = rows.at(-1)!.no
  }
  await inTransaction(db, async (tx) => {
    const { state } = await lock(tx, job.id)
    if (state !== "judging") return
    const diff = await tally.finish(tx, job)
    await keepDiff(tx, { id: job.id, diff, heldFor: brakesOf(diff, brakes) })
  })
}

class Tally {
  readonly #brakes: BrakeRules
  readonly #goods = { new: 0, changed: 0, same: 0, hidden: 0, shown: 0 }
  readonly #prices = { new: 0, up: 0, down: 0, same: 0, jumped: 0 }
  readonly #examples = new Map<Example["what"], Example[]>()

  constructor(brakes: BrakeRules) {
    this.#brakes = brakes
  }

  async add(tx: Tx, source: string, rows: readonly Row[]): Promise<void> {
    const facts = rows.map(({ fact }) => fact)
    await this.#addGoods(tx, source, new Map(facts.flatMap((fact) => (fact.kind === "good" ? [[fact.id, fact] as const] : []))))
    await this.#addOffers(tx, source, new Map(facts.flatMap((fact) => (fact.kind === "offer" ? [[fact.id, fact] as const] : []))))
  }

  async finish(tx: Tx, { id, source, unseenSince, whole, counts }: Import): Promise<Diff> {
    const [all] = await shown(tx, [source])
    const [rests] = await stock(tx, [id, source])
    const [zero] = await zeros(tx, [id])
    if (whole || unseenSince) {
      for (const { id: thing, name } of await unnamed(tx, [source, whole ? id : null, unseenSince])) {
        this.#goods.hidden += 1
        this.#show({ what: "hidden", thing, name, was: null, becomes: null })
      }
    }
    this.#goods.shown = all!.count
    this.#prices.jumped += zero!.count
    return {
      ...{ goods: this.#goods, prices: this.#prices },
      stock: { counts: rests!.counts, warehouses: rests!.warehouses, unknownWarehouses: rests!.unknown },
      rows: { taken: counts["facts"] ?? 0, refused: counts["refused"] ?? 0 },
      examples: [...this.#examples.values()].flat(),
    }
  }

  async #addGoods(tx: Tx, source: string, given: ReadonlyMap<string, GoodFact>): Promise<void> {
    if (given.size === 0) return
    const rows = await goods(tx, [source, JSON.stringify(Array.from(given, ([id, fact]) => ({ id, fact })))])
    const known = new Map(rows.map((row) => [String(row.id), row]))
    for (const { id, name, deleted } of given.values()) {
      const row = known.get(id)
      const what = !row ? "new" : deleted && !row.hidden ? "hidden" : row.same ? "same" : "changed"
      this.#goods[what] += 1
      if (what !== "same") this.#show({ what, thing: id, name, was: null, becomes: null })
    }
  }

  async #addOffers(tx: Tx, source: string, given: ReadonlyMap<string, OfferFact>): Promise<void> {
    if (given.size === 0) return
    const known = new Map((await offers(tx, [source, [...given.keys()]])).map(({ id, prices }) => [id, prices]))
    for (const { id, prices, said } of given.values()) {
      for (const [type, becomes] of Object.entries(prices)) {
        const was = known.get(id)?.[type]
        const what = was === undefined ? "new" : becomes > was ? "up" : becomes < was ? "down" : "same"
        this.#prices[what] += 1
        if (was === undefined || !isJump(was, becomes, this.#brakes)) continue
        this.#prices.jumped += 1
        this.#show({ what: "price", thing: id, name: said?.name ?? null, was, becomes })
      }
    }
  }

  #show(example: Example): void {
    const shownOfKind = this.#examples.get(example.what) ?? []
    if (shownOfKind.length < MOST_EXAMPLES) shownOfKind.push(example)
    this.#examples.set(example.what, shownOfKind)
  }
}
