import { productNumbers, putStockOf } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import type { Fault } from "../reading/facts.ts"

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
  const { changed } = await putStockOf(tx, { shop, products: new Map(products.map((no, place) => [no, milli[place]!])), countedAt, at })
  return { warehouse, changed, faults: [] }
}
