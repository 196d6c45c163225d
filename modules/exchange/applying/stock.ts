import { countedBefore, productNumbers, putStockOf } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { isMost } from "../import-rules.ts"
import type { Fault } from "../reading/facts.ts"
import type { Import } from "../received/imports.ts"

const unresolved = statement<{ no: number; skus: (string | null)[] }>(
  "exchange.offers_unresolved",
  `select no, array(select offer.sku from unnest(offers) with ordinality as told(id, place)
     left join exchange.offer on offer.source = $2 and offer.id = told.id order by told.place) as skus
   from exchange.staged_offers where import = $1 and products is null order by no limit $3`,
)
const resolve = statement<never>(
  "exchange.resolve_offers",
  "update exchange.staged_offers set products = $3::int[] where import = $1 and no = $2",
)
const next = statement<{ warehouse: string; shop: string | null; name: string | null }>(
  "exchange.next_warehouse",
  `select staged.warehouse, known.shop, known.name
   from (select min(warehouse) as warehouse from exchange.staged_stock where import = $1 and warehouse > $3) staged
     left join exchange.warehouse known on known.source = $2 and known.id = staged.warehouse
   where staged.warehouse is not null`,
)
const counts = statement<{ products: number[]; milli: number[] }>(
  "exchange.stock_of_warehouse",
  `select coalesce(array_agg(told.product order by stock.no, told.place), '{}') as products,
     coalesce(array_agg(told.milli order by stock.no, told.place), '{}') as milli
   from exchange.staged_stock stock join exchange.staged_offers list using (import, no),
     unnest(list.products, stock.milli) with ordinality as told(product, milli, place)
   where stock.import = $1 and stock.warehouse = $2 and told.milli is not null and told.product is not null`,
)

const countedAtWarehouse = statement<never>(
  "exchange.warehouse_counted",
  "update exchange.warehouse set counted_at = greatest(counted_at, $3::timestamptz) where source = $1 and id = $2",
)
const nextCounted = statement<{ id: string; shop: string }>(
  "exchange.next_counted",
  `select id, shop from exchange.warehouse where source = $1 and shop is not null and counted_at >= $2::timestamptz and id > $3 order by id limit 1`,
)
const ownSkus = statement<{ sku: string }>(
  "exchange.own_skus",
  "select sku from exchange.offer where source = $1 and sku in (select unnest($2::text[]))",
)
const session = statement<{ begunAt: Date; more: boolean }>(
  "exchange.rest_of_session",
  `select begun_at as "begunAt", exists (
     select from exchange.file where session = $1 and kind = 'document' and not closed and substring(name from '([^/0-9]+)[^/]*$') = substring($2 from '([^/0-9]+)[^/]*$')) as more
   from exchange.session where id = $1`,
)

const OFFERS_A_STEP = 10

/** Asks once which products the offers of a count are, some stretches a transaction. Answers false when all are known. */
export async function resolveOffers(tx: Tx, { id, source }: { id: number; source: string }): Promise<boolean> {
  const lists = await unresolved(tx, [id, source, OFFERS_A_STEP])
  const numbers = await productNumbers(tx, [...new Set(lists.flatMap(({ skus }) => skus.flatMap((sku) => sku ?? [])))])
  for (const { no, skus } of lists) await resolve(tx, [id, no, skus.map((sku) => (sku === null ? null : (numbers.get(sku) ?? null)))])
  return lists.length > 0
}

/**
 * Takes the stock of the next warehouse after `after`: of one shop a transaction, so that nobody waits for eleven million rows. Answers which it was, undefined after
 * the last. A warehouse nobody said a shop for is laid aside as a whole.
 */
export async function applyStock(
  tx: Tx,
  { id, source, after, countedAt, at }: { id: number; source: string; after: string; countedAt: Date; at: Date },
): Promise<{ warehouse: string; changed: number; faults: Fault[] } | undefined> {
  const [found] = await next(tx, [id, source, after])
  if (!found) return undefined
  const { warehouse, shop, name } = found
  if (shop === null) {
    const fault: Fault = { line: null, field: "Склад", reason: "warehouse_unknown", thing: warehouse, value: name }
    return { warehouse, changed: 0, faults: [fault] }
  }
  const [counted] = await counts(tx, [id, warehouse])
  const { products, milli } = counted!
  await countedAtWarehouse(tx, [source, warehouse, countedAt])
  const { changed } = await putStockOf(tx, { shop, products: new Map(products.map((no, place) => [no, milli[place]!])), countedAt, at })
  return { warehouse, changed, faults: [] }
}

/**
 * From when on everything there is was counted, so that what was counted before is gone; undefined where only some of it was. Of a package that comes in several files the last
 * one sent knows.
 */
export async function wholeCountSince(
  tx: Tx,
  { whole, askedAt, unseenSince, position, session: of, fileName }: Import,
): Promise<Date | undefined> {
  if (whole) return askedAt
  if (unseenSince) return unseenSince
  if (!position.whole || of === null) return undefined
  const [found] = await session(tx, [of, fileName])
  return found?.more ? undefined : found?.begunAt
}

/**
 * Takes away what the next shop had of this source and a count of everything left out, of one shop a transaction. Where that is most of it, it stays and is told instead,
 * unless a person let the import go on: a count that broke off empties no shop. Answers which warehouse it was, undefined after the last.
 */
export async function emptyUncounted(
  tx: Tx,
  { job, since, mostPercent, at }: { job: Import; since: Date; mostPercent: number; at: Date },
): Promise<{ warehouse: string; changed: number; faults: Fault[] } | undefined> {
  const { source, position, decidedBy, askedAt } = job
  const [found] = await nextCounted(tx, [source, since, position.emptied ?? ""])
  if (!found) return undefined
  const { id: warehouse, shop } = found
  const there = await countedBefore(tx, { shop, moment: since })
  if (there.length === 0) return { warehouse, changed: 0, faults: [] }
  const own = new Set((await ownSkus(tx, [source, there.map(({ sku }) => sku)])).map(({ sku }) => sku))
  const ours = there.filter(({ sku }) => own.has(sku))
  const gone = ours.filter(({ isOld }) => isOld)
  if (decidedBy === null && isMost(gone.length, ours.length, mostPercent)) {
    const fault: Fault = { line: null, field: "Склад", reason: "stock_kept", thing: warehouse, value: `${gone.length} / ${ours.length}` }
    return { warehouse, changed: 0, faults: [fault] }
  }
  const { changed } = await putStockOf(tx, { shop, products: new Map(gone.map(({ no }) => [no, 0])), countedAt: askedAt, at })
  return { warehouse, changed, faults: [] }
}
