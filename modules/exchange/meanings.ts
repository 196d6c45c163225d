import { putZone } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"

export type PriceType = {
  source: string
  id: string
  name: string
  currency: string | null
  means: "regular" | "card" | "floor" | "nothing"
  /** of whose prices */
  zone: string
  /** by a person; a file does not change it any more */
  chosen: boolean
}
export type Warehouse = { source: string; id: string; name: string; shop: string | null; chosen: boolean }

const types = statement<PriceType>(
  "exchange.price_types",
  "select source, id, name, currency, means, zone, chosen from exchange.price_type order by source, name, id",
)
const sayType = statement<PriceType>(
  "exchange.say_price_type",
  `update exchange.price_type set means = $3, zone = $4, chosen = true where source = $1 and id = $2
   returning source, id, name, currency, means, zone, chosen`,
)
const all = statement<Warehouse>(
  "exchange.warehouses",
  "select source, id, name, shop, chosen from exchange.warehouse order by shop is not null, source, name, id",
)
const sayShop = statement<Warehouse>(
  "exchange.say_warehouse",
  "update exchange.warehouse set shop = $3, chosen = true where source = $1 and id = $2 returning source, id, name, shop, chosen",
)

/** Every type of price a source has named, and what it is for here. */
export const listPriceTypes = (tx: Tx): Promise<PriceType[]> => types(tx, [])

/** Says what a type of price is for; prices follow with the next import that names them. Errors: price_type_not_found. */
export async function sayPriceType(
  tx: Tx,
  { source, id, means, zone }: Pick<PriceType, "source" | "id" | "means" | "zone">,
): Promise<PriceType> {
  const [said] = await sayType(tx, [source, id, means, zone])
  return said ?? refuse("price_type_not_found", { source, id })
}

/** Every warehouse a source has named; those without a shop first. */
export const listWarehouses = (tx: Tx): Promise<Warehouse[]> => all(tx, [])

/** Says which shop a warehouse is (null: none), and at whose prices that shop sells. Stock follows with the next import. Errors: warehouse_not_found. */
export async function sayWarehouse(
  tx: Tx,
  { source, id, shop, zone, at }: { source: string; id: string; shop: string | null; zone?: string; at: Date },
): Promise<Warehouse> {
  const [said] = await sayShop(tx, [source, id, shop])
  if (!said) return refuse("warehouse_not_found", { source, id })
  if (shop !== null && zone !== undefined) await putZone(tx, { shop, zone, at })
  return said
}
