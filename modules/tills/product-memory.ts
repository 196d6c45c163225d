import { productFacts, type ProductFacts } from "@mila/catalog"
import type { Tx } from "@mila/kernel"

/** What the catalogue says of a product may be so old here: a change of category or floor price waits as long. */
const KEPT_MS = 10_000
const MOST_KEPT = 5_000

type Memory = { since: number; products: Map<string, ProductFacts> }

// a connection belongs to one database, so its memory is never another's
const MEMORIES = new WeakMap<Tx["client"], Memory>()

/** What is known of these products; asks the catalogue only for those nobody bought in the last ten seconds. Unknown ones are always asked for. */
export async function productsNow(tx: Tx, skus: Iterable<string>, at: Date): Promise<ReadonlyMap<string, ProductFacts>> {
  const memory = memoryOf(tx, at)
  const asked: string[] = []
  for (const sku of new Set(skus)) if (!memory.products.has(sku)) asked.push(sku)
  if (asked.length > 0) for (const [sku, product] of await productFacts(tx, asked)) memory.products.set(sku, product)
  return memory.products
}

function memoryOf({ client }: Tx, at: Date): Memory {
  const memory = MEMORIES.get(client)
  const age = memory ? at.getTime() - memory.since : KEPT_MS
  if (memory && age >= 0 && age < KEPT_MS && memory.products.size < MOST_KEPT) return memory
  const fresh = { since: at.getTime(), products: new Map<string, ProductFacts>() }
  MEMORIES.set(client, fresh)
  return fresh
}
