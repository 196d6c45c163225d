import { putStock } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import type { Fault } from "../reading/facts.ts"

const next = statement<{ warehouse: string; shop: string | null; name: string | null }>(
  "exchange.next_warehouse",
  `select staged.warehouse, known.shop, known.name
   from (select min(warehouse) as warehouse from exchange.staged_stock where import = $1 and warehouse > $3) staged
     left join exchange.warehouse known on known.source = $2 and known.id = staged.warehouse
   where staged.warehouse is not null`,
)
const counts = statement<{ sku: string; quantityMilli: number }>(
  "exchange.stock_of_warehouse",
  `select offer.sku, told.milli as "quantityMilli"
   from exchange.staged_stock stock join exchange.staged_offers list using (import, no),
     unnest(list.offers, stock.milli) with ordinality as told(offer, milli, place)
     join exchange.offer on offer.source = $2 and offer.id = told.offer
   where stock.import = $1 and stock.warehouse = $3 and told.milli is not null order by stock.no, told.place`,
)

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
  const counted = await counts(tx, [id, source, warehouse])
  const { changed } = await putStock(tx, { shop, counted, countedAt, at })
  return { warehouse, changed, faults: [] }
}
