import { settleBrandCountries } from "@mila/catalog"
import { type Db, dayIn, inTransaction, MINSK, statement, type Tx } from "@mila/kernel"
import type { ImportRules } from "../import-rules.ts"
import type { Fact } from "../reading/facts.ts"
import { endImport, type Import, layAside, lock, takeStep } from "../received/imports.ts"
import { thenRest } from "../rest.ts"
import { Stopped } from "../stopped.ts"
import { decideFilters } from "./filters.ts"
import { applyGoods, type StagedRow } from "./goods.ts"
import { hideUnnamed, hideUnnamedOffers } from "./hide.ts"
import { applyPromotion } from "./promotions.ts"
import { applyStock, emptyUncounted, resolveOffers, wholeCountSince } from "./stock.ts"
import { applyWords, placeCategoriesOf } from "./words.ts"

const page = statement<{ no: number; line: number; fact: Fact }>(
  "exchange.staged_page",
  "select no, line, fact from exchange.staged where import = $1 and pass = 1 and no > $2 order by no limit $3",
)
const goodsPage = statement<StagedRow>(
  "exchange.staged_goods",
  `select no, line, thing, case kind when 'offer' then fact end as offer from exchange.staged
   where import = $1 and pass = 2 and no > $2 order by no limit $3`,
)
const hadGoods = statement<{ had: boolean }>(
  "exchange.had_goods",
  "select exists (select from exchange.good where source = $1 and put) as had",
)

const WORDS_A_STEP = 1_000
const GOODS_A_STEP = 400

type Step = (tx: Tx, job: Import, moment: { rules: ImportRules; at: Date }) => Promise<boolean>

/** Words, goods with prices, stock, and what is named no more; each step once, in one transaction with the position behind it. */
const STEPS: readonly Step[] = [
  ...[stepWords, stepGoods, resolveOffers, stepStock, stepEmptying],
  ...[stepHiding, stepHidingOffers, stepPromotions],
]

/** Brings what is staged into the catalogue, from where it was left off, to the end. */
export async function applyImport(db: Db, id: number, { rules, now }: { rules: ImportRules; now: () => Date }): Promise<void> {
  for (const step of STEPS) {
    for (let goesOn = true; goesOn;) {
      goesOn = await thenRest(() =>
        inTransaction(db, async (tx) => {
          const job = await lock(tx, id)
          if (job.state !== "applying") throw new Stopped()
          return step(tx, job, { rules, at: now() })
        }),
      )
    }
  }
  await inTransaction(db, async (tx) => {
    const { state, source, position } = await lock(tx, id)
    if (state !== "applying") return
    if ((position.goods ?? 0) > 0) await settleBrandCountries(tx, { at: now() })
    await decideFilters(tx, { id, source, at: now() })
    await endImport(tx, { id, state: "done", at: now() })
  })
}

async function stepWords(tx: Tx, job: Import, { at }: { at: Date }): Promise<boolean> {
  const { words: after = 0 } = job.position
  if (after === 0) {
    const [row] = await hadGoods(tx, [job.source])
    job.position.hadGoods = row!.had
  }
  const rows = await page(tx, [job.id, after, WORDS_A_STEP])
  const facts = rows.map(({ fact }) => fact)
  if (facts.length > 0) await applyWords(tx, { source: job.source, facts, at })
  if (rows.length < WORDS_A_STEP && (job.position.staged?.words ?? 0) > 0) await placeCategoriesOf(tx, job.source)
  const position = { words: rows.at(-1)?.no ?? after, ...(after === 0 ? { hadGoods: job.position.hadGoods! } : {}) }
  await takeStep(tx, { id: job.id, state: "applying", position })
  return rows.length === WORDS_A_STEP
}

async function stepGoods(tx: Tx, job: Import, { rules, at }: { rules: ImportRules; at: Date }): Promise<boolean> {
  const { goods: after = 0, hadGoods: had = true } = job.position
  const rows = await goodsPage(tx, [job.id, after, GOODS_A_STEP])
  if (rows.length === 0) return false
  const novelSince = had ? dayIn(MINSK, at) : null
  const faults = await applyGoods(tx, rows, {
    id: job.id,
    source: job.source,
    at,
    sku: rules.sku,
    novelSince,
    whole: job.whole,
    pictureHosts: rules.pictureHosts[job.source] ?? [],
  })
  await layAside(tx, { id: job.id, faults })
  const refused = (job.counts["refused"] ?? 0) + faults.length
  await takeStep(tx, { id: job.id, state: "applying", position: { goods: rows.at(-1)!.no }, counts: { applied: rows.at(-1)!.no, refused } })
  return rows.length === GOODS_A_STEP
}

async function stepStock(tx: Tx, job: Import, { at }: { at: Date }): Promise<boolean> {
  const { warehouse: after = "" } = job.position
  const done = await applyStock(tx, { id: job.id, source: job.source, after, countedAt: job.askedAt, at })
  if (!done) return false
  await layAside(tx, { id: job.id, faults: done.faults })
  const { warehouses = 0, stock = 0, refused = 0 } = job.counts
  const counts = { warehouses: warehouses + 1, stock: stock + done.changed, refused: refused + done.faults.length }
  await takeStep(tx, { id: job.id, state: "applying", position: { warehouse: done.warehouse }, counts })
  return true
}

async function stepEmptying(tx: Tx, job: Import, { rules, at }: { rules: ImportRules; at: Date }): Promise<boolean> {
  const since = await wholeCountSince(tx, job)
  const done = since && (await emptyUncounted(tx, { job, since, mostPercent: rules.brakes.vanishPercent, at }))
  if (!done) return false
  await layAside(tx, { id: job.id, faults: done.faults })
  const { emptied = 0, refused = 0 } = job.counts
  const counts = { emptied: emptied + done.changed, refused: refused + done.faults.length }
  await takeStep(tx, { id: job.id, state: "applying", position: { emptied: done.warehouse }, counts })
  return true
}

async function stepHiding(tx: Tx, job: Import, { at }: { at: Date }): Promise<boolean> {
  if (!job.whole && !job.unseenSince) return false
  const done = await hideUnnamed(tx, { job, at })
  if (done.last === undefined) return false
  const counts = { hidden: (job.counts["hidden"] ?? 0) + done.hidden }
  await takeStep(tx, { id: job.id, state: "applying", position: { hidden: done.last }, counts })
  return true
}

async function stepPromotions(tx: Tx, job: Import, { at }: { at: Date }): Promise<boolean> {
  const done = await applyPromotion(tx, { id: job.id, after: job.position.promotion ?? "", at })
  if (!done) return false
  await layAside(tx, { id: job.id, faults: done.faults })
  const { promotions = 0, refused = 0 } = job.counts
  const counts = { promotions: promotions + (done.taken > 0 ? 1 : 0), refused: refused + done.faults.length }
  await takeStep(tx, { id: job.id, state: "applying", position: { promotion: done.code }, counts })
  return true
}

async function stepHidingOffers(tx: Tx, job: Import, { at }: { at: Date }): Promise<boolean> {
  if (!job.whole && !job.unseenSince) return false
  const done = await hideUnnamedOffers(tx, { job, at })
  if (done.last === undefined) return false
  const counts = { hiddenVariants: (job.counts["hiddenVariants"] ?? 0) + done.hidden }
  await takeStep(tx, { id: job.id, state: "applying", position: { hiddenOffers: done.last }, counts })
  return true
}
